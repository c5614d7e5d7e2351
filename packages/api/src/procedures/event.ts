import { ListInput } from '@vireo/contracts';
import { permittedProcedure, router } from '../base-procedures.ts';

export const eventRouter = router({
  list: permittedProcedure('event.read')
    .input(ListInput)
    .query(({ ctx, input }) => ctx.services.store.events.page(input)),
});
