import type { CommandSpec } from '@vireo/contracts';

/** Control characters and those that reorder text: shown as escapes, so that what is seen is what would run. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/u;
const BARE = /^[A-Za-z0-9_@%+=:,./-]+$/;

function escaped(character: string): string {
  if (character === '\\' || character === "'") return `\\${character}`;
  if (!UNSEEN.test(character)) return character;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** One argument as bash would have to read it. For showing and copying: hosts get argv arrays, never this. */
export function shellWord(argument: string): string {
  if (BARE.test(argument)) return argument;
  // A constant script keeps its line ends: `\n` all over would make it unreadable.
  if (UNSEEN.test(argument.replaceAll('\n', ''))) return `$'${[...argument].map(escaped).join('')}'`;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

/** An argument vector as a line for bash. */
export function shellLine(argv: readonly string[]): string {
  return argv.map(shellWord).join(' ');
}

/** A here-document of `stdin` that ends with a word which `stdin` does not contain as a line. */
export function hereDocument(stdin: string): string {
  const lines = new Set(stdin.split('\n'));
  let word = 'STDIN';
  for (let count = 2; lines.has(word); count += 1) word = `STDIN${count}`;
  return `<<'${word}'\n${stdin}${stdin.endsWith('\n') ? '' : '\n'}${word}`;
}

/** A host command as it can be pasted into a shell on the host, its standard input included. */
export function shellCommand(
  command: Pick<CommandSpec, 'argv'> & { stdin?: string | null | undefined },
): string {
  const line = shellLine(command.argv);
  return command.stdin ? `${line} ${hereDocument(command.stdin)}` : line;
}
