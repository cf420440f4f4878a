/** The steps of a lesson (步骤): its chapters, each one thing to do, with a picture of it. */
import * as v from 'valibot';
import type { StepInput } from '#lib/domain/timeline.ts';
import type { Content } from '#lib/domain/versions.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { newId } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import { draftOf } from '../publication/content.ts';
import type { Transcoder } from '../transcoding/transcoder.ts';
import { addressOf, filesOf, stillFile } from './places.ts';
import * as queries from './steps.queries.ts';
import * as tracks from './tracks.ts';

/** The job that takes the pictures of a lesson's steps from its demonstration. */
export const TAKE_PICTURES = 'take-pictures';
const TakePictures = v.object({ lessonId: v.string() });

/**
 * Replaces the lesson's steps as a whole; one with a known id stays the same step, so that what
 * people practised of it stays theirs.
 * @returns the ids under which they are kept, in order
 * @throws Invalid when one lies outside the demonstration, or that is not ready
 */
export async function put(
	db: Database,
	lesson: EditableLesson,
	steps: readonly StepInput[]
): Promise<string[]> {
	await tracks.assertInside(db, lesson, steps);
	return db.transaction().execute((step) => replace(step, lesson, steps));
}

/** The same within a transaction, when it is known that they lie inside the demonstration. */
export async function replace(
	db: Database,
	lesson: EditableLesson,
	steps: readonly StepInput[]
): Promise<string[]> {
	const before = await queries.stepRows(db, lesson.id);
	const rows = steps.map((input, position) => {
		const known = before.find(({ id }) => id === input.id);
		return rowOf(lesson.id, position, input, known);
	});
	await queries.replaceSteps(db, lesson.id, rows);
	await enqueue(db, TAKE_PICTURES, { lessonId: lesson.id });
	return rows.map(({ id }) => id);
}

function rowOf(
	lessonId: string,
	position: number,
	input: StepInput,
	known: queries.StepRow | undefined
): queries.StepRow {
	const pictureAtMs = input.pictureAtMs ?? Math.floor((input.startMs + input.endMs) / 2);
	const hasPicture = known?.picture_at_ms === pictureAtMs;
	return {
		id: known?.id ?? newId(),
		lesson_id: lessonId,
		position,
		title: input.title,
		start_ms: input.startMs,
		end_ms: input.endMs,
		picture_at_ms: pictureAtMs,
		picture_track_id: hasPicture ? known.picture_track_id : null,
		note: input.note,
		timer_label: input.timer?.label ?? null,
		timer_ms: input.timer?.durationMs ?? null,
		hazards: JSON.stringify(input.hazards ?? [])
	};
}

/**
 * Steps as the player takes them.
 * @param demonstration what their pictures are taken from; older pictures are left out
 */
export const shown = (all: Content['steps'], demonstration?: { id: string; digest: string }) =>
	all.map(({ pictureTrackId, note, timer, ...step }) => ({
		...step,
		...(demonstration?.id === pictureTrackId &&
			demonstration !== undefined && {
				picture: `${addressOf(demonstration.id, demonstration.digest)}/${stillFile(step.pictureAtMs)}`
			}),
		...(note !== '' && { note }),
		...(timer && { timer })
	}));

/** Those being worked on, as the player takes them. */
export async function ofLesson(db: Database, lessonId: string) {
	const { steps, demonstration } = await draftOf(db, { id: lessonId });
	return shown(steps, demonstration);
}

/** The job's handler: takes what pictures are missing. Bears being repeated. */
export async function takePictures(
	db: Database,
	transcoder: Transcoder,
	payload: unknown,
	signal: AbortSignal
): Promise<void> {
	const { lessonId } = v.parse(TakePictures, payload);
	const { demonstration } = await tracks.readyOf(db, lessonId);
	if (!demonstration) return;
	const { id: trackId, digest } = demonstration;
	const target = filesOf('track', trackId, digest);
	for (const step of await queries.stepRows(db, lessonId)) {
		if (step.picture_track_id === trackId) continue;
		const pictureAtMs = step.picture_at_ms;
		await transcoder.still(target, pictureAtMs, `${target}/${stillFile(pictureAtMs)}`, signal);
		await queries.setPicture(db, { id: step.id, pictureAtMs, trackId });
	}
}
