/**
 * Takes a remote command line apart as a POSIX shell would, as far as quoting goes: plain words, single quotes and
 * backslashes.
 * @returns null for anything that would need a real shell (variables, pipes, double quotes, globs): it isn't imitated.
 */
export function wordsOf(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (character === "'") {
      const end = line.indexOf("'", i + 1);
      if (end < 0) return null;
      word = (word ?? '') + line.slice(i + 1, end);
      i = end;
    } else if (character === '\\') {
      i++;
      word = (word ?? '') + line.charAt(i);
    } else if (character === ' ' || character === '\t') {
      if (word !== null) words.push(word);
      word = null;
    } else if (/[|&;<>()$`"*?[\]#~!{}\n]/.test(character)) {
      return null;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (word !== null) words.push(word);
  return words;
}
