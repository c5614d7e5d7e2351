import { VireoError } from '@vireo/contracts';

/** Prisma's, Postgres's and Node's words for "the database can't be reached now". */
const OUTAGE =
  /\b(P1001|P1002|P1008|P1017|P2024|P2028|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|57P01|57P02|57P03|08000|08001|08003|08006|53300)\b|Connection terminated|connection timeout|timeout exceeded when trying to connect|DatabaseNotReachable|ConnectionClosed|SocketTimeout|Can't reach database|Server has closed the connection|the database system is|TooManyConnections|terminating connection|not queryable/i;

function wordsOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 4) return '';
  const { code, meta } = error as { code?: unknown; meta?: unknown };
  return `${error.name} ${error.message} ${String(code ?? '')} ${JSON.stringify(meta ?? '')} ${wordsOf(error.cause, depth + 1)}`;
}

/** Turns an outage of the database into `unavailable`; everything else stays what it is. */
function translateOutage(error: unknown): unknown {
  if (error instanceof VireoError || !(error instanceof Error)) return error;
  return OUTAGE.test(wordsOf(error)) ? new VireoError('unavailable', {}, { cause: error }) : error;
}

type AsyncFunction = (...args: never[]) => unknown;

/** The same functions, whose rejections are translated by {@link translateOutage}. */
export function guarded<T extends object>(functions: T): T {
  const entries = Object.entries(functions).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'function') return [name, guardedFunction(value as AsyncFunction)];
    return [name, typeof value === 'object' && value !== null ? guarded(value) : value];
  });
  return Object.fromEntries(entries) as T;
}

/** Prisma's promises are no instances of Promise. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function guardedFunction(work: AsyncFunction): AsyncFunction {
  return (...args) => {
    const result = work(...args);
    // An async iterable (the change feed) has its own way with outages.
    if (!isThenable(result)) return result;
    return Promise.resolve(result).catch((error: unknown) => {
      throw translateOutage(error);
    });
  };
}
