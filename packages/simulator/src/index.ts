export { startSimulator } from './simulator.ts';
export * from './types.ts';
