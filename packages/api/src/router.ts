import { createCallerFactory, router } from './base-procedures.ts';
import { changeRouter } from './procedures/change.ts';
import { eventRouter } from './procedures/event.ts';
import { hostRouter } from './procedures/host.ts';
import { inventoryRouter } from './procedures/inventory.ts';
import { operationRouter } from './procedures/operation.ts';
import { sessionRouter } from './procedures/session.ts';
import { storageRouter } from './procedures/storage.ts';
import { taskRouter } from './procedures/task.ts';
import { userRouter } from './procedures/user.ts';
import { vmRouter } from './procedures/vm.ts';

/** Everything the portal may ask. Mounted under /api/trpc. */
export const appRouter = router({
  session: sessionRouter,
  operation: operationRouter,
  host: hostRouter,
  vm: vmRouter,
  storage: storageRouter,
  task: taskRouter,
  event: eventRouter,
  user: userRouter,
  inventory: inventoryRouter,
  change: changeRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures without HTTP (tests). */
export const createCaller = createCallerFactory(appRouter);
