import { type DestinationStream, type Logger, pino } from 'pino';

/** Names under which a secret could travel; their values never reach the log, at any level. */
const SECRET_NAMES = [
  'password',
  'current',
  'next',
  'passwordHash',
  'token',
  'tokenHash',
  'ticket',
  'ticketHash',
  'value',
  'plaintext',
  'privateKey',
  'credential',
  'authorization',
  'cookie',
];

/** Errors as the log keeps them: no cause and no fields, because drivers put whole queries into those. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error).slice(0, 500) };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, message: error.message.slice(0, 500), stack: frames.slice(0, 20).join('\n') };
}

export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: {},
    serializers: { err: plainError },
    redact: {
      paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: '[secret]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
