import type { QueryKey } from '@tanstack/react-query';
import type { Change } from '@vireo/contracts';

const path = (...parts: [string, string]): QueryKey => [parts];
const object = (noun: string, id: string): QueryKey => [[noun, 'get'], { input: { id }, type: 'query' }];

const LISTS: Record<Change['kind'], readonly QueryKey[]> = {
  vm: [path('vm', 'list'), path('vm', 'counts'), path('inventory', 'overview')],
  // A VM's state is unknown while its host is away: what is shown of VMs depends on hosts.
  host: [
    path('host', 'list'),
    path('inventory', 'overview'),
    path('inventory', 'tree'),
    path('vm', 'list'),
    path('vm', 'counts'),
    path('vm', 'get'),
  ],
  task: [path('task', 'list'), path('inventory', 'overview')],
  event: [path('event', 'list')],
  datastore: [path('storage', 'datastores'), path('inventory', 'overview')],
  image: [path('storage', 'images')],
  user: [path('user', 'list')],
  tree: [path('inventory', 'tree')],
};

/** Which reads a change makes old: the object's own, and the lists in which it may appear. */
export function keysTouchedBy(change: Change): QueryKey[] {
  const own = ['vm', 'host', 'task'].includes(change.kind) ? [object(change.kind, change.objectId)] : [];
  return [...own, ...LISTS[change.kind]];
}
