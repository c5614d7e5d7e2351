import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import {
  type Change,
  HostId,
  type OperationName,
  type Plan,
  SecretId,
  SessionId,
  TaskId,
  UserId,
  type UserView,
  VireoError,
  VmId,
} from '@vireo/contracts';
import type { Actor, Engine } from '@vireo/engine';
import type { Store } from '@vireo/store';

/** A part of the store of which only some queries are there; asking for another one fails the test by name. */
function only<T extends object>(noun: string, part: Partial<T>): T {
  return new Proxy(part, {
    get(target, key) {
      const value = Reflect.get(target, key);
      if (value !== undefined || typeof key === 'symbol') return value;
      throw new Error(`the fake store has no ${noun}.${key}`);
    },
  }) as T;
}

interface KeptSession {
  id: SessionId;
  userId: UserId;
  kind: 'browser' | 'api';
  tokenHash: string;
  expiresAt: Date;
}

export interface AuditEntry {
  operation: string;
  userName: string;
  outcome: 'open' | 'succeeded' | 'refused' | 'failed';
}

export interface FakeMemory {
  store: Store;
  users: Map<string, UserView & { passwordHash: string }>;
  sessions: KeptSession[];
  audit: AuditEntry[];
  secrets: Map<string, string>;
  vms: Map<string, { id: VmId; hostId: HostId; name: string }>;
  hosts: Map<string, { id: HostId; name: string }>;
  tasks: Map<string, { operation: string; input: unknown }>;
  changes: Change[];
  isDatabaseDown: boolean;
}

const emptyPage = async () => ({ items: [], nextCursor: null, total: 0 });

