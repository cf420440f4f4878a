import { type Kysely, sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import ts from 'typescript';
import { openSqlite } from '#lib/server/database/database.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { onBothDatabases } from '../support/databases.ts';

const FILE = 'src/lib/server/database/tables.ts';
type Column = { name: string; type: 'text' | 'number'; isNullable: boolean };

/** `Tables` as the compiler understands it: every alias resolved. */
function tablesAsTyped(): Record<string, Column[]> {
	const program = ts.createProgram([FILE], {
		strict: true,
		noEmit: true,
		target: ts.ScriptTarget.ESNext,
		module: ts.ModuleKind.NodeNext,
		moduleResolution: ts.ModuleResolutionKind.NodeNext,
		allowImportingTsExtensions: true,
		skipLibCheck: true
	});
	const checker = program.getTypeChecker();
	const source = program.getSourceFile(FILE);
	const module = source && checker.getSymbolAtLocation(source);
	const tables = module && checker.getExportsOfModule(module).find(({ name }) => name === 'Tables');
	if (!source || !tables) throw new Error(`no Tables in ${FILE}`);
	const columnOf = (symbol: ts.Symbol): Column => {
		const type = checker.getTypeOfSymbolAtLocation(symbol, source);
		const parts = type.isUnion() ? type.types : [type];
		const kinds = parts.filter((part) => !(part.flags & ts.TypeFlags.Null));
		const are = (flag: ts.TypeFlags) =>
			kinds.length > 0 && kinds.every((part) => part.flags & flag);
		const isText = are(ts.TypeFlags.StringLike);
		if (!isText && !are(ts.TypeFlags.NumberLike))
			throw new Error(`${symbol.name} is neither text nor number: ${checker.typeToString(type)}`);
		return {
			name: symbol.name,
			type: isText ? 'text' : 'number',
			isNullable: kinds.length < parts.length
		};
	};
	return Object.fromEntries(
		checker
			.getDeclaredTypeOfSymbol(tables)
			.getProperties()
			.map((table) => [
				table.name,
				checker.getTypeOfSymbolAtLocation(table, source).getProperties().map(columnOf).sort(byName)
			])
	);
}

const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
const NUMBERS = ['integer', 'int4', 'int8'];

const typed = tablesAsTyped();

onBothDatabases('the tables as Kysely sees them', (open) => {
	let db: Kysely<Tables>;
	let found: Record<string, Column[]>;
	beforeAll(async () => {
		db = await open();
		const tables = await db.introspection.getTables();
		found = Object.fromEntries(
			tables.map(({ name, columns }) => [
				name,
				columns
					.map((column): Column => {
						const type = column.dataType.toLowerCase();
						if (type !== 'text' && !NUMBERS.includes(type))
							throw new Error(`${name}.${column.name} is ${type}`);
						return {
							name: column.name,
							type: type === 'text' ? 'text' : 'number',
							isNullable: column.isNullable
						};
					})
					.sort(byName)
			])
		);
	});

	test('are the tables there are', () => {
		expect(Object.keys(typed).length).toBeGreaterThan(15);
		expect(Object.keys(found).sort()).toEqual(Object.keys(typed).sort());
	});

	test.each(Object.keys(typed))(
		'%s has these columns, of these types, nullable or not',
		(table) => {
			expect(found[table]).toEqual(typed[table]);
		}
	);

	test('refuses a text where a number belongs', async () => {
		const wrong = db
			.insertInto('rate_limit')
			.values({ bucket: 'b', count: 'many' as unknown as number, resets_at: '2100' })
			.execute();
		await expect(wrong).rejects.toThrow();
	});
});

describe('SQLite', () => {
	test('holds every table STRICT, the migrator’s own too', async () => {
		const db = openSqlite(':memory:');
		await migrateToLatest(db, 'migrations');
		const { rows } = await sql<{ name: string; strict: number }>`pragma table_list`.execute(db);
		const ours = rows.filter(({ name }) => !name.startsWith('sqlite_'));
		expect(ours.length).toBeGreaterThanOrEqual(Object.keys(typed).length);
		expect(ours.filter(({ strict }) => strict !== 1)).toEqual([]);
		await db.destroy();
	});

	test('keeps what was acknowledged, checks foreign keys, and waits for a lock', async () => {
		const db = openSqlite(':memory:');
		const pragma = async (name: string) =>
			Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {})[0];
		const FULL = 2;
		expect(await pragma('synchronous')).toBe(FULL);
		expect(await pragma('foreign_keys')).toBe(1);
		expect(await pragma('busy_timeout')).toBe(5000);
		await db.destroy();
	});
});
