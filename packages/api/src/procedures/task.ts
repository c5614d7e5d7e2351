import { ListInput, TaskId } from '@vireo/contracts';
import { z } from 'zod';
import { permittedProcedure, router } from '../base-procedures.ts';
import { cancelTask, retryTask } from '../task-acts.ts';
import { found } from './found.ts';

const readProcedure = permittedProcedure('inventory.read');
const byId = z.strictObject({ id: TaskId });

export const taskRouter = router({
  list: readProcedure.input(ListInput).query(({ ctx, input }) => ctx.services.store.tasks.page(input)),
  get: readProcedure
    .input(byId)
    .query(async ({ ctx, input }) => found(await ctx.services.store.tasks.view(input.id))),
  cancel: permittedProcedure('task.cancel')
    .input(byId)
    .mutation(({ ctx, input }) => cancelTask(ctx.services, ctx.actor, input.id)),
  retry: permittedProcedure('task.cancel')
    .input(byId)
    .mutation(({ ctx, input }) => retryTask(ctx.services, ctx.actor, input.id)),
});