/** The memory in memory: sessions, users and audit as they really behave, lists empty. */
export function fakeMemory(): FakeMemory {
  const failures = new Map<string, number>();
  const tickets = new Map<
    string,
    { userId: UserId; sessionId: SessionId; vmId: VmId; hostId: HostId; expiresAt: Date }
  >();
  const memory: FakeMemory = {
    users: new Map(),
    sessions: [],
    audit: [],
    secrets: new Map(),
    vms: new Map(),
    hosts: new Map(),
    tasks: new Map(),
    changes: [],
    isDatabaseDown: false,
    store: only<Store>('store', {}),
  };
  const userOf = (id: UserId) => [...memory.users.values()].find((u) => u.id === id) ?? null;
  const entry = (id: string) => memory.audit[Number(id)];
  memory.store = only<Store>('store', {
    hosts: only<Store['hosts']>('hosts', {
      page: emptyPage,
      view: async () => null,
      byId: async (id) => (memory.hosts.get(id) ?? null) as never,
      all: async () => [],
    }),
    vms: only<Store['vms']>('vms', {
      page: emptyPage,
      view: async () => null,
      byId: async (id) => (memory.vms.get(id) ?? null) as never,
      countsByState: async () => ({}),
    }),
    storage: only<Store['storage']>('storage', {
      datastoreViews: async () => [],
      imageViews: async () => [],
    }),
    tasks: only<Store['tasks']>('tasks', {
      page: emptyPage,
      view: async () => null,
      inputOf: async (id) => {
        const task = memory.tasks.get(id);
        return task ? { ...task, state: 'failed' } : null;
      },
    }),
    changes: {
      latestId: async () => String(memory.changes.length),
      async *follow(lastId, signal) {
        let seen = Number(lastId);
        while (!signal.aborted) {
          const batch = memory.changes.slice(seen);
          seen += batch.length;
          if (batch.length > 0) yield batch;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      },
    },
    secrets: only<Store['secrets']>('secrets', {
      seal: async (_purpose, _boundTo, plaintext) => {
        const id = SecretId.parse(randomUUID());
        memory.secrets.set(id, plaintext);
        return id;
      },
      remove: async (id) => void memory.secrets.delete(id),
    }),
    users: {
      byName: async (name) => memory.users.get(name) ?? null,
      byId: async (id) => userOf(id),
      list: async () => [...memory.users.values()],
      count: async () => memory.users.size,
      create: async ({ name, passwordHash, role, mustChangePassword }) => {
        const user = {
          id: UserId.parse(randomUUID()),
          name,
          role,
          isDisabled: false,
          mustChangePassword,
          createdAt: new Date().toISOString(),
          lastSignInAt: null,
          passwordHash,
        };
        memory.users.set(name, user);
        return user;
      },
      update: async (id, patch, options) => {
        const user = userOf(id);
        if (!user) throw new VireoError('notFound');
        const { lastSignInAt, ...rest } = patch;
        Object.assign(user, rest, lastSignInAt ? { lastSignInAt: lastSignInAt.toISOString() } : {});
        if (patch.isDisabled !== undefined || patch.role || patch.passwordHash) {
          memory.sessions = memory.sessions.filter((s) => s.userId !== id || s.id === options?.keepSession);
        }
        return user;
      },
    },
    sessions: {
      create: async ({ userId, tokenHash, kind, expiresAt }) => {
        const id = SessionId.parse(randomUUID());
        memory.sessions.push({ id, userId, kind, tokenHash, expiresAt });
        return id;
      },
      byTokenHash: async (tokenHash) => {
        const kept = memory.sessions.find((s) => s.tokenHash === tokenHash && s.expiresAt > new Date());
        const user = kept && userOf(kept.userId);
        if (!kept || !user || user.isDisabled) return null;
        return {
          id: kept.id,
          user,
          kind: kept.kind,
          locale: 'en',
          theme: 'system',
          expiresAt: kept.expiresAt,
        };
      },
      isAlive: async (id) => memory.sessions.some((s) => s.id === id),
      setPreferences: async () => undefined,
      revoke: async (id) => {
        memory.sessions = memory.sessions.filter((s) => s.id !== id);
      },
    },
    signInAttempts: {
      recordFailure: async (key) => {
        failures.set(key, (failures.get(key) ?? 0) + 1);
        return { failures: failures.get(key) ?? 0 };
      },
      failures: async (key) => failures.get(key) ?? 0,
      clear: async (key) => void failures.delete(key),
    },
    consoleTickets: {
      create: async ({ ticketHash, ...rest }) => void tickets.set(ticketHash, rest),
      consume: async (ticketHash) => {
        const ticket = tickets.get(ticketHash);
        tickets.delete(ticketHash);
        return ticket && ticket.expiresAt > new Date() ? ticket : null;
      },
    },
    events: {
      openAudit: async ({ operation, actor }) => {
        memory.audit.push({ operation, userName: actor.userName, outcome: 'open' });
        return String(memory.audit.length - 1);
      },
      closeAudit: async (id, outcome) => {
        const open = entry(id);
        if (!open) throw new Error('no such audit entry');
        open.outcome = outcome;
      },
      record: async () => undefined,
      page: emptyPage,
    },
    tree: async () => ({ sites: [] }),
    overview: async () => ({
      hosts: { total: 0, connected: 0 },
      vms: {},
      vmTotal: 0,
      cpu: { cores: 0, usedPercent: 0, vcpusConfigured: 0 },
      memory: { totalMiB: 0, usedMiB: 0, configuredMiB: 0 },
      storage: { capacityBytes: 0, availableBytes: 0 },
      openTasks: 0,
    }),
    search: async () => [],
    ping: async () => {
      if (memory.isDatabaseDown) throw new Error('the database is away');
    },
    close: async () => undefined,
  });
  return memory;
}

export function emptyPlan(operation: string): Plan {
  return {
    operation,
    title: { key: 'audit.operation', params: { operation, name: 'x' } },
    object: { kind: 'vm', id: 'x', name: 'x' },
    locks: [],
    targets: {},
    preconditions: [],
    steps: [],
    expected: { vms: [], files: [] },
    xml: [],
    placement: [],
    onSubmit: [],
    onDone: [],
    onUndone: [],
    onFailure: 'stop',
  };
}

export interface FakeEngine extends Engine {
  submitted: { actor: Actor; operation: OperationName; input: unknown; auditId: string }[];
  planned: OperationName[];
  /** What the next submissions throw. */
  refusal: Error | null;
  screen: (() => Promise<Duplex>) | null;
}

export function fakeEngine(): FakeEngine {
  const engine: FakeEngine = {
    submitted: [],
    planned: [],
    refusal: null,
    screen: null,
    async submit(actor, operation, input, { dryRun, auditId }) {
      if (engine.refusal) throw engine.refusal;
      const plan = emptyPlan(operation);
      if (dryRun) {
        engine.planned.push(operation);
        return { kind: 'dryRun', plan };
      }
      engine.submitted.push({ actor, operation, input, auditId });
      return { kind: 'submitted', taskId: TaskId.parse(randomUUID()), plan };
    },
    cancel: async () => undefined,
    async retry() {
      return { kind: 'submitted', taskId: TaskId.parse(randomUUID()), plan: emptyPlan('vm.start') };
    },
    async openVnc() {
      if (!engine.screen) throw new VireoError('vm.consoleUnavailable', { reason: 'it is shut off' });
      return engine.screen();
    },
    start: async () => undefined,
    stop: async () => undefined,
    health: () => ({ hosts: 0, connected: 0, runningTasks: 0 }),
  };
  return engine;
}

/** A VM that the fake inventory knows. */
export function addVm(memory: FakeMemory, name = 'web01'): { id: VmId; hostId: HostId; name: string } {
  const vm = { id: VmId.parse(randomUUID()), hostId: HostId.parse(randomUUID()), name };
  memory.vms.set(vm.id, vm);
  return vm;
}

export const A_PASSWORD = 'seven green bottles';
