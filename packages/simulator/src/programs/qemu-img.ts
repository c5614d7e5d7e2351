import type { SimFile } from '../model/files.ts';
import type { SimHost } from '../model/host.ts';
import { QEMU } from './facts.ts';
import { busyFor, done, failed, type Invocation, type Outcome, type Program } from './program.ts';

/** What an empty qcow2 file takes. */
const EMPTY_BYTES = 200_704;
const COPY_STEPS = 10;
const COPY_STEP_MS = 60;

interface ImageCall {
  invocation: Invocation;
  host: SimHost;
  /** -f and -O */
  format: string;
  words: readonly string[];
}

const VERBS: Readonly<Record<string, (call: ImageCall) => Outcome | Promise<Outcome>>> = {
  create: ({ host, words }) => {
    const [path = '', size = ''] = words;
    const file: SimFile = {
      format: 'qcow2',
      virtualBytes: Number(size),
      allocatedBytes: EMPTY_BYTES,
      isBootable: false,
    };
    if (host.files.put(path, file)) return done();
    return failed(`qemu-img: ${path}: Could not create '${path}': No such file or directory\n`);
  },

  convert: async ({ host, words, invocation }) => {
    const [from = '', to = ''] = words;
    const source = host.files.get(from);
    invocation.write('    (0.00/100%)\r');
    if (!source) return failed(`${notOpened(from)}\n`, 1, '\n');
    if (!host.files.put(to, { ...source, format: 'qcow2', allocatedBytes: EMPTY_BYTES }))
      return failed(
        `qemu-img: ${to}: error while converting qcow2: Could not create '${to}': No such file or directory\n`,
      );
    for (let step = 1; step <= COPY_STEPS; step++) {
      await busyFor(COPY_STEP_MS, invocation.signal);
      if (invocation.signal.aborted) return failed('', 143);
      invocation.write(`    (${((100 * step) / COPY_STEPS).toFixed(2)}/100%)\r`);
    }
    host.files.put(to, { ...source, format: 'qcow2' });
    return done('\n');
  },

  resize: ({ host, words }) => {
    const [path = '', size = ''] = words;
    const file = host.files.get(path);
    if (!file) return failed(`${notOpened(path)}\n`);
    if (Number(size) < file.virtualBytes)
      return failed(
        "qemu-img: Use the --shrink option to perform a shrink operation.\nqemu-img: warning: Shrinking an image will delete all data beyond the shrunken image's end. Before performing such an operation, make sure there is no important data there.\n",
      );
    file.virtualBytes = Number(size);
    return done('Image resized.\n');
  },

  info: ({ host, words, format }) => {
    const path = words[0] ?? '';
    const file = host.files.get(path);
    if (!file) return failed(`${notOpened(path)}\n`);
    const { virtualBytes, allocatedBytes } = file;
    const info = {
      'virtual-size': virtualBytes,
      filename: path,
      format,
      'actual-size': allocatedBytes,
      'dirty-flag': false,
    };
    return done(`${JSON.stringify(info, null, 4)}\n`);
  },
};

function notOpened(path: string): string {
  return `qemu-img: Could not open '${path}': Could not open '${path}': No such file or directory`;
}

/** The part of qemu-img(1) that Vireo uses, on files that have a size and no content. */
export const qemuImg: Program = async (invocation) => {
  const [verbName = '', ...args] = invocation.args;
  if (verbName === '--version') return done(`qemu-img version ${QEMU} (simulated)\n`);
  const verb = Object.hasOwn(VERBS, verbName) ? VERBS[verbName] : undefined;
  if (!verb) {
    invocation.host.unknownCommands.add(`qemu-img ${verbName}`);
    return failed(`qemu-img: Command not found: ${verbName}\n`);
  }
  const words: string[] = [];
  let format = 'raw';
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-f' || arg === '-O') format = args[++i] ?? '';
    else if (!arg.startsWith('-')) words.push(arg);
  }
  return await verb({ invocation, host: invocation.host, format, words });
};
