import { tracked } from '@trpc/server';
import { z } from 'zod';
import { permittedProcedure, router } from '../base-procedures.ts';
import { followChanges } from '../follow-changes.ts';

export const changeRouter = router({
  /** Replays what came after `lastEventId`, then goes on live. Ends within 5 s of the session's end. */
  follow: permittedProcedure('inventory.read')
    .input(
      z
        .strictObject({
          lastEventId: z
            .string()
            .regex(/^\d{1,20}$/, 'the id of a change')
            .nullish(),
        })
        .optional(),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      const batches = followChanges(ctx.services, ctx.session.id, input?.lastEventId ?? null, signal);
      for await (const batch of batches) yield tracked(batch.id, batch.changes);
    }),
});
