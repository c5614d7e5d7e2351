import { ListInput, VmId } from '@vireo/contracts';
import { z } from 'zod';
import { permittedProcedure, router } from '../base-procedures.ts';
import { issueConsoleTicket } from '../console-ticket.ts';
import { found } from './found.ts';

const readProcedure = permittedProcedure('inventory.read');
const byId = z.strictObject({ id: VmId });

export const vmRouter = router({
  list: readProcedure.input(ListInput).query(({ ctx, input }) => ctx.services.store.vms.page(input)),
  get: readProcedure
    .input(byId)
    .query(async ({ ctx, input }) => found(await ctx.services.store.vms.view(input.id))),
  counts: readProcedure
    .input(z.strictObject({ filter: z.string().max(500).default('') }))
    .query(({ ctx, input }) => ctx.services.store.vms.countsByState(input)),
  /** A path for one WebSocket to the VM's screen; its ticket works once, within 30 s, in this session only. */
  openConsole: permittedProcedure('vm.console')
    .input(byId)
    .mutation(({ ctx, input }) => issueConsoleTicket(ctx.services.store, ctx.session, input.id)),
});
