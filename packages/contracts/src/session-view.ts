import { z } from 'zod';
import { UserId } from './ids.ts';
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

export const SessionView = z.object({
  user: UserView,
  permissions: z.array(Permission),
  locale: z.enum(['en', 'zh-CN']),
  theme: z.enum(['light', 'dark', 'system']),
  expiresAt: IsoTime,
});
export type SessionView = z.infer<typeof SessionView>;
