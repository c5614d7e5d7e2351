import type { Permission } from '@vireo/contracts';
import {
  Boxes,
  CalendarClock,
  HardDrive,
  House,
  ListChecks,
  type LucideIcon,
  Monitor,
  Server,
  Users,
} from 'lucide-react';

export interface Place {
  id: 'home' | 'vms' | 'hosts' | 'storage' | 'tasks' | 'events' | 'users';
  href: string;
  icon: LucideIcon;
  permission: Permission;
}

/** The pages of the frame, in the order of the navigation. */
export const PLACES: readonly Place[] = [
  { id: 'home', href: '/', icon: House, permission: 'inventory.read' },
  { id: 'vms', href: '/vms', icon: Monitor, permission: 'inventory.read' },
  { id: 'hosts', href: '/hosts', icon: Server, permission: 'inventory.read' },
  { id: 'storage', href: '/storage', icon: HardDrive, permission: 'inventory.read' },
  { id: 'tasks', href: '/tasks', icon: ListChecks, permission: 'inventory.read' },
  { id: 'events', href: '/events', icon: CalendarClock, permission: 'event.read' },
  { id: 'users', href: '/users', icon: Users, permission: 'user.manage' },
];

export const POOL_ICON = Boxes;

/** Operations on an address that no host of the inventory has (yet). */
const BEFORE_ADDING = ['host.probe', 'host.preflight', 'host.sealCredential'];

/** Where an object's page is. null: it has none. */
export function pageOf(
  kind: string | null,
  id: string | null,
  operation: string | null = null,
): string | null {
  if (!id || (operation !== null && BEFORE_ADDING.includes(operation))) return null;
  if (kind === 'vm') return `/vms/${id}`;
  if (kind === 'host') return `/hosts/${id}`;
  if (kind === 'task') return `/tasks/${id}`;
  if (kind === 'image' || kind === 'datastore') return '/storage';
  return kind === 'user' ? '/users' : null;
}

/** The filter that leaves one host's VMs (or tasks, or events about it). */
export const onHostFilter = (hostId: string) => `hostId:${hostId}`;

/** The filter that leaves the tasks or events about one object. */
export const aboutObjectFilter = (objectId: string) => `objectId:${objectId}`;
