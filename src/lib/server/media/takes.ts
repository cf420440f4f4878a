/**
 * Recordings of a signer, each over a part of the demonstration. They stay when a sign track has
 * been made of them, so that one part can be recorded anew; when another video becomes the sign
 * track, they are of no more use and go.
 */
import { existsSync } from 'node:fs';
import * as v from 'valibot';
import { isOverlapping, MAX_TAKES, MIN_TAKE_MS, type TakeInput } from '#lib/domain/takes.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { faultOf } from '../disk-full.ts';
import { Invalid, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Storage } from '../storage/storage.ts';
import { LAST_PICTURE_MAX_MS } from '../transcoding/limits.ts';
import type { Transcoder } from '../transcoding/transcoder.ts';
import { Unusable } from '../transcoding/unusable.ts';
import { takeOf } from './places.ts';
import * as queries from './takes.queries.ts';
import { replaceSections, setSignOffset } from './timeline.queries.ts';
import * as tracks from './tracks.ts';
import type { TusUploads } from './tus-uploads.ts';
import { removeUnfinished } from './uploads.queries.ts';

/** The job that looks at what has arrived. */
export const CHECK_TAKE = 'check-take';
const CheckTake = v.object({ takeId: v.string() });
/** The job that removes what has been replaced. */
export const FORGET_TAKES = 'forget-takes';
const ForgetTakes = v.object({ lessonId: v.string() });

export type Take = queries.TakeRow;

/** The lesson's takes that have arrived, in its order. */
export const ofLesson = (db: Database, lessonId: string): Promise<Take[]> =>
	queries.takesOf(db, lessonId);

/** Ids of all that have ever arrived and are still kept, replaced ones too. */
export const receivedIds = (db: Database, lessonId: string): Promise<string[]> =>
	queries.receivedIds(db, lessonId);

/** @throws Invalid when it lies outside of the demonstration, or there are too many */
export async function assertFits(
	db: Database,
	lesson: EditableLesson,
	take: TakeInput
): Promise<void> {
	await tracks.assertInside(db, lesson, [take]);
	const others = (await ofLesson(db, lesson.id)).filter((other) => !isOverlapping(other, take));
	if (others.length >= MAX_TAKES)
		throw new Invalid({ file: { code: 'too_many_entries', values: { limit: MAX_TAKES } } });
}

/**
 * Notes that a take is on its way. One whose announcement was answered, but the answer lost, is
 * announced again with another upload.
 * @throws NotFound when another take has its id
 */
export async function announce(
	db: Database,
	lesson: EditableLesson,
	uploadId: string,
	take: TakeInput
): Promise<void> {
	const known = await queries.takeById(db, take.id);
	if (known && (known.lessonId !== lesson.id || known.state !== 'arriving')) throw new NotFound();
	if (known) {
		await queries.removeArriving(db, known.uploadId);
		// Without its take it would be taken for a whole sign track.
		await removeUnfinished(db, known.uploadId);
	}
	await queries.addTake(db, { ...take, lessonId: lesson.id, uploadId, createdAt: now() });
}

/** Its sender has taken it back before it was here. */
export const forgetUnfinished = (db: Database, uploadId: string): Promise<void> =>
	queries.removeArriving(db, uploadId);

/**
 * All of an upload is here: if it is a take, it stands in place of those of the same part, and is
 * looked at next. Call it in the transaction that finishes the upload.
 * @returns whether it is one
 */
export async function receive(db: Database, uploadId: string): Promise<boolean> {
	const take = await queries.takeOfUpload(db, uploadId);
	if (!take) return false;
	await replaceCovered(db, take);
	await queries.setState(db, take.id, 'waiting');
	await enqueue(db, CHECK_TAKE, { takeId: take.id });
	return true;
}

async function replaceCovered(
	db: Database,
	take: Pick<Take, 'id' | 'lessonId' | 'startMs' | 'endMs'>
) {
	const others = await queries.takesOf(db, take.lessonId);
	const covered = others.filter((other) => other.id !== take.id && isOverlapping(other, take));
	await queries.setReplaced(
		db,
		covered.map(({ id }) => id),
		now()
	);
}

