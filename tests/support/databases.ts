/**
 * One suite on both databases: SQLite as it runs today, PostgreSQL (PGlite, in this process) as it
 * may run later. What passes only on one of them is a dialect that leaked out of its room.
 */
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { afterAll, describe } from 'vitest';
import { openSqlite } from '#lib/server/database/database.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import type { Tables } from '#lib/server/database/tables.ts';

/** A new, empty, migrated database; closed when the suite ends. */
export type OpenDatabase = () => Promise<Kysely<Tables>>;

const makers: Record<string, () => Kysely<Tables>> = {
	SQLite: () => openSqlite(':memory:'),
	PostgreSQL: () => new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite() }) })
};

/**
 * @param suite gets `open`; starting PostgreSQL takes a second or two, so call it once a suite
 *   (`beforeAll`) and let each test make its own people
 */
export function onBothDatabases(name: string, suite: (open: OpenDatabase) => void): void {
	describe.each(Object.keys(makers))(`${name} on %s`, (kind) => {
		const opened: Kysely<Tables>[] = [];
		afterAll(async () => {
			for (const db of opened) await db.destroy();
		});
		suite(async () => {
			const db = makers[kind]?.();
			if (!db) throw new Error(`no such database: ${kind}`);
			opened.push(db);
			await migrateToLatest(db, 'migrations');
			return db;
		});
	});
}
