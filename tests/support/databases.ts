/**
 * One suite on both databases: SQLite as it runs today, PostgreSQL (PGlite, in this process) as it
 * may run later. What passes only on one of them is a dialect that leaked out of its room.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { afterAll, describe } from 'vitest';
import { openSqlite } from '#lib/server/database/database.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { madeOnce } from './made-once.ts';

/** A new, empty, migrated database; closed when the suite ends. */
export type OpenDatabase = () => Promise<Kysely<Tables>>;

type Opened = { db: Kysely<Tables>; close(): Promise<void> };

const onPostgres = (folder: string) =>
	new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite(folder) }) });

/** Setting up PostgreSQL's own tables takes it longer than most suites run: seven seconds of work. */
const migratedPostgres = () =>
	madeOnce('postgres', async (folder) => {
		const db = onPostgres(folder);
		await migrateToLatest(db, 'migrations');
		await db.destroy();
	});

const makers: Record<string, () => Promise<Opened>> = {
	SQLite: async () => {
		const db = openSqlite(':memory:');
		await migrateToLatest(db, 'migrations');
		return { db, close: () => db.destroy() };
	},
	PostgreSQL: async () => {
		const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
		await cp(await migratedPostgres(), folder, { recursive: true });
		const db = onPostgres(folder);
		const close = async () => {
			await db.destroy();
			await rm(folder, { recursive: true, force: true });
		};
		return { db, close };
	}
};

/**
 * @param suite gets `open`; starting PostgreSQL takes a second or two, so call it once a suite
 *   (`beforeAll`) and let each test make its own people
 */
export function onBothDatabases(name: string, suite: (open: OpenDatabase) => void): void {
	describe.each(Object.keys(makers))(`${name} on %s`, (kind) => {
		const opened: Opened[] = [];
		afterAll(async () => {
			for (const { close } of opened) await close();
		});
		suite(async () => {
			const made = await makers[kind]?.();
			if (!made) throw new Error(`no such database: ${kind}`);
			opened.push(made);
			return made.db;
		});
	});
}
