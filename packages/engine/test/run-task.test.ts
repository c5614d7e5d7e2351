import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TaskRunner } from '../src/run/task-runner.ts';
import type { EngineObserver } from '../src/types.ts';
import { FakeHost } from './fakes/fake-host.ts';
import { command, HOST, is, plan, STEPS, step } from './fakes/fake-plan.ts';
import { FakeTasks } from './fakes/fake-tasks.ts';
import { ended, worker } from './fakes/workers.ts';

const started: TaskRunner[] = [];
afterEach(() => {
  for (const one of started.splice(0)) one.abandon();
});
function start(...args: Parameters<typeof worker>): TaskRunner {
  const one = worker(...args);
  started.push(one);
  one.start();
  return one;
}

function setting() {
  return { store: new FakeTasks(), host: new FakeHost() };
}

/** All of it, or nothing of it; and the task says which. */
function expectConverged(task: { state: string; changes: unknown }, host: FakeHost) {
  const has = STEPS.filter((word) => host.words.has(word));
  if (task.state === 'done') {
    expect(has).toEqual([...STEPS]);
    expect(task.changes).toEqual(plan().onDone);
  } else {
    expect(['failed', 'cancelled']).toContain(task.state);
    expect(has).toEqual([]);
    expect(task.changes).toEqual(plan().onUndone);
  }
}

describe('a task without trouble', () => {
  it('runs its steps in order, once each, and reads the host again before it ends', async () => {
    const { store, host } = setting();
    const task = store.add(plan());
    start(store, host);
    await ended(task);
    expectConverged(task, host);
    expect(host.ran).toEqual(STEPS.map((word) => `do ${word}`));
    expect(host.rereads).toBe(1);
    expect(task.steps.map((one) => one.state)).toEqual(['done', 'done', 'done', 'done']);
    expect(task.transcript.map((entry) => entry.argv.join(' '))).toEqual(host.ran);
  });

  it('runs several tasks at a time', async () => {
    const { store, host } = setting();
    const blocked = store.add(plan({ steps: [step('x', { action: hang() })] }));
    const task = store.add(plan());
    start(store, host);
    await ended(task);
    expect(blocked.state).toBe('running');
  });
});

describe('preconditions', () => {
  it('stop the task before anything is changed, with what was observed', async () => {
    const { store, host } = setting();
    const remedy = { key: 'remedies.x', params: { a: 1 } };
    const label = { key: 'checks.x', params: {} };
    const task = store.add(
      plan({
        preconditions: [
          { id: 'p', label, check: is('ready', 'yes'), severity: 'must', remedy },
          { id: 'q', label, check: is('nice', 'yes'), severity: 'should', remedy },
        ],
      }),
    );
    start(store, host);
    await ended(task);
    expect(task).toMatchObject({ state: 'failed', error: { key: 'errors.plan.worldMoved' } });
    expect(task.checks).toMatchObject([
      { id: 'p', isOk: false, observed: 'no', remedy: { params: { a: 1, observed: 'no' } } },
      { id: 'q', isOk: false, observed: 'no' },
    ]);
    expect(task.changes).toEqual(plan().onUndone);
    expect(host.ran).toEqual(['is ready', 'is nice']);
  });

  it('a warning does not stop it', async () => {
    const { store, host } = setting();
    const text = { key: 'x', params: {} };
    const preconditions = [
      { id: 'q', label: text, check: is('nice', 'yes'), severity: 'should' as const, remedy: text },
    ];
    const task = store.add(plan({ preconditions }));
    start(store, host);
    expect((await ended(task)).state).toBe('done');
  });
});

