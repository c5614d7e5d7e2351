// Writes prisma/migrations/<stamp>_<name>/migration.sql from the difference between the migrations and the schema:
//   node --import tsx packages/store/src/new-migration.ts <name>
import { writeMigration } from './migrations.ts';
import { startTestDatabase } from './testing.ts';

const name = process.argv[2];
if (!name) throw new Error('what is the migration to be called?');
const database = await startTestDatabase();
const folder = await writeMigration(database.url, name, new Date());
await database.stop();
console.warn(folder ?? 'the migrations already give what the schema says');
