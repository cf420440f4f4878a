import type { Database } from '../database/database.ts';

/** Who marked last, and how often anybody has; undefined when nobody has. */
export const marksRow = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_marks')
		.leftJoin('person', 'person.id', 'lesson_marks.saved_by')
		.where('lesson_id', '=', lessonId)
		.select(['revision', 'saved_at as savedAt', 'person.display_name as savedBy'])
		.executeTakeFirst();

/** Counts on. @returns the revision there is now */
export async function nextRevision(
	db: Database,
	saved: { lessonId: string; savedBy: string | null; savedAt: string }
): Promise<number> {
	const values = { saved_by: saved.savedBy, saved_at: saved.savedAt };
	const { revision } = await db
		.insertInto('lesson_marks')
		.values({ lesson_id: saved.lessonId, revision: 1, ...values })
		.onConflict((conflict) =>
			conflict
				.column('lesson_id')
				.doUpdateSet((eb) => ({ ...values, revision: eb('lesson_marks.revision', '+', 1) }))
		)
		.returning('revision')
		.executeTakeFirstOrThrow();
	return revision;
}
