/** The sign track that is made of takes, and where its pieces stand in the lesson. */
import * as v from 'valibot';
import { placeTakes, sectionsOf } from '#lib/domain/takes.ts';
import { tracksOf } from '#lib/domain/lessons.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { faultOf } from '../disk-full.ts';
import { Invalid } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { enqueue, lastAbout } from '../jobs/jobs.ts';
import { joinPlan } from '../transcoding/join-plan.ts';
import type { JoinPlan, Transcoder } from '../transcoding/transcoder.ts';
import { Unusable } from '../transcoding/unusable.ts';
import { originalOf, takeOf } from './places.ts';
import * as takes from './takes.ts';
import { setTrack } from './takes.queries.ts';
import * as timeline from './timeline.queries.ts';
import * as tracks from './tracks.ts';
import * as trackQueries from './tracks.queries.ts';
import * as uploads from './uploads.queries.ts';

/** The job that joins takes into a track's original, from which it is then prepared as any other. */
export const JOIN_TAKES = 'join-takes';
const JoinTakes = v.object({ trackId: v.string(), plan: v.unknown() });

/**
 * Makes the lesson's sign track of the takes it has, with its places in the lesson, and turns by
 * their parts where none are marked; all of it in one transaction, the joining in a job.
 * @param name what the track's file is called
 * @returns the track's id
 * @throws Invalid when there is none, one is still looked at or cannot be used, or the lesson has no
 *   sign track
 */
export async function makeTrack(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	name: string
): Promise<string> {
	if (!tracksOf(lesson.teachingMode).includes('sign'))
		throw new Invalid({ '': 'track_not_wanted' });
	return db.transaction().execute(async (step) => {
		const { demonstration } = await tracks.readyOf(step, lesson.id);
		if (!demonstration) throw new Invalid({ '': 'video_not_ready' });
		const all = await takes.ofLesson(step, lesson.id);
		if (all.length === 0) throw new Invalid({ '': 'takes_missing' });
		if (all.some(({ state }) => state === 'failed')) throw new Invalid({ '': 'take_unusable' });
		const placed = placeTakes(all.map(measured), demonstration.durationMs);
		if (placed.length === 0) throw new Invalid({ '': 'times_beyond_end' });

		const [trackId, uploadId, at] = [newId(), newId(), now()];
		const file = { lessonId: lesson.id, kind: 'sign' as const, fileName: name.slice(0, 300) };
		const sizeBytes = all.reduce((sum, take) => sum + take.sizeBytes, 0);
		await uploads.replaceTracks(step, lesson.id, 'sign', at);
		await uploads.addUpload(step, {
			...{ ...file, sizeBytes, id: uploadId },
			...{ personId: by.id, createdAt: at, finishedAt: at }
		});
		await uploads.addTrack(step, {
			...{ ...file, sizeBytes, id: trackId, uploadId },
			...{ createdBy: by.id, createdAt: at }
		});
		await timeline.setSignOffset(step, lesson.id, 0);
		await timeline.replaceSections(step, lesson.id, sectionsOf(placed));
		if ((await timeline.turnsOf(step, lesson.id)).length === 0)
			await timeline.replaceTurns(
				step,
				lesson.id,
				all.map(({ startMs, endMs }) => ({ startMs, endMs }))
			);
		await setTrack(
			step,
			placed.map(({ take }) => take.id),
			trackId
		);
		const plan = joinPlan(
			placed.map(({ take, fromFrame, frames }) => {
				const { id, width, height } = take;
				return { source: takeOf(id), width, height, fromFrame, frames };
			})
		);
		await enqueue(step, JOIN_TAKES, { trackId, plan }, false, by.id);
		return trackId;
	});
}

/** @throws Invalid while it is still looked at */
function measured(take: takes.Take) {
	const { width, height } = take;
	if (take.state !== 'ready' || width === null || height === null)
		throw new Invalid({ '': 'takes_not_ready' });
	return { ...take, width, height };
}

/** The job's handler. Repeated after a crash it begins again, or finds that it is done. */
export async function joinNow(
	db: Database,
	transcoder: Transcoder,
	payload: unknown,
	signal: AbortSignal
): Promise<void> {
	const { trackId, plan } = v.parse(JoinTakes, payload);
	const track = await trackQueries.trackById(db, trackId);
	if (!track || track.replacedAt !== null || track.state !== 'waiting') return;
	try {
		// Written by us, into the row of the job.
		await transcoder.join(plan as JoinPlan, originalOf('track', trackId), signal);
	} catch (error) {
		if (!(error instanceof Unusable)) throw error;
		return await trackQueries.setFailed(db, trackId, error.code);
	}
	await db.transaction().execute(async (step) => {
		await enqueue(step, tracks.PREPARE_TRACK, { trackId });
		await enqueue(step, takes.FORGET_TAKES, { lessonId: track.lessonId }, true);
	});
}

/**
 * Joins once more, from the takes it was to be made of; one that is joined already is only prepared.
 * @returns whether this track is made of takes
 */
export async function joinAgain(db: Database, trackId: string, ownerId: string): Promise<boolean> {
	const payload = await lastAbout(db, JOIN_TAKES, trackId);
	if (payload !== undefined) await enqueue(db, JOIN_TAKES, payload, false, ownerId);
	return payload !== undefined;
}

/** When every try has failed for reasons of ours: said so, instead of waiting for ever. */
export const giveUpJoin = (db: Database, payload: unknown, error: unknown): Promise<void> =>
	trackQueries.setFailed(db, v.parse(JoinTakes, payload).trackId, faultOf(error));
