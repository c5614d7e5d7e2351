import type { Engine } from '@vireo/engine';
import type { Store } from '@vireo/store';

const PATIENCE_MS = 1_500;

async function isDatabaseUp(store: Store): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  const answers = store.ping().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answers, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

/** GET /healthz: open to all, so it tells counts only; 503 while the database is away. */
export async function healthAnswer(store: Store, engine: Pick<Engine, 'health'>): Promise<Response> {
  const isUp = await isDatabaseUp(store);
  const { hosts, connected, runningTasks } = engine.health();
  const body = {
    status: isUp ? 'ok' : 'unavailable',
    database: isUp ? 'up' : 'down',
    hosts: { total: hosts, connected },
    runningTasks,
  };
  return Response.json(body, { status: isUp ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
