export { CONSOLE_CLOSE } from './console-pipe.ts';
export { createLog } from './log.ts';
export { type RunningServer, type ServerParts, startServer } from './server.ts';
