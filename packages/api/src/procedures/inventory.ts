import { z } from 'zod';
import { permittedProcedure, router } from '../base-procedures.ts';

const readProcedure = permittedProcedure('inventory.read');

export const inventoryRouter = router({
  tree: readProcedure.query(({ ctx }) => ctx.services.store.tree()),
  overview: readProcedure.query(({ ctx }) => ctx.services.store.overview()),
  search: readProcedure
    .input(z.strictObject({ text: z.string().max(200) }))
    .query(({ ctx, input }) => ctx.services.store.search(input.text, 20)),
});
