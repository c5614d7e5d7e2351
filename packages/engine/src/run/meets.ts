import type { Expectation } from '@vireo/contracts';

/** The part of a command's result that an expectation looks at. */
export interface Outcome {
  exitCode: number | null;
  stdout: string;
}

/** Whether a command's result is as stated. A result without an exit code meets nothing. */
export function meets(expectation: Expectation, outcome: Outcome): boolean {
  const { exitCode } = outcome;
  if (exitCode === null) return false;
  if (expectation.kind === 'exit') return expectation.codes.includes(exitCode);
  if (exitCode !== 0) return false;
  const said = outcome.stdout.trim();
  switch (expectation.kind) {
    case 'stdoutOneOf':
      return expectation.values.includes(said);
    case 'stdoutNoneOf':
      return !expectation.values.includes(said);
    case 'atLeast':
      return /^-?\d+(\.\d+)?$/.test(said) && Number(said) >= expectation.value;
    case 'versionAtLeast':
      return isVersionAtLeast(said, expectation.version);
  }
}

function isVersionAtLeast(said: string, wanted: string): boolean {
  if (!/^\d+(\.\d+)*$/.test(said)) return false;
  const have = said.split('.').map(Number);
  const need = wanted.split('.').map(Number);
  for (let place = 0; place < Math.max(have.length, need.length); place += 1) {
    const difference = (have[place] ?? 0) - (need[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
