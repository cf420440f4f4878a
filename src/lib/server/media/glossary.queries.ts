import type { Database } from '../database/database.ts';
import type { GlossaryTermTable } from '../database/player-tables.ts';

export type TermRow = GlossaryTermTable;

export const termRows = (db: Database, courseId: string): Promise<TermRow[]> =>
	db
		.selectFrom('glossary_term')
		.where('course_id', '=', courseId)
		.selectAll()
		.orderBy('position')
		.execute();

export async function replaceTerms(
	db: Database,
	courseId: string,
	rows: readonly TermRow[]
): Promise<void> {
	await db.deleteFrom('glossary_term').where('course_id', '=', courseId).execute();
	if (rows.length > 0)
		await db
			.insertInto('glossary_term')
			.values([...rows])
			.execute();
}

export async function addTerm(db: Database, row: TermRow): Promise<void> {
	await db.insertInto('glossary_term').values(row).execute();
}

/** @returns whether the course has that word */
export async function changeTerm(
	db: Database,
	courseId: string,
	id: string,
	row: Pick<TermRow, 'term' | 'variants' | 'explanation'>
): Promise<boolean> {
	const result = await db
		.updateTable('glossary_term')
		.set(row)
		.where('course_id', '=', courseId)
		.where('id', '=', id)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

/** Puts the words into this order, from 0. */
export async function placeTerms(db: Database, ids: readonly string[]): Promise<void> {
	for (const [position, id] of ids.entries())
		await db.updateTable('glossary_term').set({ position }).where('id', '=', id).execute();
}

/** Puts a word aside as it is. */
export async function putAside(db: Database, row: TermRow, at: string): Promise<void> {
	await db.deleteFrom('glossary_term').where('id', '=', row.id).execute();
	await db
		.insertInto('glossary_term_removed')
		.values({
			id: row.id,
			course_id: row.course_id,
			clip_id: row.clip_id,
			clip_bytes: row.clip_bytes,
			term_row: JSON.stringify(row),
			removed_at: at
		})
		.execute();
}

/** Takes it out of what was put aside. */
export async function takeBack(
	db: Database,
	courseId: string,
	id: string
): Promise<TermRow | undefined> {
	const row = await db
		.deleteFrom('glossary_term_removed')
		.where('course_id', '=', courseId)
		.where('id', '=', id)
		.returning('term_row')
		.executeTakeFirst();
	return row && (JSON.parse(row.term_row) as TermRow);
}

export const removedBefore = (db: Database, at: string, limit: number) =>
	db
		.selectFrom('glossary_term_removed')
		.where('removed_at', '<', at)
		.select(['id', 'clip_id as clipId'])
		.limit(limit)
		.execute();

export async function forgetRemoved(db: Database, id: string): Promise<void> {
	await db.deleteFrom('glossary_term_removed').where('id', '=', id).execute();
}

/** Whether any word, also one put aside, has this clip. */
export async function hasClip(db: Database, clipId: string): Promise<boolean> {
	const [there, aside] = await Promise.all([
		clipState(db, clipId),
		db
			.selectFrom('glossary_term_removed')
			.where('clip_id', '=', clipId)
			.select('id')
			.executeTakeFirst()
	]);
	return there !== undefined || aside !== undefined;
}

/** @returns whether the term is there */
export async function setClip(
	db: Database,
	termId: string,
	clipId: string,
	bytes: number | null
): Promise<boolean> {
	const result = await db
		.updateTable('glossary_term')
		.set({
			clip_id: clipId,
			clip_bytes: bytes,
			clip_state: 'waiting',
			clip_failure_code: null,
			clip_digest: null,
			clip_width: null,
			clip_height: null
		})
		.where('id', '=', termId)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

export const clipState = (db: Database, clipId: string) =>
	db
		.selectFrom('glossary_term')
		.where('clip_id', '=', clipId)
		.select('clip_state as state')
		.executeTakeFirst();

export async function setClipReady(
	db: Database,
	clipId: string,
	made: { digest: string; width: number; height: number }
): Promise<void> {
	await db
		.updateTable('glossary_term')
		.set({
			clip_state: 'ready',
			clip_digest: made.digest,
			clip_width: made.width,
			clip_height: made.height
		})
		.where('clip_id', '=', clipId)
		.execute();
}

export async function setClipFailed(db: Database, clipId: string, code: string): Promise<void> {
	await db
		.updateTable('glossary_term')
		.set({ clip_state: 'failed', clip_failure_code: code })
		.where('clip_id', '=', clipId)
		.execute();
}
