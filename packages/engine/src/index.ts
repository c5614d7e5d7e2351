export { createEngine, type EngineOptions, type EngineParts } from './create-engine.ts';
export * from './types.ts';
