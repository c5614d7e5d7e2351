import { z } from 'zod';
import { UserId } from './ids.ts';
import { LOCALES } from './locales.ts';
import { Permission, Role } from './permissions.ts';
import { IsoTime } from './time.ts';

export const UserView = z.object({
  id: UserId,
  name: z.string(),
  role: Role,
  isDisabled: z.boolean(),
  mustChangePassword: z.boolean(),
  createdAt: IsoTime,
  lastSignInAt: IsoTime.nullable(),
});
export type UserView = z.infer<typeof UserView>;

/** `system`: as the browser's own. */
export const Theme = z.enum(['light', 'dark', 'system']);
export type Theme = z.infer<typeof Theme>;

export const SessionView = z.object({
  user: UserView,
  permissions: z.array(Permission),
  locale: z.enum(LOCALES),
  theme: Theme,
  expiresAt: IsoTime,
});
export type SessionView = z.infer<typeof SessionView>;
