import type { Database } from '../database/database.ts';

/** All rows that make up what a trainee would see of a lesson as it is being worked on. */
export async function contentRows(db: Database, lessonId: string) {
	const [lesson, tracks, captions, steps, turns, areas, sections, practice, attachments] =
		await Promise.all([
			db
				.selectFrom('lesson')
				.where('id', '=', lessonId)
				.select(['title', 'summary', 'teaching_mode as teachingMode'])
				.select(['sign_offset_ms as signOffsetMs', 'completion'])
				.executeTakeFirst(),
			db
				.selectFrom('track')
				.where('lesson_id', '=', lessonId)
				.where('replaced_at', 'is', null)
				.where('state', '=', 'ready')
				.select(['id', 'kind', 'digest', 'file_name as fileName', 'duration_ms as durationMs'])
				.select(['width', 'height', 'has_sound as hasSound'])
				.execute(),
			db
				.selectFrom('caption_track')
				.where('lesson_id', '=', lessonId)
				.select(['id', 'language', 'tier', 'webvtt'])
				.orderBy('language', 'desc')
				.orderBy('tier')
				.execute(),
			db
				.selectFrom('lesson_step')
				.where('lesson_id', '=', lessonId)
				.select(['id', 'title', 'start_ms as startMs', 'end_ms as endMs', 'note'])
				.select(['picture_at_ms as pictureAtMs', 'picture_track_id as pictureTrackId'])
				.select(['timer_label as timerLabel', 'timer_ms as timerMs', 'hazards'])
				.orderBy('position')
				.execute(),
			db
				.selectFrom('lesson_turn')
				.where('lesson_id', '=', lessonId)
				.select(['start_ms as startMs', 'end_ms as endMs'])
				.select(['sign_start_ms as signStartMs', 'sign_end_ms as signEndMs'])
				.select(['hands_start_ms as handsStartMs', 'hands_end_ms as handsEndMs'])
				.orderBy('start_ms')
				.execute(),
			db
				.selectFrom('action_area')
				.where('lesson_id', '=', lessonId)
				.select(['start_ms as startMs', 'end_ms as endMs', 'x', 'y', 'width', 'height'])
				.orderBy('start_ms')
				.execute(),
			db
				.selectFrom('sign_section')
				.where('lesson_id', '=', lessonId)
				.select(['lesson_ms as lessonMs', 'media_ms as mediaMs', 'length_ms as lengthMs'])
				.orderBy('lesson_ms')
				.execute(),
			db
				.selectFrom('lesson_practice')
				.where('lesson_id', '=', lessonId)
				.select('task')
				.executeTakeFirst(),
			db
				.selectFrom('lesson_attachment')
				.where('lesson_id', '=', lessonId)
				.where('purpose', '=', 'file')
				.where('removed_at', 'is', null)
				.select(['id', 'name', 'kind', 'size_bytes as sizeBytes'])
				.orderBy('position')
				.execute()
		]);
	return (
		lesson && { lesson, tracks, captions, steps, turns, areas, sections, practice, attachments }
	);
}

export type ContentRows = NonNullable<Awaited<ReturnType<typeof contentRows>>>;
