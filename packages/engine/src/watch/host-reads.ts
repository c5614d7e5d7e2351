import {
  type CycleReading,
  type DomainDefinition,
  type DomainEvent,
  domainDefinitions,
  domainEvents,
  domainGraphics,
  guestAddresses,
  hostCycle,
  hostFacts,
  hostStorage,
  type ReadCommand,
  type StorageReading,
} from '@vireo/commands';
import type { HostFacts, VmGraphics, VmId } from '@vireo/contracts';
import type { ExecFailure, HostSession } from '@vireo/link';

/** Everything that watchers and consoles ask of a host. */
export interface HostReads {
  cycle(): ReadCommand<CycleReading>;
  definitions(ids: readonly VmId[]): ReadCommand<DomainDefinition[]>;
  addresses(ids: readonly VmId[]): ReadCommand<ReadonlyMap<VmId, string[]>>;
  facts(): ReadCommand<HostFacts>;
  storage(): ReadCommand<StorageReading>;
  graphics(id: VmId): ReadCommand<VmGraphics>;
  events: { argv: readonly string[]; parse(line: string): DomainEvent | null };
}

export const hostReads: HostReads = {
  cycle: hostCycle,
  definitions: domainDefinitions,
  addresses: guestAddresses,
  facts: hostFacts,
  storage: hostStorage,
  graphics: domainGraphics,
  events: domainEvents,
};

/** The host gave no answer to a reading. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
  readonly failure: ExecFailure;

  constructor(failure: ExecFailure) {
    super(`the host gave no answer: ${failure}`);
    this.failure = failure;
  }
}

/** Runs a reading. @throws NoAnswerError, HostOutputError */
export async function ask<T>(session: HostSession, read: ReadCommand<T>): Promise<T> {
  const result = await session.exec(read.command);
  if (result.failure !== null) throw new NoAnswerError(result.failure);
  return read.parse(result);
}
