import type { DomainEvent } from '@vireo/commands';
import type { HostSession, LineStream } from '@vireo/link';
import type { HostReads } from './host-reads.ts';

const RESTART_MS = 1000;
/** Tell of a guest's inner life (its clock, its balloon), not of anything we show. */
const IGNORED = new Set(['rtc-change', 'balloon-change', 'block-threshold', 'memory-failure']);

/**
 * Follows a host's events for as long as the session is open, starting the stream again when it dies (libvirtd was
 * restarted, say). `onGap` is called at each start: what happened while nobody listened has to be read.
 */
export function followEvents(
  session: HostSession,
  events: HostReads['events'],
  on: { onEvent: (event: DomainEvent) => void; onGap: () => void },
): { close(): void } {
  let isClosed = false;
  let stream: LineStream | null = null;
  let timer: NodeJS.Timeout | undefined;
  const open = () => {
    if (isClosed || !session.isOpen) return;
    stream = session.lines(events.argv, (line) => {
      const event = events.parse(line);
      if (event && !IGNORED.has(event.event)) on.onEvent(event);
    });
    on.onGap();
    void stream.ended.then(() => {
      timer = setTimeout(open, RESTART_MS);
    });
  };
  open();
  return {
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      stream?.close();
    },
  };
}

/** Whether an event says that the domain's definition may be another now. */
export function touchesDefinition({ event, detail }: DomainEvent): boolean {
  if (event === 'lifecycle') return /^(Defined|Undefined)/.test(detail);
  return /^(device-|metadata-change|tray-change|disk-change)/.test(event);
}
