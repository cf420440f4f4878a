/**
 * The one room that names a database dialect. Everything else holds a `Kysely<Tables>`.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely, sql, SqliteDialect, type Transaction } from 'kysely';
import { cacheStatements, rememberDirectConnection } from './prepared.ts';
import type { Tables } from './tables.ts';

/** A database or a transaction on it: what every capability takes as its first argument. */
export type Database = Kysely<Tables> | Transaction<Tables>;

/**
 * Opens the SQLite file (made with its folder when absent).
 * `synchronous=FULL` in WAL mode: what was acknowledged survives a power cut
 * (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
export function openSqlite(file: string): Kysely<Tables> {
	if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
	const connection = new SQLite(file);
	connection.pragma('journal_mode = WAL');
	connection.pragma('synchronous = FULL');
	connection.pragma('foreign_keys = ON');
	connection.pragma('busy_timeout = 5000');
	const db = new Kysely<Tables>({
		dialect: new SqliteDialect({ database: cacheStatements(connection) })
	});
	rememberDirectConnection(db, connection);
	return db;
}

/** True for the error both SQLite and PostgreSQL give when a UNIQUE constraint refuses a row. */
export function isUniqueViolation(error: unknown): boolean {
	if (!(error instanceof Error) || !('code' in error)) return false;
	return (
		error.code === '23505' ||
		error.code === 'SQLITE_CONSTRAINT_UNIQUE' ||
		error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
	);
}

/** @throws whatever keeps the database from answering */
export async function ping(db: Database): Promise<void> {
	await sql`select 1`.execute(db);
}
