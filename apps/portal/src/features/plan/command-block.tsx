'use client';

import { CopyButton } from '@vireo/ui/copy-button';
import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import type { CommandView } from './plan-view.ts';

/** One host command as a shell would read it, with the host it runs on and a button to copy it. */
export function CommandBlock({ command }: { command: CommandView }) {
  const t = useTranslations('plan');
  return (
    <div className="rounded-md border border-line bg-sunken">
      <div className="flex items-center gap-2 border-b border-line py-0.5 pr-1 pl-2.5">
        <span className="min-w-0 flex-1 truncate text-xs text-muted">
          {t('onHost', { host: command.hostName })}
        </span>
        <CopyButton text={command.text} label={t('copy')} copiedLabel={t('copied')} />
      </div>
      <CodeText text={command.text} label={t('commands')} isWrapped={!command.text.includes('\n')} />
    </div>
  );
}

/** Text of a machine: keeps its line ends, scrolls within itself. `isWrapped`: long lines go on below instead. */
export function CodeText({
  text,
  label,
  isWrapped = false,
}: {
  text: string;
  label: string;
  isWrapped?: boolean;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="max-h-80 overflow-auto">
      <pre
        className={clsx(
          'px-2.5 py-2 font-mono text-xs leading-relaxed',
          isWrapped ? 'break-words whitespace-pre-wrap' : 'w-max min-w-full',
        )}
      >
        {text}
      </pre>
    </section>
  );
}
