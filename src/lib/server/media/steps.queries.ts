import type { Database } from '../database/database.ts';
import type { LessonStepTable } from '../database/player-tables.ts';

export type StepRow = LessonStepTable;

export const stepRows = (db: Database, lessonId: string): Promise<StepRow[]> =>
	db
		.selectFrom('lesson_step')
		.where('lesson_id', '=', lessonId)
		.selectAll()
		.orderBy('position')
		.execute();

export async function replaceSteps(
	db: Database,
	lessonId: string,
	rows: readonly StepRow[]
): Promise<void> {
	await db.deleteFrom('lesson_step').where('lesson_id', '=', lessonId).execute();
	if (rows.length > 0)
		await db
			.insertInto('lesson_step')
			.values([...rows])
			.execute();
}

/** Nothing changes when the step is gone or shows another moment by now. */
export async function setPicture(
	db: Database,
	step: { id: string; pictureAtMs: number; trackId: string }
): Promise<void> {
	await db
		.updateTable('lesson_step')
		.set({ picture_track_id: step.trackId })
		.where('id', '=', step.id)
		.where('picture_at_ms', '=', step.pictureAtMs)
		.execute();
}
