import type { CommandSpec } from '@vireo/contracts';
import { readingCommand, scriptArgv } from '../command.ts';
import { hostOutputError } from '../host-output-error.ts';
import { hostPath } from '../host-path.ts';
import { IMAGE_SAFETY } from '../scripts.ts';
import type { ReadCommand } from '../types.ts';
import type { ImageFormat } from './image-write.ts';

/**
 * Verdicts on an image. `safe`: a regular file under the datastore, of the format that was expected by its header, naming
 * no other file, of a sane size. The header is read byte by byte first; qemu-img opens the file only if that went well,
 * with an explicit format and under limits.
 */
export const IMAGE_VERDICTS = [
  'safe',
  'missing',
  'notRegular',
  'outside',
  'unexpectedFormat',
  'backingFile',
  'dataFile',
  'tooLarge',
  'unreadable',
] as const;
export type ImageVerdict = (typeof IMAGE_VERDICTS)[number];

/** Prints one of {@link IMAGE_VERDICTS}. */
export const imageSafety = (path: string, format: ImageFormat | 'iso', datastorePath: string): CommandSpec =>
  readingCommand(scriptArgv(IMAGE_SAFETY, hostPath(path), format, hostPath(datastorePath)), 30_000);

/** {@link imageSafety} with its answer parsed. */
export function imageInspect(
  path: string,
  format: ImageFormat | 'iso',
  datastorePath: string,
): ReadCommand<ImageVerdict> {
  return {
    command: imageSafety(path, format, datastorePath),
    parse({ stdout }) {
      const verdict = IMAGE_VERDICTS.find((known) => known === stdout.trim());
      if (!verdict) throw hostOutputError('image inspection', 'unknown verdict', stdout);
      return verdict;
    },
  };
}
