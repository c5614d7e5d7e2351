import type { CommandSpec } from '@vireo/contracts';
import { writingCommand } from '../command.ts';
import { hostPath } from '../host-path.ts';

/** Formats that Vireo reads images in. Others can name further files to open. */
const IMAGE_FORMATS = ['qcow2', 'raw'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

export function isImageFormat(format: string): format is ImageFormat {
  return (IMAGE_FORMATS as readonly string[]).includes(format);
}

const COPY_SECONDS = 4 * 3600;

/** qemu-img under limits on the host itself: they hold also when our connection is gone. */
function limited(seconds: number, ...args: string[]): string[] {
  return ['timeout', '-k', '5', String(seconds), 'prlimit', '--as=4294967296', 'qemu-img', ...args];
}

/** Whole copy of an image as qcow2, with progress. Overwrites `to`. Inspect the image first (`imageSafety`). */
export function imageConvert(copy: { from: string; fromFormat: ImageFormat; to: string }): CommandSpec {
  const argv = limited(
    COPY_SECONDS,
    'convert',
    '-p',
    '-f',
    copy.fromFormat,
    '-O',
    'qcow2',
    hostPath(copy.from),
    hostPath(copy.to),
  );
  return { ...writingCommand(argv, (COPY_SECONDS + 30) * 1000), progress: 'percent' };
}

function bytes(sizeBytes: number): string {
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes <= 0 || sizeBytes % 512 !== 0)
    throw new Error(`not a disk size in bytes: ${sizeBytes}`);
  return String(sizeBytes);
}

/** Grows a qcow2 file that no VM uses to `sizeBytes` in all. qemu-img refuses to shrink without `--shrink`. */
export const imageResize = (path: string, sizeBytes: number): CommandSpec =>
  writingCommand(limited(120, 'resize', '-f', 'qcow2', hostPath(path), bytes(sizeBytes)), 150_000);

/** An empty qcow2 file. Overwrites `path`. */
export const imageCreate = (path: string, sizeBytes: number): CommandSpec =>
  writingCommand(limited(120, 'create', '-q', '-f', 'qcow2', hostPath(path), bytes(sizeBytes)), 150_000);
