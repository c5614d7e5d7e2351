export { type CanRun, canRunLab } from './can-run.ts';
export { fabricExec } from './fabric.ts';
export { guestExec, guestReady } from './guest-exec.ts';
export { GUEST_IMAGE, TOOLS_ISO } from './guest-image.ts';
export { hostExec } from './host.ts';
export { LAB_PASSWORD } from './host-files.ts';
export {
  cut,
  type LabHostStatus,
  type LabStatus,
  labDown,
  labHostKey,
  labStatus,
  labUp,
  poweroff,
  poweron,
  uncut,
} from './lab.ts';
export { LabError } from './lab-error.ts';
export { ensurePackages } from './packages.ts';
export type { RunOptions, RunResult } from './run.ts';
export { hostAddress, type LabSettings, labKeyPath, labSettings } from './settings.ts';
export { testHost } from './test-host.ts';
