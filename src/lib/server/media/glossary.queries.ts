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

/** @returns whether the term is there */
export async function setClip(db: Database, termId: string, clipId: string): Promise<boolean> {
	const result = await db
		.updateTable('glossary_term')
		.set({
			clip_id: clipId,
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
