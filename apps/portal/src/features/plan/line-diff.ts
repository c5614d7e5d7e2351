export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Line numbers from 1; null on the side that lacks it. */
  before: number | null;
  after: number | null;
}

/** Unchanged lines in between that are not worth showing are one `fold`. */
export type DiffRow = DiffLine | { kind: 'fold'; lineCount: number };

const linesOf = (text: string | null): string[] => (text ? text.replace(/\n$/, '').split('\n') : []);

/** Lengths of the longest common subsequences of all suffixes, row by row. */
function commonLengths(before: string[], after: string[]): Uint32Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = rows[i];
    const next = rows[i + 1];
    if (!row || !next) continue;
    for (let j = after.length - 1; j >= 0; j -= 1) {
      row[j] = before[i] === after[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

/** The smallest set of added and removed lines that leads from one text to the other. null = there is none. */
export function lineDiff(beforeText: string | null, afterText: string | null): DiffLine[] {
  const before = linesOf(beforeText);
  const after = linesOf(afterText);
  const lengths = commonLengths(before, after);
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const old = before[i];
    const fresh = after[j];
    if (old !== undefined && old === fresh) {
      i += 1;
      j += 1;
      lines.push({ kind: 'same', text: old, before: i, after: j });
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      i += 1;
      lines.push({ kind: 'removed', text: old, before: i, after: null });
    } else {
      j += 1;
      lines.push({ kind: 'added', text: fresh ?? '', before: null, after: j });
    }
  }
  return lines;
}

/** Keeps `context` unchanged lines around each change and folds the others. A text without changes folds to nothing but one row. */
export function foldDiff(lines: DiffLine[], context = 3): DiffRow[] {
  const isNear = lines.map(() => false);
  lines.forEach((line, index) => {
    if (line.kind === 'same') return;
    for (let near = index - context; near <= index + context; near += 1) isNear[near] = true;
  });
  const rows: DiffRow[] = [];
  for (const [index, line] of lines.entries()) {
    const last = rows.at(-1);
    if (isNear[index]) rows.push(line);
    else if (last?.kind === 'fold') last.lineCount += 1;
    else rows.push({ kind: 'fold', lineCount: 1 });
  }
  return rows;
}
