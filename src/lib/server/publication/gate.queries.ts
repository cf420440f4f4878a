import type { Database } from '../database/database.ts';

export type GateRows = Awaited<ReturnType<typeof gateRows>>;

/** All that the gate looks at, of some lessons, in as many queries as there are tables. */
export async function gateRows(db: Database, lessonIds: readonly string[]) {
	const ids = lessonIds.length > 0 ? lessonIds : [''];
	const [lessons, tracks, captions, steps, sections, reviews, consents, exceptions] =
		await Promise.all([
			lessonRows(db, ids),
			db
				.selectFrom('track')
				.where('lesson_id', 'in', ids)
				.where('replaced_at', 'is', null)
				.select(['lesson_id as lessonId', 'id', 'kind', 'state', 'duration_ms as durationMs'])
				.select(['has_sound as hasSound', 'created_at as createdAt'])
				.select('frame_rate_millihertz as frameRateMillihertz')
				.execute(),
			db
				.selectFrom('caption_track')
				.where('lesson_id', 'in', ids)
				.select(['lesson_id as lessonId', 'language', 'tier', 'webvtt'])
				.orderBy('tier')
				.orderBy('language', 'desc')
				.execute(),
			db
				.selectFrom('lesson_step')
				.where('lesson_id', 'in', ids)
				.select(['lesson_id as lessonId', 'picture_track_id as pictureTrackId', 'title', 'note'])
				.orderBy('position')
				.execute(),
			db
				.selectFrom('sign_section')
				.where('lesson_id', 'in', ids)
				.select(['lesson_id as lessonId', 'lesson_ms as lessonMs'])
				.select(['media_ms as mediaMs', 'length_ms as lengthMs'])
				.orderBy('lesson_ms')
				.execute(),
			db
				.selectFrom('lesson_review')
				.where('lesson_id', 'in', ids)
				.select(['id', 'lesson_id as lessonId', 'verdict', 'content_digest as contentDigest'])
				.orderBy('asked_at')
				.execute(),
			db
				.selectFrom('filming_consent')
				.where('lesson_id', 'in', ids)
				.select(['lesson_id as lessonId', 'withdrawn_at as withdrawnAt'])
				.execute(),
			db
				.selectFrom('publish_exception')
				.where('lesson_id', 'in', ids)
				.where('revoked_at', 'is', null)
				.select(['lesson_id as lessonId', 'topic'])
				.execute()
		]);
	return { lessons, tracks, captions, steps, sections, reviews, consents, exceptions };
}

const lessonRows = (db: Database, ids: readonly string[]) =>
	db
		.selectFrom('lesson')
		.leftJoin('lesson_publication', (join) =>
			join
				.onRef('lesson_publication.lesson_id', '=', 'lesson.id')
				.on('lesson_publication.withdrawn_at', 'is', null)
		)
		.where('lesson.id', 'in', ids)
		.select(['lesson.id', 'lesson.teaching_mode as teachingMode', 'lesson.summary'])
		.select(['lesson.sign_offset_ms as signOffsetMs', 'lesson_publication.id as publicationId'])
		.execute();

export async function lessonIdsOf(db: Database, courseId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('lesson')
		.where('course_id', '=', courseId)
		.select('id')
		.execute();
	return rows.map(({ id }) => id);
}

/** Lessons that are not public, or were let through, with their course; newest first. */
export const lessonsToWatchOver = (db: Database, limit: number) =>
	db
		.selectFrom('lesson')
		.innerJoin('course', 'course.id', 'lesson.course_id')
		.leftJoin('lesson_publication', (join) =>
			join
				.onRef('lesson_publication.lesson_id', '=', 'lesson.id')
				.on('lesson_publication.withdrawn_at', 'is', null)
		)
		.where((eb) =>
			eb.or([
				eb('lesson_publication.id', 'is', null),
				eb.exists(
					eb
						.selectFrom('publish_exception')
						.whereRef('publish_exception.lesson_id', '=', 'lesson.id')
						.where('publish_exception.revoked_at', 'is', null)
						.select('publish_exception.id')
				)
			])
		)
		.select(['lesson.id', 'lesson.title', 'course.title as courseTitle'])
		.orderBy('lesson.created_at', 'desc')
		.limit(limit)
		.execute();
