import type { Database } from '../database/database.ts';

/** Courses in the catalogue (or, with `all`, those that could be), each with a published lesson. */
export async function courses(db: Database, all = false) {
	const rows = await db
		.selectFrom('course')
		.where('archived_at', 'is', null)
		.$if(!all, (query) => query.where('listed_at', 'is not', null))
		.where(({ exists, selectFrom }) =>
			exists(
				selectFrom('lesson_publication')
					.innerJoin('lesson', 'lesson.id', 'lesson_publication.lesson_id')
					.whereRef('lesson.course_id', '=', 'course.id')
					.where('lesson_publication.withdrawn_at', 'is', null)
					.select('lesson_publication.id')
			)
		)
		.select(['id', 'title', 'summary', 'skill_field as skillField', 'cover_key as coverKey'])
		.select('listed_at as listedAt')
		.orderBy('title')
		.execute();
	return rows;
}

export async function setListed(
	db: Database,
	courseId: string,
	listed_at: string | null
): Promise<void> {
	await db.updateTable('course').set({ listed_at }).where('id', '=', courseId).execute();
}
