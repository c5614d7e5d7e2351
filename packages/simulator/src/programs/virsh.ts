import { done, failed, type Outcome, type Program } from './program.ts';
import { type Verb, type VirshCall, VirshError } from './virsh-call.ts';
import { DOMAIN_VERBS } from './virsh-domain.ts';
import { HOST_VERBS } from './virsh-host.ts';
import { LIST_VERBS } from './virsh-list.ts';

const VERBS: Readonly<Record<string, Verb>> = { ...LIST_VERBS, ...DOMAIN_VERBS, ...HOST_VERBS };

/** The part of virsh(1) 9.0 that Vireo and its tests use, with its wording. */
export const virsh: Program = async (invocation): Promise<Outcome> => {
  const args = [...invocation.args];
  let isQuiet = false;
  while (args[0] === '-q' || args[0] === '--quiet') {
    isQuiet = true;
    args.shift();
  }
  const verbName = args.shift() ?? '';
  const verb = Object.hasOwn(VERBS, verbName) ? VERBS[verbName] : undefined;
  if (!verb) {
    invocation.host.unknownCommands.add(`virsh ${verbName}`);
    return failed(`error: unknown command: '${verbName}'\n`);
  }
  const isOption = (word: string, at: number) => /^--?[a-z]/.test(word) && !args.slice(0, at).includes('--');
  const call: VirshCall = {
    host: invocation.host,
    invocation,
    isQuiet,
    words: args.filter((word, at) => !isOption(word, at) && word !== '--'),
    options: new Set(args.filter(isOption)),
  };
  // virsh parts its commands' outputs by an empty line unless it is told to be quiet.
  const end = isQuiet ? '' : '\n';
  try {
    return done(`${await verb(call)}${end}`);
  } catch (error) {
    if (!(error instanceof VirshError)) throw error;
    return failed(error.lines.map((line) => `error: ${line}\n`).join(''), 1, end);
  }
};
