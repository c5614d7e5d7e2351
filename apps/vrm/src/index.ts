export { CONSOLE_CLOSE } from './console-pipe.ts';
export { createLog } from './log.ts';
export { type RunningServer, type ServerParts, startServer } from './server.ts';
export { type Settings, settingsFrom } from './settings.ts';
export { createVrm, type Vrm, type VrmOptions } from './vrm.ts';
