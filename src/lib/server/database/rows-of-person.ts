/** Rows of any table that are about a person: the only questions that are put together from names. */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

export type Row = Record<string, unknown>;
/** The column `by` names her; with `of` it names a row of that table, whose `person_id` she is. */
export type RowsOf = { table: keyof Tables; by: string; of?: keyof Tables };

const isHers = ({ by, of }: RowsOf, personId: string) =>
	of
		? sql`${sql.ref(by)} in (select id from ${sql.table(of)} where person_id = ${personId})`
		: sql`${sql.ref(by)} = ${personId}`;

export async function countOf(db: Database, rows: RowsOf, personId: string): Promise<number> {
	const found = await sql<{ count: number | string }>`
		select count(*) as count from ${sql.table(rows.table)} where ${isHers(rows, personId)}
	`.execute(db);
	return Number(found.rows[0]?.count ?? 0);
}

/** Whole rows, with columns as the database names them. */
export async function rowsOf(db: Database, rows: RowsOf, personId: string): Promise<Row[]> {
	const found = await sql<Row>`
		select * from ${sql.table(rows.table)} where ${isHers(rows, personId)}
	`.execute(db);
	return found.rows;
}

export async function removeRowsOf(db: Database, rows: RowsOf, personId: string): Promise<void> {
	await sql`delete from ${sql.table(rows.table)} where ${isHers(rows, personId)}`.execute(db);
}
