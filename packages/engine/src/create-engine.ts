import {
  type KeepSession,
  keepSession,
  type OpenSession,
  openSession,
  type ProbeHostKey,
  probeHostKey,
} from '@vireo/link';
import { planOperation } from '@vireo/planner';
import type { Store } from '@vireo/store';
import type { Logger } from 'pino';
import { createConsoleOpener } from './console/open-vnc.ts';
import { type ConsoleKey, ensureConsoleKey } from './hosts/console-key.ts';
import { TaskRunner } from './run/task-runner.ts';
import { createSubmitter, type PlanOperation } from './submit/submitter.ts';
import type { Engine, EngineObserver } from './types.ts';
import { Fleet } from './watch/fleet.ts';
import { type HostReads, hostReads } from './watch/host-reads.ts';

export interface EngineOptions {
  store: Store;
  log: Logger;
  /** Names this process in the tasks that it holds; no two processes share one. */
  worker: string;
  /** After so long without a sign of life its tasks are taken over. Default 10 s. */
  leaseMs?: number;
  /** How long a task waits for a host that is away. Default 10 min. */
  giveUpMs?: number;
  /** Pause between two readings of a host. Default 5 s, 10 s with more than 20 hosts. */
  cycleMs?: number;
  /** Tasks that run at the same time, those that wait for a host not counted. Default 64. */
  mostTasks?: number;
  observer?: EngineObserver;
  /** What stands for the rooms below in tests. */
  parts?: Partial<EngineParts>;
}

export interface EngineParts {
  openSession: OpenSession;
  probeHostKey: ProbeHostKey;
  keepSession: KeepSession;
  plan: PlanOperation;
  reads: HostReads;
}

const PARTS: EngineParts = { openSession, probeHostKey, keepSession, plan: planOperation, reads: hostReads };

/** Puts the engine together: request entry, task runner, host watchers, console opener. Nothing runs before `start`. */
export function createEngine(options: EngineOptions): Engine {
  const {
    store,
    log,
    worker,
    leaseMs = 10_000,
    giveUpMs = 600_000,
    cycleMs = null,
    mostTasks = 64,
  } = options;
  const parts = { ...PARTS, ...options.parts };
  let key: Promise<ConsoleKey> | null = null;
  const consoleKey = () => {
    key ??= ensureConsoleKey(store).catch((error: unknown) => {
      key = null;
      throw error;
    });
    return key;
  };
  const fleet = new Fleet({ ...parts, store, log, cycleMs });
  const runner = new TaskRunner({
    ...parts,
    store,
    hosts: fleet,
    observer: options.observer,
    log,
    leaseMs,
    giveUpMs,
    undoPausesMs: [500, 2000, 5000],
    worker,
    mostTasks,
  });
  return {
    ...createSubmitter({ store, plan: parts.plan, consoleKey, wake: (taskId) => runner.wake(taskId) }),
    ...createConsoleOpener({ store, hosts: fleet, reads: parts.reads }),
    async start() {
      await consoleKey();
      await fleet.start();
      runner.start();
    },
    async stop() {
      await runner.stop();
      await fleet.stop();
    },
    health: () => ({ ...fleet.counts(), runningTasks: runner.runningTasks }),
  };
}
