import pg from 'pg';

const CHANNELS = ['change', 'task'] as const;
type Channel = (typeof CHANNELS)[number];

/** One connection that hears NOTIFY, and comes back by itself after an outage. */
export interface Listener {
  /** Calls back at each notification, and after each reconnect (something may have been missed). */
  on(channel: Channel, heard: () => void): () => void;
  close(): Promise<void>;
}

const RETRY_MS = 500;

/** Starts listening in the background; the first connection may come late. */
export function openListener(url: string): Listener {
  const heardBy: Record<Channel, Set<() => void>> = { change: new Set(), task: new Set() };
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;
  const tell = (channel: Channel) => {
    for (const heard of [...heardBy[channel]]) heard();
  };

  const again = () => {
    client = null;
    if (isClosed || retry) return;
    retry = setTimeout(() => {
      retry = null;
      void connect();
    }, RETRY_MS);
  };

  const connect = async () => {
    const fresh = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: 5000,
      application_name: 'vireo-listen',
    });
    client = fresh;
    fresh.on('error', (error) => console.warn(`change feed connection lost: ${error.message}`));
    fresh.on('end', () => client === fresh && again());
    fresh.on('notification', ({ channel }) => {
      for (const known of CHANNELS) if (known === channel) tell(known);
    });
    try {
      await fresh.connect();
      for (const channel of CHANNELS) await fresh.query(`listen ${channel}`);
      for (const channel of CHANNELS) tell(channel);
    } catch {
      // Not reachable now: tried again until it is; who waits has a timeout of its own.
      await fresh.end().catch(() => undefined);
      if (client === fresh) again();
    }
  };
  const connecting = connect();

  return {
    on(channel, heard) {
      heardBy[channel].add(heard);
      return () => heardBy[channel].delete(heard);
    },
    async close() {
      isClosed = true;
      if (retry) clearTimeout(retry);
      await connecting;
      await client?.end().catch(() => undefined);
    },
  };
}