describe.each(STEPS)('step %s', (word) => {
  const line = `do ${word}`;

  it.each([false, true])('that fails (effect there: %s) leads to undone', async (hasEffect) => {
    const { store, host } = setting();
    host.fail(line, { exitCode: 3, hasEffect });
    const task = store.add(plan());
    start(store, host);
    await ended(task);
    expect(task).toMatchObject({ state: 'failed', error: { key: 'errors.step.failed' } });
    expect(task.error?.params).toMatchObject({ exitCode: 3, stderr: 'it broke', step: word });
    expectConverged(task, host);
  });

  it('that was never sent is sent again', async () => {
    const { store, host } = setting();
    host.fail(line, { failure: 'notSent', hasEffect: false, cuts: true });
    const task = store.add(plan());
    start(store, host);
    await ended(task);
    expect(task.state).toBe('done');
    expect(host.count(line)).toBe(1);
  });

  it.each([false, true])(
    'whose connection breaks (effect there: %s) is looked at, never run twice',
    async (hasEffect) => {
      const { store, host } = setting();
      host.fail(line, { failure: 'connectionLost', hasEffect, cuts: true });
      const task = store.add(plan());
      start(store, host);
      await ended(task);
      expect(task.state).toBe('done');
      expectConverged(task, host);
      expect(host.count(line)).toBe(1);
      expect(host.count(`is ${word}`)).toBe(1);
    },
  );

  it('that leaves no trace is not repeated: the task says that the outcome is unknown', async () => {
    const { store, host } = setting();
    host.fail(line, { failure: 'connectionLost', hasEffect: false, cuts: true });
    const { done: _, ...traceless } = step(word, { repeat: 'never' });
    const steps = STEPS.map((id) => (id === word ? traceless : step(id)));
    const task = store.add(plan({ steps }));
    start(store, host);
    await ended(task);
    expect(task).toMatchObject({ state: 'failed', error: { key: 'errors.step.outcomeUnknown' } });
    expect(host.count(line)).toBe(0);
  });

  it.each([false, true])('that runs out of time (effect there: %s) converges', async (hasEffect) => {
    const { store, host } = setting();
    host.fail(line, { failure: 'timedOut', hasEffect });
    const task = store.add(plan());
    start(store, host);
    await ended(task);
    expect(task.state).toBe(hasEffect ? 'done' : 'failed');
    expectConverged(task, host);
  });

  it.each([
    ['before', true],
    ['sent', true],
    ['sent', false],
    ['after', true],
  ] as const)(
    'during which the worker dies (%s, effect: %s) is finished by another',
    async (phase, hasEffect) => {
      const { store, host } = setting();
      const task = store.add(plan());
      if (!hasEffect) host.fail(line, { failure: 'connectionLost', hasEffect });
      const observer = dieAt(word, phase, () => {
        first.abandon();
        store.expire(task.taskId);
      });
      const first = start(store, host, { observer });
      await vi.waitFor(() => expect(first.runningTasks + task.epoch).toBeGreaterThan(1));
      await vi.waitFor(() => expect(first.runningTasks).toBe(0));
      start(store, host);
      await ended(task);
      expect(task.state).toBe('done');
      expectConverged(task, host);
      expect(host.count(line)).toBe(1);
    },
  );

  it.each(['undoBefore', 'undoAfter'] as const)(
    'whose undo is cut short by a crash (%s) is taken back by another',
    async (phase) => {
      const { store, host } = setting();
      const task = store.add(plan());
      host.fail('do four', { exitCode: 1, hasEffect: true });
      const observer = dieAt(word, phase, () => {
        first.abandon();
        store.expire(task.taskId);
      });
      const first = start(store, host, { observer });
      await vi.waitFor(() => expect(first.runningTasks + task.epoch).toBeGreaterThan(1));
      await vi.waitFor(() => expect(first.runningTasks).toBe(0));
      start(store, host);
      await ended(task);
      expect(task).toMatchObject({ state: 'failed', error: { key: 'errors.step.failed' } });
      expectConverged(task, host);
    },
  );

  it('an undo that fails at first is tried again; one that keeps failing leaves a precise word', async () => {
    const { store, host } = setting();
    host.fail('do four', { exitCode: 1, hasEffect: true });
    host.fail(`undo ${word}`, { exitCode: 5, hasEffect: false });
    const task = store.add(plan());
    start(store, host);
    expectConverged(await ended(task), host);

    const again = setting();
    again.host.fail('do four', { exitCode: 1, hasEffect: true });
    const five = { exitCode: 5, hasEffect: false };
    again.host.fail(`undo ${word}`, five, five, five);
    const stuck = again.store.add(plan());
    start(again.store, again.host);
    await ended(stuck);
    expect(stuck).toMatchObject({
      state: 'stuck',
      changes: [],
      error: { key: 'errors.undo.failed', params: { step: word, exitCode: 5 } },
    });
  });

  it('is the last one when a person cancels during it', async () => {
    const { store, host } = setting();
    const task = store.add(plan());
    const observer = dieAt(word, 'sent', () => {
      task.isCancelRequested = true;
      runner.wake(task.taskId);
    });
    const runner = start(store, host, { observer });
    await ended(task);
    // Cancelled in the midst of the last one: there is nothing left to cancel.
    expect(task.state).toBe(word === 'four' ? 'done' : 'cancelled');
    expectConverged(task, host);
  });
});

