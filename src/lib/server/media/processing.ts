/** All videos of an instructor at one look: how far each is, trying again, stopping, taking back. */
import * as v from 'valibot';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import * as jobs from '../jobs/jobs.ts';
import * as composites from './composites.ts';
import { joinAgain } from './joined-takes.ts';
import * as queries from './processing.queries.ts';
import { TAKE_PICTURES } from './steps.ts';
import { PREPARE_TRACK } from './tracks.ts';
import { replaceTracks } from './uploads.queries.ts';

const MAX_LISTED = 100;

/** The videos there are, newest first, and earlier ones that can still be taken back. */
export async function videosOf(db: Database, by: PersonActor) {
	const [current, replaced, places] = await Promise.all([
		queries.videosOf(db, by.id, MAX_LISTED),
		queries.replacedOf(db, by.id, MAX_LISTED),
		placesInQueue(db)
	]);
	return {
		current: current.map((video) => ({ ...video, place: places.get(video.id) ?? null })),
		replaced
	};
}

const OfTrack = v.object({ trackId: v.string() });

/** How many are before each video that waits, itself counted: 1 is next. */
async function placesInQueue(db: Database): Promise<Map<string, number>> {
	const waiting = await jobs.queue(db);
	return new Map(
		waiting.flatMap(({ payload }, index) =>
			v.is(OfTrack, payload) ? [[payload.trackId, index + 1]] : []
		)
	);
}

/** Prepares a video that failed once more; for any other nothing happens. */
export const retry = (db: Database, lesson: EditableLesson, trackId: string): Promise<void> =>
	db.transaction().execute(async (step) => {
		const begun = await queries.beginAnew(step, lesson.id, trackId);
		// Of one that was to be made of takes there may be nothing to prepare yet.
		if (!begun || (await joinAgain(step, trackId, begun.ownerId))) return;
		await jobs.enqueue(step, PREPARE_TRACK, { trackId }, false, begun.ownerId);
	});

/** Stops preparing a video and takes it away; one that is ready stays. */
export async function cancel(db: Database, lesson: EditableLesson, trackId: string): Promise<void> {
	await queries.takeAway(db, lesson.id, trackId, now());
}

/**
 * Puts an earlier demonstration in the place of the one that is there.
 * @throws NotFound when it is no longer on the disk
 */
export const takeBack = (db: Database, lesson: EditableLesson, trackId: string): Promise<void> =>
	db.transaction().execute(async (step) => {
		const track = await queries.replacedDemonstration(step, lesson.id, trackId);
		if (!track) throw new NotFound();
		await replaceTracks(step, lesson.id, 'demonstration', now());
		await queries.putBack(step, trackId);
		await jobs.enqueue(step, TAKE_PICTURES, { lessonId: lesson.id });
		await composites.renew(step, lesson.id);
	});
