import type { Submitter } from '@vireo/engine';
import type { SessionRecord, Store } from '@vireo/store';
import type { SignInGate } from './sign-in-gate.ts';

/** What every request works with; made once per process. */
export interface ApiServices {
  store: Store;
  submitter: Submitter;
  signIn: SignInGate;
  /** Told of what went wrong inside, for the log; the client only learns `internal`. */
  reportError(error: unknown, where: string): void;
}

/** How a procedure hands a session to the caller or takes it back: a cookie over HTTP, a note in a test. */
export interface SessionCarrier {
  give(token: string, expiresAt: Date): void;
  take(): void;
}

/** The inner context: no HTTP in it, so that tests call procedures directly. */
export interface RequestContext {
  services: ApiServices;
  /** null: nobody is signed in. */
  session: SessionRecord | null;
  /** The client's address, as the proxy that we trust tells it. */
  address: string;
  userAgent: string;
  carrier: SessionCarrier;
}
