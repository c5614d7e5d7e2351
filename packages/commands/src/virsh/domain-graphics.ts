import { type VmGraphics, VmId } from '@vireo/contracts';
import { readingCommand } from '../command.ts';
import { parseDomainGraphics } from '../domain-xml/parse.ts';
import { hostOutputError } from '../host-output-error.ts';
import type { ReadCommand } from '../types.ts';

/** Where the domain's screen is right now (live XML while it runs). */
export function domainGraphics(id: VmId): ReadCommand<VmGraphics> {
  return {
    command: readingCommand(['virsh', '-q', 'dumpxml', VmId.parse(id)]),
    parse({ stdout, stderr, exitCode }) {
      if (exitCode !== 0) throw hostOutputError('virsh dumpxml', `exit code ${exitCode}`, stderr);
      return parseDomainGraphics(stdout.trim());
    },
  };
}
