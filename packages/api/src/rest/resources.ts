import {
  DatastoreView,
  EventView,
  HostId,
  HostView,
  ImageView,
  type ListInput,
  type Page,
  TaskId,
  TaskRow,
  TaskView,
  VmId,
  VmRow,
  VmView,
} from '@vireo/contracts';
import type { z } from 'zod';
import { found } from '../procedures/found.ts';
import type { createCaller } from '../router.ts';
import { pageRows } from './page-rows.ts';

export type Caller = ReturnType<typeof createCaller>;

/** A noun that can be read over REST: the same procedures as the portal's, so the same rights. */
export interface Resource {
  /** Plural, as in the path. */
  path: string;
  row: z.ZodType;
  rowName: string;
  defaultSort: string;
  list(call: Caller, input: ListInput): Promise<Page<unknown>>;
  one?: { view: z.ZodType; viewName: string; id: z.ZodType; get(call: Caller, id: string): Promise<unknown> };
}

export const RESOURCES: readonly Resource[] = [
  {
    path: 'hosts',
    row: HostView,
    rowName: 'Host',
    defaultSort: 'name',
    list: (call, input) => call.host.list(input),
    one: { view: HostView, viewName: 'Host', id: HostId, get: (call, id) => call.host.get({ id }) },
  },
  {
    path: 'vms',
    row: VmRow,
    rowName: 'VmRow',
    defaultSort: 'name',
    list: (call, input) => call.vm.list(input),
    one: { view: VmView, viewName: 'Vm', id: VmId, get: (call, id) => call.vm.get({ id }) },
  },
  {
    path: 'tasks',
    row: TaskRow,
    rowName: 'TaskRow',
    defaultSort: '-createdAt',
    list: (call, input) => call.task.list(input),
    one: { view: TaskView, viewName: 'Task', id: TaskId, get: (call, id) => call.task.get({ id }) },
  },
  {
    path: 'events',
    row: EventView,
    rowName: 'Event',
    defaultSort: '-at',
    list: (call, input) => call.event.list(input),
  },
  {
    path: 'images',
    row: ImageView,
    rowName: 'Image',
    defaultSort: 'name',
    list: async (call, input) => pageRows(await call.storage.images(), input),
    one: {
      view: ImageView,
      viewName: 'Image',
      id: ImageView.shape.id,
      get: async (call, id) => found((await call.storage.images()).find((image) => image.id === id) ?? null),
    },
  },
  {
    path: 'datastores',
    row: DatastoreView,
    rowName: 'Datastore',
    defaultSort: 'name',
    list: async (call, input) => pageRows(await call.storage.datastores(), input),
    one: {
      view: DatastoreView,
      viewName: 'Datastore',
      id: DatastoreView.shape.id,
      get: async (call, id) =>
        found((await call.storage.datastores()).find((store) => store.id === id) ?? null),
    },
  },
];
