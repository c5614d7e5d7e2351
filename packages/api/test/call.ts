import { randomUUID } from 'node:crypto';
import { type Role, SessionId, UserId } from '@vireo/contracts';
import type { SessionRecord } from '@vireo/store';
import type { ApiServices, RequestContext } from '../src/context.ts';
import { createCaller } from '../src/router.ts';
import { SignInGate } from '../src/sign-in-gate.ts';
import { type FakeEngine, type FakeMemory, fakeEngine, fakeMemory } from './fakes.ts';

export function sessionWith(role: Role, options: { mustChangePassword?: boolean } = {}): SessionRecord {
  return {
    id: SessionId.parse(randomUUID()),
    user: {
      id: UserId.parse(randomUUID()),
      name: role,
      role,
      isDisabled: false,
      mustChangePassword: options.mustChangePassword ?? false,
      createdAt: '2026-01-01T00:00:00.000Z',
      lastSignInAt: null,
    },
    kind: 'browser',
    locale: 'en',
    theme: 'system',
    expiresAt: new Date(Date.now() + 60_000),
  };
}

export interface Bench {
  memory: FakeMemory;
  engine: FakeEngine;
  services: ApiServices;
  reported: unknown[];
  given: string[];
  contextOf(session: SessionRecord | null): RequestContext;
  as(session: SessionRecord | null): ReturnType<typeof createCaller>;
}

/** Procedures without HTTP, over a fake memory and a fake engine. */
export function bench(): Bench {
  const memory = fakeMemory();
  const engine = fakeEngine();
  const reported: unknown[] = [];
  const given: string[] = [];
  const services: ApiServices = {
    store: memory.store,
    submitter: engine,
    signIn: new SignInGate(),
    reportError: (error) => void reported.push(error),
  };
  const contextOf = (session: SessionRecord | null): RequestContext => ({
    services,
    session,
    address: '192.0.2.7',
    userAgent: 'test',
    carrier: { give: (token) => void given.push(token), take: () => void given.push('') },
  });
  return {
    memory,
    engine,
    services,
    reported,
    given,
    contextOf,
    as: (session) => createCaller(contextOf(session)),
  };
}
