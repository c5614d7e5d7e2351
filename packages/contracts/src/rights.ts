import type { Permission, Role } from './permissions.ts';

export const PERMISSIONS = [
  'inventory.read',
  'vm.create',
  'vm.power',
  'vm.configure',
  'vm.delete',
  'vm.console',
  'host.manage',
  'task.cancel',
  'event.read',
  'user.manage',
] as const;
export const ROLES = ['administrator', 'operator', 'readOnly'] as const;
/** Who may do what: the whole policy. `packages/api/test/rights.txt` shows what comes of it, call by call. */
export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  administrator: PERMISSIONS,
  operator: [
    'inventory.read',
    'vm.create',
    'vm.power',
    'vm.configure',
    'vm.delete',
    'vm.console',
    'task.cancel',
    'event.read',
  ],
  readOnly: ['inventory.read', 'event.read'],
};

export function roleHas(role: Role, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].includes(permission);
}
