export type { ApiServices, RequestContext, SessionCarrier } from './context.ts';
export { type AppRouter, appRouter, createCaller } from './router.ts';
export { hashSecretToken } from './secret-token.ts';
export { SignInGate } from './sign-in-gate.ts';
export type { OperationCall } from './submit-operation.ts';
