import { HostId, ListInput } from '@vireo/contracts';
import { z } from 'zod';
import { audited } from '../audited.ts';
import { permittedProcedure, router } from '../base-procedures.ts';
import { HostCredential, sealCredential } from '../seal-credential.ts';
import { found } from './found.ts';

const readProcedure = permittedProcedure('inventory.read');

export const hostRouter = router({
  list: readProcedure.input(ListInput).query(({ ctx, input }) => ctx.services.store.hosts.page(input)),
  get: readProcedure
    .input(z.strictObject({ id: HostId }))
    .query(async ({ ctx, input }) => found(await ctx.services.store.hosts.view(input.id))),
  /** Seals a password or private key for one host address at once; only the id of the sealed secret travels further. */
  sealCredential: permittedProcedure('host.manage')
    .input(HostCredential)
    .mutation(async ({ ctx, input }) => {
      const object = { kind: 'host', id: '', name: input.address };
      const act = { operation: 'host.sealCredential', actor: ctx.actor, object };
      const secretId = await audited(ctx.services, act, () => sealCredential(ctx.services.store, input));
      return { secretId };
    }),
});
