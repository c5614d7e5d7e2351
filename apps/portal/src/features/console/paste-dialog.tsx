'use client';

import { Button } from '@vireo/ui/button';
import { Dialog } from '@vireo/ui/dialog';
import { Field, TextArea } from '@vireo/ui/field';
import { Progress } from '@vireo/ui/meter';
import { toast } from '@vireo/ui/toast';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LiveScreen } from './show-screen.ts';
import { typeStrokes } from './type-strokes.ts';
import { typedText } from './typed-text.ts';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Types a text into the VM key by key, showing how far it is; can be stopped. */
export function PasteDialog({
  vmName,
  screen,
  onClose,
}: {
  vmName: string;
  screen: LiveScreen;
  onClose: () => void;
}) {
  const t = useTranslations('console');
  const [text, setText] = useState('');
  const [doneCount, setDoneCount] = useState<number | null>(null);
  const abortRef = useRef(new AbortController());
  const { strokes, untypable } = useMemo(() => typedText(text), [text]);
  const isTyping = doneCount !== null;

  useEffect(() => {
    // A new one per mount: a closed dialog never goes on typing.
    const abort = new AbortController();
    abortRef.current = abort;
    return () => abort.abort();
  }, []);

  const type = async () => {
    setDoneCount(0);
    const count = await typeStrokes(strokes, {
      sendKey: (event) => screen.sendKey(event),
      pause,
      onProgress: setDoneCount,
      signal: abortRef.current.signal,
    });
    toast.ok(t('pasteDone', { count }));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('pasteTitle', { name: vmName })}
      description={t('pasteHint')}
      closeLabel={t('cancel')}
      footer={
        <>
          {isTyping && (
            <span className="flex flex-1 items-center gap-2 text-xs text-muted">
              <Progress percent={(doneCount / Math.max(1, strokes.length)) * 100} label={t('paste')} />
              {t('pasteProgress', { done: doneCount, total: strokes.length })}
            </span>
          )}
          <Button onClick={isTyping ? () => abortRef.current.abort() : onClose}>
            {t(isTyping ? 'pasteStop' : 'cancel')}
          </Button>
          <Button
            look="primary"
            disabled={strokes.length === 0}
            isBusy={isTyping}
            onClick={() => void type()}
          >
            {t('pasteType', { count: strokes.length })}
          </Button>
        </>
      }
    >
      <Field
        label={t('pasteLabel')}
        error={untypable.length > 0 ? t('pasteUntypable', { characters: untypable.join(' ') }) : undefined}
      >
        <TextArea
          value={text}
          onChange={(event) => setText(event.target.value)}
          disabled={isTyping}
          spellCheck={false}
          autoComplete="off"
          className="min-h-32 font-mono"
        />
      </Field>
    </Dialog>
  );
}
