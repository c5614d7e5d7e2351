import { permittedProcedure, router } from '../base-procedures.ts';

const readProcedure = permittedProcedure('inventory.read');

export const storageRouter = router({
  datastores: readProcedure.query(({ ctx }) => ctx.services.store.storage.datastoreViews()),
  images: readProcedure.query(({ ctx }) => ctx.services.store.storage.imageViews()),
});
