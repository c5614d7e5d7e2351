import { LOCALES, type SessionView, Theme } from '@vireo/contracts';
import { z } from 'zod';
import { publicProcedure, router, sessionHolderProcedure } from '../base-procedures.ts';
import { changePassword, PasswordChange } from '../change-password.ts';
import { beginSession, endSession, SignInInput, sessionView } from '../session.ts';

export const sessionRouter = router({
  signIn: publicProcedure.input(SignInInput).mutation(async ({ ctx, input }): Promise<SessionView> => {
    const begun = await beginSession(ctx.services, input, {
      kind: 'browser',
      address: ctx.address,
      userAgent: ctx.userAgent,
    });
    if (ctx.session) await ctx.services.store.sessions.revoke(ctx.session.id);
    ctx.carrier.give(begun.token, begun.session.expiresAt);
    return sessionView(begun.session);
  }),
  signOut: sessionHolderProcedure.mutation(async ({ ctx }) => {
    await endSession(ctx.services, ctx.session, ctx.address);
    ctx.carrier.take();
  }),
  /** Who I am; null: nobody is signed in. */
  current: publicProcedure.query(({ ctx }): SessionView | null => ctx.session && sessionView(ctx.session)),
  changePassword: sessionHolderProcedure
    .input(PasswordChange)
    .mutation(({ ctx, input }) => changePassword(ctx.services, ctx.session, ctx.address, input)),
  setPreferences: sessionHolderProcedure
    .input(
      z.strictObject({
        locale: z.enum(LOCALES).optional(),
        theme: Theme.optional(),
      }),
    )
    .mutation(({ ctx, input }) =>
      ctx.services.store.sessions.setPreferences(ctx.session.id, {
        ...(input.locale && { locale: input.locale }),
        ...(input.theme && { theme: input.theme }),
      }),
    ),
});