describe('a host that is away', () => {
  it('makes the task wait, with the reason, and go on by itself', async () => {
    const { store, host } = setting();
    host.cut();
    const task = store.add(plan());
    start(store, host);
    await vi.waitFor(() => expect(task.state).toBe('waiting'));
    expect(task.error?.key).toBe('errors.host.unreachable');
    host.uncut();
    await ended(task);
    expect(task).toMatchObject({ state: 'done', error: null });
  });

  it('is waited for until a limit', async () => {
    const { store, host } = setting();
    host.cut();
    const task = store.add(plan());
    start(store, host, { giveUpMs: 30 });
    await ended(task);
    expect(task).toMatchObject({ state: 'failed', error: { key: 'errors.host.unreachable' } });
    expect(task.changes).toEqual(plan().onUndone);
  });

  it('does not keep a task from being cancelled', async () => {
    const { store, host } = setting();
    host.cut();
    const task = store.add(plan());
    const runner = start(store, host);
    await vi.waitFor(() => expect(task.state).toBe('waiting'));
    task.isCancelRequested = true;
    runner.wake(task.taskId);
    expect((await ended(task)).state).toBe('cancelled');
  });
});

describe('long copies', () => {
  it('are broken off by a cancel, and taken back', async () => {
    const { store, host } = setting();
    const task = store.add(plan({ steps: [step('one'), step('copy', { action: hang() }), step('two')] }));
    const runner = start(store, host);
    await vi.waitFor(() => expect(host.ran).toContain('hang copy'));
    task.isCancelRequested = true;
    runner.wake(task.taskId);
    await ended(task);
    expect(task).toMatchObject({ state: 'cancelled', error: { key: 'errors.task.cancelled' } });
    expect(host.ran.slice(-2)).toEqual(['undo copy', 'undo one']);
  });
});

describe('a plan that stops on failure', () => {
  it('leaves what is done', async () => {
    const { store, host } = setting();
    host.fail('do three', { exitCode: 1, hasEffect: false });
    const task = store.add(plan({ onFailure: 'stop' }));
    start(store, host);
    await ended(task);
    expect(task).toMatchObject({ state: 'failed', changes: [] });
    expect([...host.words]).toEqual(['one', 'two']);
  });
});

describe('waiting for a state', () => {
  const waits = (timeoutMs: number) =>
    step('wait', {
      action: {
        kind: 'waitFor',
        check: is('calm', 'yes'),
        everyMs: 5,
        timeoutMs,
        error: { key: 'errors.y', params: {} },
      },
    });

  it('ends when it holds', async () => {
    const { store, host } = setting();
    const task = store.add(plan({ steps: [waits(5000)] }));
    start(store, host);
    await vi.waitFor(() => expect(host.count('is calm')).toBeGreaterThan(1));
    host.words.add('calm');
    expect((await ended(task)).state).toBe('done');
  });

  it('fails with its own words when it does not hold in time', async () => {
    const { store, host } = setting();
    const task = store.add(plan({ onFailure: 'stop', steps: [waits(20)] }));
    start(store, host);
    expect(await ended(task)).toMatchObject({ state: 'failed', error: { key: 'errors.y' } });
  });
});

describe('a worker that was paused past its lease', () => {
  it('writes nothing and sends nothing when it comes back', async () => {
    const { store, host } = setting();
    const task = store.add(plan());
    let isPaused = false;
    host.onCommand = (line) => {
      if (line !== 'do two' || isPaused) return;
      isPaused = true;
      store.steal(task.taskId);
    };
    const first = start(store, host);
    await vi.waitFor(() => expect(isPaused && first.runningTasks === 0).toBe(true));
    // It had nothing but refused writes, and sent no further command.
    first.abandon();
    const sent = host.ran.length;
    expect(host.ran.filter((line) => line.startsWith('do'))).toEqual(['do one', 'do two']);
    expect(store.staleWrites).toBeGreaterThan(0);
    store.expire(task.taskId);
    start(store, host);
    await ended(task);
    expect(task.state).toBe('done');
    expect(host.ran.slice(sent).filter((line) => line === 'do one')).toEqual([]);
  });
});

function hang() {
  return { kind: 'command' as const, hostId: HOST, command: command('hang copy', { progress: 'percent' }) };
}

function dieAt(stepId: string, phase: string, die: () => void): EngineObserver {
  let isDone = false;
  return {
    onStep: (event) => {
      if (isDone || event.stepId !== stepId || event.phase !== phase) return;
      isDone = true;
      die();
    },
  };
}
