import type { HttpBindings } from '@hono/node-server';
import type { SessionRecord } from '@vireo/store';
import type { Context } from 'hono';

/** How the server is reached, decided once at the start. */
export interface HttpOptions {
  /** The address that people type; https makes cookies Secure. null: plain http, any name. */
  publicUrl: URL | null;
  /** Addresses of proxies, besides loopback peers, whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** Requests per minute. */
  limits: RequestLimits;
}

export interface RequestLimits {
  perAddress: number;
  perSession: number;
  signInsPerAddress: number;
}

export const USUAL_LIMITS: RequestLimits = { perAddress: 12_000, perSession: 6_000, signInsPerAddress: 120 };

export interface ApiEnv {
  Bindings: Partial<HttpBindings>;
  Variables: {
    address: string;
    session: SessionRecord | null;
  };
}

export type ApiContext = Context<ApiEnv>;
