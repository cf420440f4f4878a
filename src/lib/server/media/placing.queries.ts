import type { Database } from '../database/database.ts';

/** Who placed the sign track by hand last; undefined when nobody has. */
export const placingRow = (db: Database, lessonId: string) =>
	db
		.selectFrom('sign_placing')
		.leftJoin('person', 'person.id', 'sign_placing.saved_by')
		.where('lesson_id', '=', lessonId)
		.select(['placement', 'sign_track_id as signTrackId'])
		.select(['saved_at as savedAt', 'person.display_name as savedBy'])
		.executeTakeFirst();

export async function putPlacing(
	db: Database,
	row: { lessonId: string; placement: string; signTrackId: string; by: string; at: string }
): Promise<void> {
	const values = {
		...{ placement: row.placement, sign_track_id: row.signTrackId },
		...{ saved_by: row.by, saved_at: row.at }
	};
	await db
		.insertInto('sign_placing')
		.values({ lesson_id: row.lessonId, ...values })
		.onConflict((conflict) => conflict.column('lesson_id').doUpdateSet(values))
		.execute();
}
