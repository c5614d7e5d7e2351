import { LOCALES, SessionId, Theme } from '@vireo/contracts';
import { z } from 'zod';
import { type Database, Prisma } from './database.ts';
import type { Store } from './types.ts';
import { userView } from './users.ts';

const Kind = z.enum(['browser', 'api']);
const Locale = z.enum(LOCALES);
const TOUCH_MS = 60_000;

/** Signed-in browsers and programs. The token itself is kept nowhere. */
export function sessionQueries({ client }: Database): Store['sessions'] {
  return {
    async create(input) {
      // Where a person goes on from: the preferences of the last session.
      const last = await client.session.findFirst({
        where: { userId: input.userId },
        orderBy: { createdAt: 'desc' },
        select: { locale: true, theme: true },
      });
      await client.session.deleteMany({ where: { expiresAt: { lt: new Date() } } });
      const session = await client.session.create({ data: { ...input, ...last } });
      return SessionId.parse(session.id);
    },
    async byTokenHash(tokenHash) {
      const session = await client.session.findUnique({ where: { tokenHash }, include: { user: true } });
      if (!session || session.expiresAt <= new Date() || session.user.isDisabled) return null;
      if (Date.now() - session.lastSeenAt.getTime() > TOUCH_MS)
        await client.$executeRaw`UPDATE session SET last_seen_at = now() WHERE id = ${session.id}::uuid`;
      return {
        id: SessionId.parse(session.id),
        user: userView(session.user),
        kind: Kind.parse(session.kind),
        locale: Locale.parse(session.locale),
        theme: Theme.parse(session.theme),
        expiresAt: session.expiresAt,
      };
    },
    async isAlive(id) {
      const rows = await client.$queryRaw<unknown[]>`
        SELECT 1 FROM session s JOIN app_user u ON u.id = s.user_id
        WHERE s.id = ${id}::uuid AND s.expires_at > now() AND NOT u.is_disabled`;
      return rows.length > 0;
    },
    async setPreferences(id, { locale, theme }) {
      const set = [
        ...(locale ? [Prisma.sql`locale = ${locale}`] : []),
        ...(theme ? [Prisma.sql`theme = ${theme}`] : []),
      ];
      if (set.length > 0)
        await client.$executeRaw`UPDATE session SET ${Prisma.join(set)} WHERE id = ${id}::uuid`;
    },
    async revoke(id) {
      await client.session.deleteMany({ where: { id } });
    },
  };
}

/** Failed sign-ins, counted up in one statement so that parallel tries all count. */
export function signInAttemptQueries({ client }: Database): Store['signInAttempts'] {
  const since = (windowMs: number) => new Date(Date.now() - windowMs);
  return {
    async recordFailure(key, windowMs) {
      const [row] = await client.$queryRaw<{ failures: number }[]>`
        INSERT INTO sign_in_attempt AS a (key, failures, started_at) VALUES (${key}, 1, now())
        ON CONFLICT (key) DO UPDATE SET
          failures = CASE WHEN a.started_at < ${since(windowMs)} THEN 1 ELSE a.failures + 1 END,
          started_at = CASE WHEN a.started_at < ${since(windowMs)} THEN now() ELSE a.started_at END
        RETURNING failures`;
      return { failures: row?.failures ?? 1 };
    },
    async failures(key, windowMs) {
      const row = await client.signInAttempt.findUnique({ where: { key } });
      return row && row.startedAt >= since(windowMs) ? row.failures : 0;
    },
    async clear(key) {
      await client.signInAttempt.deleteMany({ where: { key } });
    },
  };
}

/** Single-use tickets for consoles. */
export function consoleTicketQueries({ client }: Database): Store['consoleTickets'] {
  return {
    async create(input) {
      await client.consoleTicket.deleteMany({ where: { expiresAt: { lt: new Date() } } });
      await client.consoleTicket.create({ data: input });
    },
    async consume(ticketHash) {
      const [row] = await client.$queryRaw<
        (NonNullable<Awaited<ReturnType<Store['consoleTickets']['consume']>>> & { isValid: boolean })[]
      >`
        DELETE FROM console_ticket WHERE ticket_hash = ${ticketHash}
        RETURNING user_id AS "userId", session_id AS "sessionId", vm_id AS "vmId", host_id AS "hostId",
          expires_at > now() AS "isValid"`;
      if (!row?.isValid) return null;
      const { userId, sessionId, vmId, hostId } = row;
      return { userId, sessionId, vmId, hostId };
    },
  };
}
