import { hash, verify } from '@node-rs/argon2';
import { VireoError } from '@vireo/contracts';
import { newSecretToken } from './secret-token.ts';

/** OWASP's first choice for argon2id (the algorithm that the library uses by default): 19 MiB, 2 passes, 1 lane. */
const STRENGTH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Lets few attempts hash passwords at once. Hashing costs a good part of a core, so that an unbounded door would let
 * anybody stop the house by knocking.
 */
export class SignInGate {
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  readonly #atOnce: number;
  readonly #maxWaiting: number;
  /** Verified for users that don't exist, so that they take as long as those that do. */
  readonly #nobodysHash: Promise<string>;

  constructor({ atOnce = 2, maxWaiting = 32 }: { atOnce?: number; maxWaiting?: number } = {}) {
    this.#atOnce = atOnce;
    this.#maxWaiting = maxWaiting;
    this.#nobodysHash = hash(newSecretToken(), STRENGTH);
  }

  /** Runs one attempt (with all its look-ups and hashing) when its turn comes. @throws VireoError `auth.busy`. */
  async pass<T>(attempt: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#atOnce) {
      if (this.#waiting.length >= this.#maxWaiting) throw new VireoError('auth.busy');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await attempt();
    } finally {
      const next = this.#waiting.shift();
      // A waiting attempt inherits the place; only without one does the place become free.
      if (next) next();
      else this.#running -= 1;
    }
  }

  /** Hashes a password; call it inside {@link pass}. */
  hash(password: string): Promise<string> {
    return hash(password, STRENGTH);
  }

  /** Whether the password is right; null stands for a user that doesn't exist. Call it inside {@link pass}. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    const isRight = await verify(passwordHash ?? (await this.#nobodysHash), password);
    return isRight && passwordHash !== null;
  }
}
