import { VmId } from '@vireo/contracts';
import { z } from 'zod';
import { readingCommand, scriptArgv } from '../command.ts';
import { hostOutputError } from '../host-output-error.ts';
import { GUEST_INTERFACES } from '../scripts.ts';
import { sectionsOf } from '../sections.ts';
import type { ReadCommand } from '../types.ts';

const TOOL = 'guest addresses';
/** A guest with containers has many; nobody reads more. */
const MOST = 64;
/** Lanes of the script, and how long one agent may take there. */
const LANES = 4;
const LONGEST_MS = 7000;

/** What we read of the answer to `guest-network-get-interfaces` (QEMU Guest Agent Protocol Reference). */
const Interfaces = z.object({
  return: z.array(z.object({ 'ip-addresses': z.array(z.object({ 'ip-address': z.string() })).default([]) })),
});
const Answer = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: String(error) });
      return z.NEVER;
    }
  })
  .pipe(Interfaces);

const isIpv4 = (address: string) => z.ipv4().safeParse(address).success;
const isIpv6 = (address: string) => z.ipv6().safeParse(address).success;
/** Loopback, "none", and link-local IPv6, of no use without an interface. */
const isUseless = (address: string) => /^(127\.|0\.0\.0\.0$|::1?$|fe[89ab])/i.test(address);

/** null: what the guest says makes no sense. */
function addressesOf(text: string): string[] | null {
  const answer = Answer.safeParse(text);
  if (!answer.success) return null;
  const said = answer.data.return.flatMap((one) => one['ip-addresses'].map((each) => each['ip-address']));
  const all = [...new Set(said)].filter((address) => !isUseless(address));
  return [...all.filter(isIpv4), ...all.filter(isIpv6)].slice(0, MOST);
}

/**
 * What the guest agents of running domains say of their addresses, in one round trip: IPv4 first, then IPv6, in the
 * guest's order, without prefix lengths. A domain whose agent gives no answer, or none that makes sense, is left out.
 */
export function guestAddresses(ids: readonly VmId[]): ReadCommand<ReadonlyMap<VmId, string[]>> {
  const uuids = ids.map((id) => VmId.parse(id));
  const worstMs = Math.ceil(uuids.length / LANES) * LONGEST_MS;
  return {
    command: readingCommand(scriptArgv(GUEST_INTERFACES, ...uuids), 10_000 + worstMs),
    parse({ stdout }) {
      const sections = sectionsOf(TOOL, stdout);
      if (sections.at(-1)?.name !== 'end') throw hostOutputError(TOOL, 'the output was cut');
      const idOf = new Map(uuids.map((id) => [`interfaces ${id}`, id]));
      const answers = new Map<VmId, string[]>();
      for (const { name, exitCode, text } of sections) {
        const id = idOf.get(name);
        const addresses = id && exitCode === 0 ? addressesOf(text) : null;
        if (id && addresses) answers.set(id, addresses);
      }
      return answers;
    },
  };
}
