import { UserView } from '@vireo/contracts';
import { z } from 'zod';
import { permittedProcedure, router } from '../base-procedures.ts';
import { createUser, UserCreate, UserUpdate, updateUser } from '../user-acts.ts';

const manageProcedure = permittedProcedure('user.manage');

/** The outputs are parsed, so that nothing but the view (never a password's hash) can leave. */
export const userRouter = router({
  list: manageProcedure.output(z.array(UserView)).query(({ ctx }) => ctx.services.store.users.list()),
  create: manageProcedure
    .input(UserCreate)
    .output(UserView)
    .mutation(({ ctx, input }) => createUser(ctx.services, ctx.actor, input)),
  update: manageProcedure
    .input(UserUpdate)
    .output(UserView)
    .mutation(({ ctx, input }) => updateUser(ctx.services, ctx.actor, input)),
});
