import type { Database } from '../database/database.ts';

/** What is kept, and who saved it last; undefined when nobody ever has. */
export const practiceRow = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_practice')
		.innerJoin('person', 'person.id', 'lesson_practice.saved_by')
		.where('lesson_id', '=', lessonId)
		.select(['revision', 'task', 'saved_at as savedAt', 'person.display_name as savedBy'])
		.executeTakeFirst();

type Saved = { lessonId: string; task: string | null; savedBy: string; savedAt: string };

/**
 * Keeps it and counts on, in one statement: of two who began with the same revision one is first.
 * @param baseRevision the revision that must be there; undefined where any may be
 * @returns the new revision; undefined when another one was there, and nothing was kept
 */
export async function save(
	db: Database,
	{ lessonId, task, savedBy, savedAt }: Saved,
	baseRevision?: number
): Promise<number | undefined> {
	const values = { task, saved_by: savedBy, saved_at: savedAt };
	const row = await db
		.insertInto('lesson_practice')
		.values({ lesson_id: lessonId, revision: 1, ...values })
		.onConflict((conflict) => {
			const updated = conflict
				.column('lesson_id')
				.doUpdateSet((eb) => ({ ...values, revision: eb('lesson_practice.revision', '+', 1) }));
			return baseRevision === undefined
				? updated
				: updated.where('lesson_practice.revision', '=', baseRevision);
		})
		.returning('revision')
		.executeTakeFirst();
	return row?.revision;
}
