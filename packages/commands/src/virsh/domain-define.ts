import { type CommandSpec, VmId } from '@vireo/contracts';
import { scriptArgv, writingCommand } from '../command.ts';
import { DOMAIN_DEFINE_IF_ABSENT, DOMAIN_UNDEFINE_IF_PRESENT, LIBVIRT_SETTLED } from '../scripts.ts';

/**
 * All of these may take long without being stuck: libvirt asks QEMU for its abilities first when it thinks they changed,
 * and goes on by itself when we stop waiting.
 */
const TIMEOUT_MS = 120_000;

/** Defines (or redefines) the domain in `xml`, read from standard input and checked against libvirt's schema. */
export const domainDefine = (xml: string): CommandSpec =>
  writingCommand(['virsh', 'define', '--validate', '/dev/stdin'], TIMEOUT_MS, xml);

/**
 * First of the undos of what libvirt may still be at: it goes on with a call whose client was ended, and an undo that
 * finds no effect yet would leave that effect behind. Changes nothing.
 */
export const libvirtSettled = (): CommandSpec => writingCommand(scriptArgv(LIBVIRT_SETTLED), 45_000);

/** As an undo: gives a domain its definition back unless it has one. Not validated: libvirt itself wrote this XML. */
export const domainDefineIfAbsent = (id: VmId, xml: string): CommandSpec =>
  writingCommand(scriptArgv(DOMAIN_DEFINE_IF_ABSENT, VmId.parse(id)), TIMEOUT_MS, xml);

/**
 * Removes the definition, with NVRAM, managed save image and the metadata of snapshots and checkpoints (disk files and
 * overlays stay). Succeeds when it is gone already; refuses a running domain, which libvirt would make transient.
 */
export const domainUndefine = (id: VmId): CommandSpec =>
  writingCommand(scriptArgv(DOMAIN_UNDEFINE_IF_PRESENT, VmId.parse(id)), TIMEOUT_MS);
