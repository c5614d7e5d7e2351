import { permittedProcedure, router } from '../base-procedures.ts';
import { createUser, UserCreate, UserUpdate, updateUser } from '../user-acts.ts';

const manageProcedure = permittedProcedure('user.manage');

export const userRouter = router({
  list: manageProcedure.query(({ ctx }) => ctx.services.store.users.list()),
  create: manageProcedure
    .input(UserCreate)
    .mutation(({ ctx, input }) => createUser(ctx.services, ctx.actor, input)),
  update: manageProcedure
    .input(UserUpdate)
    .mutation(({ ctx, input }) => updateUser(ctx.services, ctx.actor, input)),
});
