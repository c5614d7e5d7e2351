import type { Change, SessionId } from '@vireo/contracts';
import type { ApiServices } from './context.ts';

export interface ChangeBatch {
  /** Resume after it. */
  id: string;
  changes: Change[];
}

const SESSION_CHECK_MS = 4_000;

/** Aborts the controller soon (4 s) after the session ended, or at once when the check itself fails. */
function watchSession(
  { store, reportError }: ApiServices,
  sessionId: SessionId,
  end: AbortController,
): () => void {
  let timer: NodeJS.Timeout;
  const check = async () => {
    try {
      if (!(await store.sessions.isAlive(sessionId))) return end.abort();
    } catch (error) {
      reportError(error, 'change.follow');
      return end.abort();
    }
    timer = setTimeout(() => void check(), SESSION_CHECK_MS);
  };
  timer = setTimeout(() => void check(), SESSION_CHECK_MS);
  return () => clearTimeout(timer);
}

/**
 * Changes after `lastId` (null: from now on), then live, until the signal or the session ends.
 * The first batch may be empty: it tells a new follower where to resume.
 */
export async function* followChanges(
  services: ApiServices,
  sessionId: SessionId,
  lastId: string | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<ChangeBatch> {
  const { changes } = services.store;
  const end = new AbortController();
  const stop = () => end.abort();
  signal?.addEventListener('abort', stop, { once: true });
  const unwatch = watchSession(services, sessionId, end);
  try {
    const from = lastId ?? (await changes.latestId());
    if (lastId === null) yield { id: from, changes: [] };
    for await (const batch of changes.follow(from, end.signal)) {
      const last = batch.at(-1);
      if (last) yield { id: last.id, changes: batch };
      if (end.signal.aborted) return;
    }
  } finally {
    unwatch();
    end.abort();
    signal?.removeEventListener('abort', stop);
  }
}