/** @throws NotFound when this lesson has no such take */
async function ofThisLesson(db: Database, lesson: EditableLesson, id: string) {
	const take = await queries.takeById(db, id);
	if (!take || take.lessonId !== lesson.id || take.state === 'arriving') throw new NotFound();
	return take;
}

/** Takes it out of the lesson; it can be put back for as long as it is kept. */
export async function remove(db: Database, lesson: EditableLesson, id: string): Promise<void> {
	const take = await ofThisLesson(db, lesson, id);
	if (take.replacedAt === null) await queries.setReplaced(db, [take.id], now());
}

/** Has it count again, in place of those of the same part. @throws NotFound when it is gone */
export const putBack = (db: Database, lesson: EditableLesson, id: string): Promise<void> =>
	db.transaction().execute(async (step) => {
		const take = await ofThisLesson(step, lesson, id);
		await replaceCovered(step, take);
		await queries.setReplaced(step, [take.id], null);
	});

/**
 * Another video becomes the lesson's sign track: its takes go, and if the track was made of them,
 * so do the places it had in the lesson. Call it in the transaction that replaces the track.
 */
export async function retire(db: Database, lessonId: string): Promise<void> {
	const all = await queries.takesOf(db, lessonId);
	if (all.length === 0) return;
	const { sign } = Object.fromEntries(
		(await tracks.ofLesson(db, lessonId)).map(({ kind, id }) => [kind, id])
	);
	if (all.some(({ trackId }) => trackId !== null && trackId === sign)) {
		await replaceSections(db, lessonId, []);
		await setSignOffset(db, lessonId, 0);
	}
	await queries.setReplaced(
		db,
		all.map(({ id }) => id),
		now()
	);
	await enqueue(db, FORGET_TAKES, { lessonId }, true);
}

type Tools = {
	storage: Storage;
	transcoder: Transcoder;
	uploads: Pick<TusUploads, 'pathOf' | 'forgetNotes'>;
};

/** The job's handler: what a page says of a take is believed only as far as its file agrees. */
export async function checkNow(
	db: Database,
	{ storage, transcoder, uploads }: Tools,
	payload: unknown
): Promise<void> {
	const { takeId } = v.parse(CheckTake, payload);
	const take = await queries.takeById(db, takeId);
	if (take?.state !== 'waiting') return;
	const source = takeOf(take.id);
	const arrived = uploads.pathOf(take.uploadId);
	if (existsSync(arrived)) await storage.adopt(source, arrived);
	await uploads.forgetNotes(take.uploadId);
	try {
		const { durationMs, width, height } = await transcoder.probe(source);
		// The camera stalled, and the end of what was signed is not there: she is told, instead of a gap.
		if (take.trimEndMs - durationMs > LAST_PICTURE_MAX_MS)
			throw new Unusable('damaged', `${durationMs} ms, wanted up to ${take.trimEndMs} ms`);
		const trimEndMs = Math.min(take.trimEndMs, durationMs);
		if (trimEndMs - take.trimStartMs < MIN_TAKE_MS)
			throw new Unusable('empty', `${durationMs} ms, wanted from ${take.trimStartMs} ms on`);
		await queries.setState(db, take.id, 'ready', {
			...{ duration_ms: durationMs, width, height, trim_end_ms: trimEndMs }
		});
	} catch (error) {
		if (!(error instanceof Unusable)) throw error;
		await queries.setState(db, take.id, 'failed', { failure_code: error.code });
	}
}

/** When every try has failed for reasons of ours. */
export const giveUpCheck = (db: Database, payload: unknown, error: unknown): Promise<void> =>
	queries.setState(db, v.parse(CheckTake, payload).takeId, 'failed', {
		failure_code: faultOf(error)
	});

/** The job's handler: removes replaced takes. Bears being repeated. */
export async function forgetNow(db: Database, storage: Storage, payload: unknown): Promise<void> {
	const { lessonId } = v.parse(ForgetTakes, payload);
	for (const { id } of await queries.forgettable(db, lessonId)) {
		// First the row: a file that stays behind harms nobody, a take without a file cannot be joined.
		if (await queries.removeReplaced(db, id)) await storage.remove(takeOf(id));
	}
}
