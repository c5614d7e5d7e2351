import { describe, expect, it } from 'vitest';
import {
  type ClosedReason,
  ConsoleConnection,
  type ConsoleFacts,
  type ConsolePhase,
  reasonOfCloseCode,
  reasonOfErrorCode,
} from '../src/features/console/console-connection.ts';

const RUNNING: ConsoleFacts = { state: 'running', hostConnection: 'connected', hasGraphics: true };

/** A console whose server and clock are in the test's hands. */
function makeConsole(facts: ConsoleFacts = RUNNING) {
  const phases: ConsolePhase[] = [];
  const timers: { ms: number; action: () => void }[] = [];
  const screens: { path: string; isClosed: boolean; connect(): void; lose(reason: ClosedReason): void }[] =
    [];
  let refusal: ClosedReason | null = null;
  let tickets = 0;
  const connection = new ConsoleConnection(
    {
      openTicket: async () => {
        if (refusal) throw new Error(refusal);
        tickets += 1;
        return { path: `/api/console?ticket=${tickets}` };
      },
      showScreen: async (path, events) => {
        const screen = {
          path,
          isClosed: false,
          connect: events.onConnected,
          lose: events.onClosed,
        };
        screens.push(screen);
        return {
          close: () => {
            screen.isClosed = true;
          },
        };
      },
      reasonOfError: () => refusal ?? 'connectionLost',
      after: (ms, action) => {
        const timer = { ms, action };
        timers.push(timer);
        return () => {
          const index = timers.indexOf(timer);
          if (index >= 0) timers.splice(index, 1);
        };
      },
      onPhase: (phase) => phases.push(phase),
    },
    facts,
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    connection,
    phases,
    screens,
    timers,
    settle,
    refuse: (reason: ClosedReason | null) => {
      refusal = reason;
    },
    /** Lets the one waiting timer ring. */
    ring: async () => {
      const timer = timers.shift();
      timer?.action();
      await settle();
      return timer?.ms;
    },
    open: async () => {
      connection.start();
      await settle();
      screens.at(-1)?.connect();
    },
  };
}

describe('a console connection', () => {
  it('opens with a ticket and says so', async () => {
    const { open, phases, screens } = makeConsole();
    await open();
    expect(screens).toHaveLength(1);
    expect(phases.map((phase) => phase.kind)).toEqual(['connecting', 'connected']);
  });

  it('takes a fresh ticket after the socket was lost while the VM runs on', async () => {
    const { open, phases, screens, ring, settle } = makeConsole();
    await open();
    screens[0]?.lose('connectionLost');
    expect(phases.at(-1)).toEqual({ kind: 'reconnecting', reason: 'connectionLost' });
    expect(await ring()).toBeLessThanOrEqual(2000);
    await settle();
    screens[1]?.connect();
    expect(screens.map((screen) => screen.path)).toEqual(['/api/console?ticket=1', '/api/console?ticket=2']);
    expect(phases.at(-1)).toEqual({ kind: 'connected' });
  });

  it('waits while the VM is off and opens at once when it runs again', async () => {
    const { connection, open, phases, screens, settle, timers } = makeConsole();
    await open();
    connection.update({ ...RUNNING, state: 'shutOff' });
    screens[0]?.lose('noScreen');
    expect(phases.at(-1)).toEqual({ kind: 'waiting', reason: 'notRunning' });
    expect(timers).toHaveLength(0);
    connection.update(RUNNING);
    await settle();
    screens[1]?.connect();
    expect(phases.at(-1)).toEqual({ kind: 'connected' });
  });

  it('never waits longer than 2 s between attempts', async () => {
    const { connection, ring, refuse, settle } = makeConsole();
    refuse('noScreen');
    connection.start();
    await settle();
    const delays: (number | undefined)[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) delays.push(await ring());
    expect(Math.max(...delays.map((delay) => delay ?? 0))).toBe(2000);
    expect(delays).toEqual(delays.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
  });

  it('does not knock again after the session ended, until asked', async () => {
    const { connection, open, phases, screens, settle, timers } = makeConsole();
    await open();
    screens[0]?.lose('sessionEnded');
    expect(phases.at(-1)).toEqual({ kind: 'closed', reason: 'sessionEnded' });
    expect(timers).toHaveLength(0);
    connection.update(RUNNING);
    expect(screens).toHaveLength(1);
    connection.retryNow();
    await settle();
    expect(screens).toHaveLength(2);
  });

  it('says that the host is out of reach and comes back with it', async () => {
    const { connection, phases, screens, settle } = makeConsole({
      ...RUNNING,
      hostConnection: 'unreachable',
    });
    connection.start();
    expect(phases).toEqual([{ kind: 'waiting', reason: 'hostUnreachable' }]);
    connection.update(RUNNING);
    await settle();
    expect(screens).toHaveLength(1);
  });

  it('gives up on a server that stays silent', async () => {
    const { connection, phases, screens, settle, ring } = makeConsole();
    connection.start();
    await settle();
    expect(await ring()).toBe(15_000);
    expect(screens[0]?.isClosed).toBe(true);
    expect(phases.at(-1)).toEqual({ kind: 'reconnecting', reason: 'connectionLost' });
  });

  it('ignores what an abandoned screen still says', async () => {
    const { connection, open, phases, screens } = makeConsole();
    await open();
    connection.stop();
    screens[0]?.lose('connectionLost');
    expect(screens[0]?.isClosed).toBe(true);
    expect(phases.at(-1)).toEqual({ kind: 'connected' });
  });
});

describe('reasons', () => {
  it('reads close codes', () => {
    expect([4401, 4404, 4409, 1006].map(reasonOfCloseCode)).toEqual([
      'sessionEnded',
      'noScreen',
      'hostUnreachable',
      'connectionLost',
    ]);
  });

  it('reads error codes', () => {
    expect(reasonOfErrorCode('auth.required')).toBe('sessionEnded');
    expect(reasonOfErrorCode('host.unreachable')).toBe('hostUnreachable');
    expect(reasonOfErrorCode('notFound')).toBe('vmGone');
    expect(reasonOfErrorCode(null)).toBe('connectionLost');
  });
});
