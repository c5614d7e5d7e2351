export * from './plan-operation.ts';
export * from './types.ts';
