import type { Store } from '@vireo/store';
import type { WebSocket } from 'ws';
import type { Admission } from './console-admission.ts';

const CHECK_MS = 4_000;

/**
 * Checks each 4 s that what admitted a console still holds, and that the browser is still there.
 * @returns what ends the watching. `onEnd` is called at most once.
 */
export function watchConsole(
  store: Store,
  socket: WebSocket,
  { session, vm }: Admission,
  onEnd: (end: 'sessionEnded' | 'noScreen' | 'broken' | 'gone') => void,
): () => void {
  let isAnswering = true;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  socket.on('pong', () => {
    isAnswering = true;
  });
  const verdict = async () => {
    if (!isAnswering) return 'gone';
    isAnswering = false;
    socket.ping();
    if (!(await store.sessions.isAlive(session.id))) return 'sessionEnded';
    return (await store.vms.byId(vm.id))?.hostId === vm.hostId ? null : 'noScreen';
  };
  const check = async () => {
    // Who can't be checked is not let in any longer: a database that is away counts as a no.
    const end = await verdict().catch(() => 'broken' as const);
    if (isOver) return;
    if (end) onEnd(end);
    else timer = setTimeout(() => void check(), CHECK_MS);
  };
  timer = setTimeout(() => void check(), CHECK_MS);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
