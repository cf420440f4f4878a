/**
 * Queries of the hot path, built and prepared once. Kysely compiles a query and takes the
 * connection's lock anew at every call; measured at 0.11–0.38 × a bare prepared statement.
 */
import type SQLite from 'better-sqlite3';
import type { Compilable, CompiledQuery, Kysely, QueryResult, SqliteDatabase } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

const MAX_STATEMENTS = 500;
const NOTHING = 'select 1';
const connections = new WeakMap<object, SQLite.Database>();

/** Kysely's driver prepares every query again; this keeps the statements it has seen. */
export function cacheStatements(connection: SQLite.Database): SqliteDatabase {
	const statements = new Map<string, SQLite.Statement>();
	// On a full disk SQLite rolls back by itself; to ask for it again would be the error that is told.
	const rollsBack = (asked: string): boolean => asked === 'rollback' && !connection.inTransaction;
	return {
		close: () => connection.close(),
		prepare(asked: string) {
			// A deferred transaction that reads, then writes, fails at once when another process wrote
			// in between; busy_timeout helps only who asks for the lock first
			// (https://www.sqlite.org/lang_transaction.html).
			const text = asked === 'begin' ? 'begin immediate' : rollsBack(asked) ? NOTHING : asked;
			let statement = statements.get(text);
			if (!statement) {
				statement = connection.prepare(text);
				// Schema changes and `in (…)` lists of many lengths would fill it for ever.
				if (statements.size >= MAX_STATEMENTS) statements.clear();
				statements.set(text, statement);
			}
			return statement as ReturnType<SqliteDatabase['prepare']>;
		}
	};
}

export const rememberDirectConnection = (db: Kysely<Tables>, connection: SQLite.Database): void => {
	connections.set(db, connection);
};

type Values = Record<string, string | number | null>;
type Slot<Name extends string> = { name: Name } | { fixed: unknown };
type Built = Compilable & { compile(): CompiledQuery };

/**
 * Prepares a query for many calls.
 * @param names the values it takes
 * @param build writes the query once, with a marker in place of each value
 * @returns a function answering the rows; on SQLite outside a transaction it runs the statement
 *   itself, at once. While a transaction holds the one connection it must wait its turn (else it
 *   would slip into that transaction), so it then goes through Kysely.
 */
export function prepared<Row, const Name extends string>(
	names: readonly Name[],
	build: (db: Database, value: (name: Name) => never) => Built
): (db: Database, values: Record<Name, Values[string]>) => Promise<Row[]> {
	type Compiled = { query: CompiledQuery; slots: Slot<Name>[] };
	// By the database's adapter: two dialects in one process write the same query differently.
	const compiledFor = new WeakMap<object, Compiled>();
	const statements = new WeakMap<SQLite.Database, SQLite.Statement>();

	const compile = (db: Database): Compiled => {
		const { adapter } = db.getExecutor();
		const known = compiledFor.get(adapter);
		if (known) return known;
		const query = build(db, (name) => `\u0000${name}` as never).compile();
		const slots = query.parameters.map((parameter): Slot<Name> => {
			const name = names.find((candidate) => parameter === `\u0000${candidate}`);
			return name === undefined ? { fixed: parameter } : { name };
		});
		const compiled = { query, slots };
		compiledFor.set(adapter, compiled);
		return compiled;
	};

	return async (db, values) => {
		const { query, slots } = compile(db);
		const parameters = slots.map((slot) => ('name' in slot ? values[slot.name] : slot.fixed));
		const connection = connections.get(db);
		if (!connection || connection.inTransaction) {
			const result: QueryResult<unknown> = await db.executeQuery({ ...query, parameters });
			return result.rows as Row[];
		}
		let statement = statements.get(connection);
		if (!statement) statements.set(connection, (statement = connection.prepare(query.sql)));
		if (statement.reader) return statement.all(parameters) as Row[];
		statement.run(parameters);
		return []; // as Kysely answers a query without `returning`
	};
}
