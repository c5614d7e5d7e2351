import { z } from 'zod';
import { PERMISSIONS, ROLES } from './rights.ts';

export const Permission = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof Permission>;

export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
