import { router, signedInProcedure } from '../base-procedures.ts';
import { OperationRequest, planOperation, submitOperation } from '../submit-operation.ts';

/** The right depends on the operation, so it is proved in `submit-operation.ts`, once, for tRPC and REST alike. */
export const operationRouter = router({
  submit: signedInProcedure
    .input(OperationRequest)
    .mutation(({ ctx, input }) => submitOperation(ctx.services, ctx.actor, input.operation, input.input)),
  /** What would happen; nothing is changed. A mutation because inputs are long and must not end up in addresses. */
  plan: signedInProcedure
    .input(OperationRequest)
    .mutation(({ ctx, input }) => planOperation(ctx.services, ctx.actor, input.operation, input.input)),
});
