import { type Kysely, sql, SqliteAdapter } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { migratorFor } from '#lib/server/database/migrate.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { onBothDatabases } from '../support/databases.ts';

/** Everything that makes up the schema, as the database itself describes it. */
async function schemaOf(db: Kysely<Tables>): Promise<string[]> {
	const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
	const query = isSqlite
		? sql<{ line: string }>`
			select coalesce(sql, type || ' ' || name) as line from sqlite_schema
			where name not like 'kysely_%' and tbl_name not like 'kysely_%'`
		: sql<{ line: string }>`
			select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
				|| coalesce(column_default, '') as line
			from information_schema.columns
			where table_schema = 'public' and table_name not like 'kysely_%'
			union all
			select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
			from pg_constraint
			where connamespace = 'public'::regnamespace and conrelid::regclass::text not like 'kysely_%'
			union all
			select indexdef from pg_indexes
			where schemaname = 'public' and tablename not like 'kysely_%'`;
	const { rows } = await query.execute(db);
	return rows.map(({ line }) => line).sort();
}

onBothDatabases('migrations', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});

	test('each takes back all that it did, and does it again the same way', async () => {
		const migrator = migratorFor(db, 'migrations');
		const steps = (await migrator.getMigrations()).map(({ name }) => name);
		expect(steps.length).toBeGreaterThan(0);
		const full = await schemaOf(db);
		expect(full.length).toBeGreaterThan(0);

		const onTheWayDown = [full];
		for (const name of steps.toReversed()) {
			const { error, results } = await migrator.migrateDown();
			expect(error).toBeUndefined();
			expect(results?.map((result) => result.migrationName)).toEqual([name]);
			onTheWayDown.push(await schemaOf(db));
		}
		expect(onTheWayDown.at(-1)).toEqual([]);

		const onTheWayUp = [await schemaOf(db)];
		for (const name of steps) {
			const { error, results } = await migrator.migrateUp();
			expect(error).toBeUndefined();
			expect(results?.map((result) => result.migrationName)).toEqual([name]);
			onTheWayUp.push(await schemaOf(db));
		}
		expect(onTheWayUp).toEqual(onTheWayDown.toReversed());
	});

	test('an up-to-date database is left alone', async () => {
		const { error, results } = await migratorFor(db, 'migrations').migrateToLatest();
		expect(error).toBeUndefined();
		expect(results).toEqual([]);
	});
});
