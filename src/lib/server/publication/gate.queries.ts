import type { Database } from '../database/database.ts';

export type GateRows = Awaited<ReturnType<typeof gateRows>>;

/** All that the gate looks at, of some lessons, in as many queries as there are tables. */
export async function gateRows(db: Database, lessonIds: readonly string[]) {
	const ids = lessonIds.length > 0 ? lessonIds : [''];
	const [
		lessons,
		tracks,
		captions,
		steps,
		sections,
		areas,
		reviews,
		consents,
		exceptions,
		signedTerms
	] = await Promise.all([
		lessonRows(db, ids),
		db
			.selectFrom('track')
			.innerJoin('upload', 'upload.id', 'track.upload_id')
			.where('track.lesson_id', 'in', ids)
			.where('track.replaced_at', 'is', null)
			.select(['track.lesson_id as lessonId', 'track.id', 'track.kind', 'track.state'])
			.select(['track.duration_ms as durationMs', 'track.has_sound as hasSound'])
			.select('track.frame_rate_millihertz as frameRateMillihertz')
			// Whoever sends a large film notes meanwhile who is to be seen in it.
			.select('upload.created_at as sentAt')
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
			.selectFrom('action_area')
			.where('lesson_id', 'in', ids)
			.select(['lesson_id as lessonId', 'start_ms as startMs', 'end_ms as endMs'])
			.select(['x', 'y', 'width', 'height'])
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
			.select(['lesson_id as lessonId', 'who', 'person_name as personName'])
			.select(['recorded_at as recordedAt', 'withdrawn_at as withdrawnAt'])
			.execute(),
		db
			.selectFrom('publish_exception')
			.where('lesson_id', 'in', ids)
			.where('revoked_at', 'is', null)
			.select(['lesson_id as lessonId', 'topic'])
			.execute(),
		// A word of the trade may be rare where a trainee finds its sign.
		db
			.selectFrom('lesson')
			.innerJoin('glossary_term', 'glossary_term.course_id', 'lesson.course_id')
			.where('lesson.id', 'in', ids)
			.where('glossary_term.clip_state', '=', 'ready')
			.select(['lesson.id as lessonId', 'term', 'variants'])
			.execute()
	]);
	return {
		...{ lessons, tracks, captions, steps, sections, areas, reviews, consents, exceptions },
		signedTerms
	};
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
