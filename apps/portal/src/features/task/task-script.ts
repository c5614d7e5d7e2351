import type { TranscriptEntry } from '@vireo/contracts';
import { hereDocument, shellLine, shellWord } from '../plan/shell-words.ts';

/** Words for the script's comments, in the reader's language. */
export interface TaskScriptWords {
  title: string;
  note: string;
  entry(entry: TranscriptEntry): string;
}

/** A comment stays one: whatever a host or a person put into it, it holds no line end. */
const comment = (text: string): string => `# ${text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`;

/**
 * A task's transcript as a bash script that runs the same commands on the same hosts again.
 * `on HOST argv...` quotes for the remote shell; `VIREO_SSH` says how to reach a host.
 */
export function taskScript(transcript: readonly TranscriptEntry[], words: TaskScriptWords): string {
  const head = [
    '#!/usr/bin/env bash',
    comment(words.title),
    comment(words.note),
    'set -u',
    `: "\${VIREO_SSH:=ssh -l root}"`,
    'on() { local host=$1; shift; $VIREO_SSH "$host" "LC_ALL=C $(printf \'%q \' "$@")"; }',
  ];
  const body = transcript.map((entry) => {
    const line = `on ${shellWord(entry.hostName)} ${shellLine(entry.argv)}`;
    const input = entry.stdin ? ` ${hereDocument(entry.stdin)}` : ' </dev/null';
    return `\n${comment(words.entry(entry))}\n${line}${input}`;
  });
  return `${[...head, ...body].join('\n')}\n`;
}
