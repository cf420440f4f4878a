/** What is known of films that are copied with all that was made of them. */
import { newId } from '../ids.ts';
import type { CourseRows, NewRows } from './content.queries.ts';

/**
 * Puts into the rows of a second course what was measured for the first.
 * @param newIds of films, by their ids in the first
 */
export function keepPrepared(
	rows: NewRows,
	old: CourseRows,
	newIds: ReadonlyMap<string, string>
): void {
	rows.track = rows.track.map((row) => {
		const known = old.track.find(({ id, state }) => newIds.get(id) === row.id && state === 'ready');
		if (!known) return row;
		const { state, digest, duration_ms, width, height, has_sound } = known;
		const { progress_permille, frame_rate_millihertz, prepared_bytes } = known;
		const measured = { digest, duration_ms, width, height, has_sound, frame_rate_millihertz };
		return { ...row, ...measured, state, progress_permille, prepared_bytes };
	});
	rows.take = rows.take.map((row) => {
		const known = old.take.find(({ id }) => newIds.get(id) === row.id);
		if (!known) return row;
		const { state, duration_ms, width, height } = known;
		return { ...row, state, duration_ms, width, height };
	});
	rows.glossary_term = rows.glossary_term.map((row) => {
		const known = old.glossary_term.find(({ term }) => term === row.term);
		if (known?.clip_state !== 'ready' || !row.clip_id) return row;
		const { clip_state, clip_digest, clip_width, clip_height, clip_bytes } = known;
		return { ...row, clip_state, clip_digest, clip_width, clip_height, clip_bytes };
	});
	const lessonIds = newLessonIds(rows, old);
	rows.lesson_step = rows.lesson_step.map((row) => {
		const known = old.lesson_step.find(
			({ lesson_id, position }) =>
				lessonIds.get(lesson_id) === row.lesson_id && position === row.position
		);
		const picture = known?.picture_track_id ?? null;
		// Of an earlier video it is not copied, and taken anew where there is another.
		return { ...row, picture_track_id: (picture !== null && newIds.get(picture)) || null };
	});
}

/** Both pictures in one video, for lessons whose videos have both come over ready. */
export function keepComposites(rows: NewRows, old: CourseRows): { id: string; oldId: string }[] {
	const lessonIds = newLessonIds(rows, old);
	return old.composite.flatMap((row) => {
		const lesson_id = lessonIds.get(row.lesson_id);
		const digests = rows.track
			.filter((track) => track.lesson_id === lesson_id)
			.map(({ digest }) => digest);
		const isOfBoth =
			digests.includes(row.demonstration_digest) && digests.includes(row.sign_digest);
		if (lesson_id === undefined || !isOfBoth) return [];
		const id = newId();
		rows.composite.push({ ...row, id, lesson_id });
		return [{ id, oldId: row.id }];
	});
}

const newLessonIds = (rows: NewRows, old: CourseRows): Map<string, string> =>
	new Map(old.lesson.map(({ id }, index) => [id, rows.lesson[index]?.id ?? '']));
