import type { DomainEvent } from '../types.ts';

/**
 * The stream of libvirt's events. Only hints: whoever gets one re-reads. Lines look like
 * `event 'lifecycle' for domain 'web 1': Started Booted` (since libvirt 7.3; before, the name had no quotes).
 */
export const domainEvents = {
  argv: ['virsh', 'event', '--all', '--loop'],
  /** null: a line that tells nothing of a domain (blank, or the end of one event's details). */
  parse(line: string): DomainEvent | null {
    const head = /^event '([a-z-]+)' for domain (.+)$/.exec(line);
    if (!head) return null;
    const rest = head[2] ?? '';
    const isQuoted = rest.startsWith("'");
    // The name may hold "':" itself; details never do, so the last one parts them.
    const at = rest.lastIndexOf(isQuoted ? "':" : ': ');
    const name = at < 0 ? rest : rest.slice(0, at + (isQuoted ? 1 : 0));
    return {
      event: head[1] ?? '',
      domainName: isQuoted ? name.slice(1, -1) : name,
      detail: at < 0 ? '' : rest.slice(at + 2).trim(),
    };
  },
} as const;
