import type { Database } from '../database/database.ts';

export async function publishFacts(db: Database, lessonId: string) {
	const [tracks, captions] = await Promise.all([
		db
			.selectFrom('track')
			.where('lesson_id', '=', lessonId)
			.where('replaced_at', 'is', null)
			.select(['kind', 'state'])
			.execute(),
		db
			.selectFrom('caption_track')
			.where('lesson_id', '=', lessonId)
			.where('tier', '=', 'full')
			.select('language')
			.execute()
	]);
	return { tracks, captionLanguages: captions.map(({ language }) => language) };
}

/** The same facts for all lessons of a course, in three queries however many there are. */
export async function courseFacts(db: Database, courseId: string) {
	const lessonIds = db.selectFrom('lesson').where('course_id', '=', courseId).select('id');
	const [lessons, tracks, captions] = await Promise.all([
		db
			.selectFrom('lesson')
			.leftJoin('lesson_publication', (join) =>
				join
					.onRef('lesson_publication.lesson_id', '=', 'lesson.id')
					.on('lesson_publication.withdrawn_at', 'is', null)
			)
			.where('course_id', '=', courseId)
			.select([
				'lesson.id',
				'lesson.teaching_mode as teachingMode',
				'lesson_publication.id as publicationId'
			])
			.execute(),
		db
			.selectFrom('track')
			.where('lesson_id', 'in', lessonIds)
			.where('replaced_at', 'is', null)
			.select(['lesson_id as lessonId', 'kind', 'state'])
			.execute(),
		db
			.selectFrom('caption_track')
			.where('lesson_id', 'in', lessonIds)
			.where('tier', '=', 'full')
			.select(['lesson_id as lessonId', 'language'])
			.execute()
	]);
	return lessons.map(({ id, teachingMode, publicationId }) => ({
		id,
		teachingMode,
		isPublished: publicationId !== null,
		tracks: tracks.filter(({ lessonId }) => lessonId === id),
		captionLanguages: captions.flatMap(({ lessonId, language }) =>
			lessonId === id ? language : []
		)
	}));
}

export const currentPublication = (db: Database, lessonId: string) =>
	db
		.selectFrom('lesson_publication')
		.innerJoin('person', 'person.id', 'lesson_publication.published_by')
		.where('lesson_id', '=', lessonId)
		.where('withdrawn_at', 'is', null)
		.select([
			'lesson_publication.published_at as publishedAt',
			'person.display_name as publishedBy'
		])
		.executeTakeFirst();

export async function addPublication(
	db: Database,
	row: { id: string; lessonId: string; publishedBy: string; publishedAt: string }
): Promise<void> {
	await db
		.insertInto('lesson_publication')
		.values({
			id: row.id,
			lesson_id: row.lessonId,
			published_by: row.publishedBy,
			published_at: row.publishedAt
		})
		.execute();
}

export async function withdrawPublication(
	db: Database,
	lessonId: string,
	withdrawn_by: string,
	withdrawn_at: string
): Promise<void> {
	await db
		.updateTable('lesson_publication')
		.set({ withdrawn_by, withdrawn_at })
		.where('lesson_id', '=', lessonId)
		.where('withdrawn_at', 'is', null)
		.execute();
}
