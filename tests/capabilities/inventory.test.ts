import { expect, test } from 'vitest';
import { openSqlite } from '#lib/server/database/database.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { INVENTORY } from '#lib/server/exchange/inventory.ts';

test('of every table and column somebody has decided whether an archive keeps it', async () => {
	const db = openSqlite(':memory:');
	await migrateToLatest(db, 'migrations');
	const tables = await db.introspection.getTables();
	await db.destroy();
	const decided = new Map<string, object>(Object.entries(INVENTORY));
	const open = tables.flatMap(({ name, columns }) => {
		const fate = decided.get(name);
		if (!fate) return [name];
		if ('staysBecause' in fate) return [];
		return columns
			.filter((column) => !(column.name in fate))
			.map((column) => `${name}.${column.name}`);
	});
	// Decide in exchange/inventory.ts; what is kept belongs into content.ts, rows.ts, the schema of
	// domain/course-archive.ts and docs/course-archive.md.
	expect(open).toEqual([]);
	const gone = [...decided.keys()].filter((name) => !tables.some((table) => table.name === name));
	expect(gone).toEqual([]);
});
