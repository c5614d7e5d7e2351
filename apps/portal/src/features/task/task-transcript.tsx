'use client';

import type { TaskView, TranscriptEntry } from '@vireo/contracts';
import { Badge } from '@vireo/ui/badge';
import { Button } from '@vireo/ui/button';
import type { Tone } from '@vireo/ui/tone';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSay } from '@/i18n/use-say.ts';
import { useUnits } from '@/i18n/use-units.ts';
import { CodeText, CommandBlock } from '../plan/command-block.tsx';
import { shellCommand } from '../plan/shell-words.ts';
import { downloadText } from './download-text.ts';
import { taskScript } from './task-script.ts';

/** Every command that was run, in order: exit code, duration, output folded. Can be saved as a shell script. */
export function TaskTranscript({ task }: { task: TaskView }) {
  const t = useTranslations('task');
  const say = useSay();
  const units = useUnits();
  const outcomeOf = useOutcome();
  const download = () =>
    downloadText(
      `${task.operation}-${task.id.slice(0, 8)}.sh`,
      taskScript(task.transcript, {
        title: t('scriptTitle', { title: say(task.title), time: units.dateTime(task.createdAt) }),
        note: t('scriptNote'),
        entry: (entry) =>
          t('scriptEntry', {
            phase: t(`phases.${entry.phase}`),
            host: entry.hostName,
            time: units.dateTime(entry.startedAt),
            result: outcomeOf(entry).text,
          }),
      }),
    );
  return (
    <section>
      <div className="mb-1 flex items-center gap-2">
        <h3 className="flex-1 text-sm font-semibold">{t('transcript')}</h3>
        {task.transcript.length > 0 && (
          <Button size="small" look="quiet" icon={<Download size={14} />} onClick={download}>
            {t('download')}
          </Button>
        )}
      </div>
      {task.transcript.length === 0 ? (
        <p className="text-xs text-muted">{t('noTranscript')}</p>
      ) : (
        <ol className="divide-y divide-line rounded-md border border-line">
          {task.transcript.map((entry) => (
            <li key={entry.sequence}>
              <Entry entry={entry} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function useOutcome(): (entry: TranscriptEntry) => { tone: Tone; text: string } {
  const t = useTranslations('task');
  return (entry) => {
    if (entry.failure) return { tone: 'danger', text: t(`failures.${entry.failure}`) };
    if (entry.exitCode === null) return { tone: 'info', text: t('stillRunning') };
    // A check that answers "no" by its exit code is an answer, not a failure.
    const isBad = entry.exitCode !== 0 && (entry.phase === 'step' || entry.phase === 'undo');
    return { tone: isBad ? 'danger' : 'neutral', text: t('exit', { code: entry.exitCode }) };
  };
}

function Entry({ entry }: { entry: TranscriptEntry }) {
  const t = useTranslations('task');
  const units = useUnits();
  const outcome = useOutcome()(entry);
  const text = shellCommand(entry);
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none items-center gap-2 px-3 py-1.5 hover:bg-hover">
        <span className="w-14 shrink-0 text-xs text-muted">{t(`phases.${entry.phase}`)}</span>
        <code className="min-w-0 flex-1 truncate font-mono text-xs">{text.split('\n')[0]}</code>
        <span className="shrink-0 text-xs text-muted">
          {entry.durationMs === null ? '' : units.duration(entry.durationMs)}
        </span>
        <Badge tone={outcome.tone}>{outcome.text}</Badge>
      </summary>
      <div className="flex flex-col gap-2 px-3 pt-1 pb-3">
        <CommandBlock command={{ hostName: entry.hostName, text }} />
        {entry.stdout && <Output label={t('stdout')} text={entry.stdout} />}
        {entry.stderr && <Output label={t('stderr')} text={entry.stderr} />}
      </div>
    </details>
  );
}

function Output({ label, text }: { label: string; text: string }) {
  const t = useTranslations('task');
  const lineCount = text.replace(/\n$/, '').split('\n').length;
  return (
    <div>
      <p className="mb-0.5 text-xs text-muted">
        {label}, {t('lines', { count: lineCount })}
      </p>
      <div className="rounded-md border border-line bg-sunken">
        <CodeText text={text} label={label} />
      </div>
    </div>
  );
}
