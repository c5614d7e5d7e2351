import { Role, UserId, type UserView, VireoError } from '@vireo/contracts';
import type { User } from '../generated/client.ts';
import { type Database, iso, isoOrNull, Prisma } from './database.ts';
import type { Store } from './types.ts';

/** What others may know of a user: all but the password's hash. */
export function userView(user: User): UserView {
  return {
    id: UserId.parse(user.id),
    name: user.name,
    role: Role.parse(user.role),
    isDisabled: user.isDisabled,
    mustChangePassword: user.mustChangePassword,
    createdAt: iso(user.createdAt),
    lastSignInAt: isoOrNull(user.lastSignInAt),
  };
}

const withHash = (user: User | null) => user && { ...userView(user), passwordHash: user.passwordHash };

/** Accounts. Sessions of a user end when the password, the role or "disabled" changes. */
export function userQueries(database: Database): Store['users'] {
  const { client } = database;
  return {
    byName: async (name) => withHash(await client.user.findUnique({ where: { name } })),
    byId: async (id) => withHash(await client.user.findUnique({ where: { id } })),
    list: async () => (await client.user.findMany({ orderBy: { name: 'asc' } })).map(userView),
    async create(input) {
      try {
        return await database.transact(async (sql, changes) => {
          const user = await sql.user.create({ data: input });
          changes.push({ kind: 'user', objectId: user.id, what: 'upserted' });
          return userView(user);
        });
      } catch (error) {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
          throw new VireoError('user.nameTaken', { name: input.name }, { cause: error });
        throw error;
      }
    },
    update: (id, patch, options = {}) =>
      database.transact(async (sql, changes) => {
        const data = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
        const found = await sql.user.findUnique({ where: { id } });
        if (!found) throw new VireoError('notFound', { kind: 'user' });
        const user = await sql.user.update({ where: { id }, data });
        const endsSessions =
          patch.passwordHash !== undefined || patch.role !== undefined || patch.isDisabled !== undefined;
        if (endsSessions)
          await sql.session.deleteMany({
            where: { userId: id, ...(options.keepSession ? { id: { not: options.keepSession } } : {}) },
          });
        changes.push({ kind: 'user', objectId: id, what: 'upserted' });
        return userView(user);
      }),
    count: () => client.user.count(),
  };
}
