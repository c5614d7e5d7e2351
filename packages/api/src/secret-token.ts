import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits in base64url: a session's or a ticket's secret. */
export function newSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret token. */
export function hashSecretToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
