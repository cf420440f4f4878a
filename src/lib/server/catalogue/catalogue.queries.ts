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
		.select(['listed_at as listedAt', 'occupation', 'skill_level as skillLevel'])
		.orderBy('title')
		.execute();
	return rows;
}

/** The newest version that may be seen of each published lesson of these courses, in their order. */
export async function newestVersions(db: Database, courseIds: readonly string[]) {
	if (courseIds.length === 0) return [];
	const rows = await db
		.selectFrom('lesson_version')
		.innerJoin('lesson', 'lesson.id', 'lesson_version.lesson_id')
		.innerJoin('lesson_publication', 'lesson_publication.lesson_id', 'lesson.id')
		.where('lesson.course_id', 'in', courseIds)
		.where('lesson_publication.withdrawn_at', 'is', null)
		.where('lesson_version.withheld_at', 'is', null)
		.select(['lesson_version.id', 'lesson.id as lessonId', 'lesson.course_id as courseId'])
		.orderBy('lesson.position')
		.orderBy('lesson_version.number')
		.execute();
	// A later one takes the place of an earlier one, and of its row.
	return [...new Map(rows.map((row) => [row.lessonId, row])).values()];
}

export async function setListed(
	db: Database,
	courseId: string,
	listed_at: string | null
): Promise<void> {
	await db.updateTable('course').set({ listed_at }).where('id', '=', courseId).execute();
}
