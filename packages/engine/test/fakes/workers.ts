import { isOpenTask } from '@vireo/contracts';
import { pino } from 'pino';
import { vi } from 'vitest';
import { type RunnerDeps, TaskRunner } from '../../src/run/task-runner.ts';
import type { FakeHost } from './fake-host.ts';
import type { FakeTask, FakeTasks } from './fake-tasks.ts';

const notUsed = () => {
  throw new Error('not used here');
};

export function worker(store: FakeTasks, hosts: FakeHost, more: Partial<RunnerDeps> = {}): TaskRunner {
  const secrets = {
    seal: notUsed,
    open: notUsed,
    purposeOf: notUsed,
    purposeOfOffered: notUsed,
    remove: notUsed,
  };
  return new TaskRunner({
    store: { tasks: store.tasks, secrets },
    hosts,
    openSession: notUsed,
    probeHostKey: notUsed,
    observer: undefined,
    log: pino({ level: 'silent' }),
    leaseMs: 10_000,
    giveUpMs: 10_000,
    undoPausesMs: [1, 1],
    worker: crypto.randomUUID(),
    mostTasks: 16,
    ...more,
  });
}

export async function ended(task: FakeTask): Promise<FakeTask> {
  await vi.waitFor(
    () => {
      if (isOpenTask(task.state)) throw new Error(`still ${task.state}`);
    },
    { timeout: 5000, interval: 5 },
  );
  return task;
}
