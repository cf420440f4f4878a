import type { Database } from '../database/database.ts';
import { isOfVersionInUse } from './versions-in-use.queries.ts';

/** The current videos of all courses this person teaches, newest first. */
export async function videosOf(db: Database, personId: string, limit: number) {
	const rows = await db
		.selectFrom('track')
		.innerJoin('lesson', 'lesson.id', 'track.lesson_id')
		.innerJoin('course', 'course.id', 'lesson.course_id')
		.innerJoin('course_instructor', 'course_instructor.course_id', 'course.id')
		.where('course_instructor.person_id', '=', personId)
		.where('track.replaced_at', 'is', null)
		.select(['track.id', 'track.kind', 'track.state', 'track.file_name as fileName'])
		.select(['track.progress_permille as progressPermille', 'track.failure_code as failureCode'])
		.select(['track.size_bytes as sizeBytes', 'track.prepared_bytes as preparedBytes'])
		.select(['lesson.id as lessonId', 'lesson.title as lessonTitle'])
		.select(['lesson.teaching_mode as teachingMode', 'course.title as courseTitle'])
		.orderBy('track.created_at', 'desc')
		.limit(limit)
		.execute();
	return rows.map((row) => ({
		...row,
		sizeBytes: Number(row.sizeBytes),
		preparedBytes: Number(row.preparedBytes ?? 0)
	}));
}

/**
 * Earlier demonstrations of these courses that are still on the disk, newest first. Not sign tracks:
 * where one belongs in the lesson is kept for the one that is there only.
 */
export async function replacedOf(db: Database, personId: string, limit: number) {
	const rows = await db
		.selectFrom('track')
		.innerJoin('lesson', 'lesson.id', 'track.lesson_id')
		.innerJoin('course_instructor', 'course_instructor.course_id', 'lesson.course_id')
		.where('course_instructor.person_id', '=', personId)
		.where('track.replaced_at', 'is not', null)
		.where('track.kind', '=', 'demonstration')
		.where('track.state', '=', 'ready')
		.select(['track.id', 'track.kind', 'track.file_name as fileName'])
		.select(['track.replaced_at as replacedAt', 'lesson.id as lessonId'])
		.select(['lesson.title as lessonTitle', 'lesson.teaching_mode as teachingMode'])
		.select((eb) => eb.case().when(isOfVersionInUse(eb)).then(1).else(0).end().as('isKept'))
		.orderBy('track.replaced_at', 'desc')
		.limit(limit)
		.execute();
	return rows.map((row) => ({ ...row, isKept: row.isKept === 1 }));
}

/** @returns whose video it is, if there was such a one, and it had failed */
export const beginAnew = (db: Database, lessonId: string, id: string) =>
	db
		.updateTable('track')
		.set({ state: 'waiting', progress_permille: 0, failure_code: null })
		.where('id', '=', id)
		.where('lesson_id', '=', lessonId)
		.where('state', '=', 'failed')
		.where('replaced_at', 'is', null)
		.returning('created_by as ownerId')
		.executeTakeFirst();

/** @returns whether it was there and not ready yet */
export async function takeAway(
	db: Database,
	lessonId: string,
	id: string,
	at: string
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('track')
		.set({ replaced_at: at })
		.where('id', '=', id)
		.where('lesson_id', '=', lessonId)
		.where('state', '!=', 'ready')
		.where('replaced_at', 'is', null)
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}

/** One of the lesson's videos that can be watched. */
export async function readyTrack(db: Database, lessonId: string, id: string) {
	const row = await db
		.selectFrom('track')
		.innerJoin('upload', 'upload.id', 'track.upload_id')
		.where('track.id', '=', id)
		.where('track.lesson_id', '=', lessonId)
		.where('track.state', '=', 'ready')
		.where('track.replaced_at', 'is', null)
		.select(['track.kind', 'track.file_name as fileName', 'track.size_bytes as sizeBytes'])
		.select('upload.created_at as sentAt')
		.executeTakeFirst();
	return row && { ...row, sizeBytes: Number(row.sizeBytes) };
}

export const replacedDemonstration = (db: Database, lessonId: string, id: string) =>
	db
		.selectFrom('track')
		.where('id', '=', id)
		.where('kind', '=', 'demonstration')
		.where('lesson_id', '=', lessonId)
		.where('replaced_at', 'is not', null)
		.where('state', '=', 'ready')
		.select('id')
		.executeTakeFirst();

export async function putBack(db: Database, id: string): Promise<void> {
	await db.updateTable('track').set({ replaced_at: null }).where('id', '=', id).execute();
}
