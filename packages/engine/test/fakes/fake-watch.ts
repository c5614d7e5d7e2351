import type { CycleReading, DomainDefinition, ReadCommand, VmReading } from '@vireo/commands';
import { ClusterId, HostId, type HostRecord, SecretId, VireoError, VmId } from '@vireo/contracts';
import type { ExecFailure, ExecResult, HostSession, KeepOptions, LinkReport } from '@vireo/link';
import type { ObservedVm, Store } from '@vireo/store';
import { pino } from 'pino';
import type { WatcherDeps } from '../../src/watch/host-watcher.ts';

const HOST_ID = HostId.parse('00000000-0000-4000-8000-000000000001');
export const RECORD: HostRecord = {
  id: HOST_ID,
  name: 'cna01',
  clusterId: ClusterId.parse('00000000-0000-4000-8000-000000000002'),
  target: {
    address: '192.0.2.1',
    port: 22,
    user: 'root',
    hostKey: 'ssh-ed25519 AAAA',
    secretId: SecretId.parse('00000000-0000-4000-8000-000000000003'),
  },
  connection: 'connecting',
  facts: null,
  usage: null,
  isSimulated: false,
};

export function vm(name: string, state: VmReading['state'], number = 1): VmReading {
  const id = VmId.parse(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
  return {
    ...{ id, name, state, stateReason: null, isPersistent: true, vcpus: 1, cpuTimeNs: 0 },
    ...{ memoryMiB: 64, memoryUsedMiB: null, diskReadBytes: 0, diskWriteBytes: 0 },
    ...{ netReceiveBytes: 0, netTransmitBytes: 0 },
  };
}

const notUsed = () => {
  throw new Error('not used here');
};

/** A host as a watcher sees it, with a switch for each trouble, and what was stored of it. */
export class FakeWatched {
  vms: VmReading[] = [];
  /** What guest agents say. A VM whose number is even has none. */
  addresses = new Map<VmId, string[]>();
  failure: ExecFailure | null = null;
  readonly asked: string[] = [];
  readonly connections: string[] = [];
  readonly stored: ObservedVm[][] = [];
  #report: (report: LinkReport) => void = () => undefined;
  #session: HostSession | null = null;
  #onLine: (line: string) => void = () => undefined;
  #endStream: () => void = () => undefined;
  streams = 0;

  connect(): void {
    this.#session = this.#newSession();
    this.#report({ state: 'connected', problem: null, since: new Date() });
  }

  lose(code: 'host.unreachable' | 'host.keyChanged' = 'host.unreachable'): void {
    this.#session = null;
    const state = code === 'host.keyChanged' ? 'keyChanged' : 'unreachable';
    const problem = new VireoError(code, { presented: 'SHA256:new' });
    this.#report({ state, problem, since: new Date() });
  }

  hint(line: string): void {
    this.#onLine(line);
  }

  endStream(): void {
    this.#endStream();
  }

  deps(cycleMs = 60_000): WatcherDeps {
    return {
      log: pino({ level: 'silent' }),
      cycleMs: () => cycleMs,
      openSession: notUsed,
      keepSession: (options: KeepOptions) => {
        this.#report = options.onReport;
        return {
          report: { state: 'connecting', problem: null, since: new Date() },
          session: () => this.#session ?? notUsed(),
          endpointChanged: () => this.asked.push('endpointChanged'),
          close: () => undefined,
        };
      },
      store: {
        secrets: {
          seal: notUsed,
          open: notUsed,
          purposeOf: notUsed,
          purposeOfOffered: notUsed,
          remove: notUsed,
        },
        observe: this.#observe(),
      },
      reads: {
        cycle: () => this.#read('cycle', () => this.#cycle()),
        definitions: (ids) =>
          this.#read(`definitions ${ids.length}`, () => ids.map((id) => this.#define(id))),
        addresses: (ids) => this.#read(`addresses ${ids.length}`, () => this.addresses),
        facts: () => this.#read('facts', notUsed),
        storage: () => this.#read('storage', () => ({ datastores: [], images: [] })),
        graphics: notUsed,
        events: {
          argv: ['events'],
          parse: (line) => {
            const [event = '', domainName = '', detail = ''] = line.split('|');
            return { event, domainName, detail };
          },
        },
      },
    };
  }

  #observe(): Store['observe'] {
    return {
      connection: async (_id, connection) => void this.connections.push(connection),
      contact: async () => undefined,
      facts: async () => undefined,
      usage: async () => undefined,
      storage: async () => undefined,
      vms: async (_id, vms) => {
        this.stored.push(vms);
        return { changed: [], adopted: [], removed: [] };
      },
    };
  }

  #cycle(): CycleReading {
    const host = {
      cpuTotalTicks: 0,
      cpuIdleTicks: 0,
      memoryTotalMiB: 0,
      memoryAvailableMiB: 0,
      uptimeSeconds: 0,
    };
    return { vms: this.vms, host };
  }

  #define(id: VmId): DomainDefinition {
    return {
      id,
      name: 'x',
      description: '',
      xml: '<domain/>',
      hardware: {
        ...{
          vcpus: 1,
          maxVcpus: 1,
          memoryMiB: 64,
          maxMemoryMiB: 64,
          firmware: 'bios',
          machine: '',
          cpuModel: '',
        },
        ...{
          accelerator: 'qemu',
          disks: [],
          nics: [],
          hasGuestAgentChannel: Number(id.slice(-1)) % 2 === 1,
          isAutostart: false,
        },
        graphics: { kind: 'none' },
      },
    };
  }

  #read<T>(name: string, answer: () => T): ReadCommand<T> {
    return { command: { argv: [name], timeoutMs: 100, effect: 'read' }, parse: answer };
  }

  #newSession(): HostSession {
    const session: HostSession = {
      isOpen: true,
      traffic: { execs: 0, bytesIn: 0, bytesOut: 0 },
      exec: async (command): Promise<ExecResult> => {
        this.asked.push(command.argv.join(' '));
        const { failure } = this;
        return {
          ...{ argv: command.argv, startedAt: new Date(), durationMs: 1, stdout: '', stderr: '' },
          ...{ failure, exitCode: failure ? null : 0 },
        };
      },
      lines: (_argv, onLine) => {
        this.streams += 1;
        this.#onLine = onLine;
        const ended = new Promise<'exited'>((resolve) => {
          this.#endStream = () => resolve('exited');
        });
        return { ended, close: () => undefined };
      },
      tunnelTcp: notUsed,
      tunnelUnix: notUsed,
      closed: new Promise(() => undefined),
      close: () => void this.asked.push('close'),
    };
    return session;
  }
}
