/** Brings the database up to date, for those who want it done before the server starts. */
import { openSqlite } from '#lib/server/database/database.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { settingsFrom } from '#lib/server/settings.ts';

const settings = settingsFrom(process.env);
const db = openSqlite(settings.databaseFile);
const applied = await migrateToLatest(db, settings.migrationsFolder);
console.log(applied.length > 0 ? `applied: ${applied.join(', ')}` : 'the database is up to date');
await db.destroy();
