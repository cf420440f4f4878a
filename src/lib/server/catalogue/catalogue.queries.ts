import type { Database } from '../database/database.ts';

/** Published lessons of a course, with what makes them accessible. Nothing about anybody. */
export async function lessonsOf(db: Database, courseId: string) {
	const rows = await db
		.selectFrom('lesson')
		.innerJoin('lesson_publication', (join) =>
			join
				.onRef('lesson_publication.lesson_id', '=', 'lesson.id')
				.on('lesson_publication.withdrawn_at', 'is', null)
		)
		.leftJoin('track as demonstration', (join) =>
			join
				.onRef('demonstration.lesson_id', '=', 'lesson.id')
				.on('demonstration.kind', '=', 'demonstration')
				.on('demonstration.state', '=', 'ready')
				.on('demonstration.replaced_at', 'is', null)
		)
		.leftJoin('track as sign', (join) =>
			join
				.onRef('sign.lesson_id', '=', 'lesson.id')
				.on('sign.kind', '=', 'sign')
				.on('sign.state', '=', 'ready')
				.on('sign.replaced_at', 'is', null)
		)
		.where('lesson.course_id', '=', courseId)
		.select([
			'lesson.id',
			'lesson.title',
			'lesson.summary',
			'lesson.teaching_mode as teachingMode',
			'lesson_publication.published_at as publishedAt',
			'demonstration.duration_ms as durationMs',
			'demonstration.has_sound as hasSound',
			'sign.id as signId'
		])
		.orderBy('lesson.position')
		.execute();
	const captions = await db
		.selectFrom('caption_track')
		.innerJoin('lesson', 'lesson.id', 'caption_track.lesson_id')
		.where('lesson.course_id', '=', courseId)
		.where('tier', '=', 'full')
		.select(['lesson_id as lessonId', 'language'])
		.orderBy('language', 'desc')
		.execute();
	return rows.map(({ hasSound, signId, ...row }) => ({
		...row,
		hasSound: hasSound === 1,
		isSigned: row.teachingMode === 'signed_at_source' || signId !== null,
		captionLanguages: captions
			.filter(({ lessonId }) => lessonId === row.id)
			.map(({ language }) => language)
	}));
}

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
