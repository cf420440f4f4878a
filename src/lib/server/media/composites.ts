/**
 * Both pictures of a lesson in one video, for phones that play only one at a time. Nobody waits for
 * them, so they are made after everything else.
 */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { COMPOSITE_LAYOUTS, type CompositeLayout, type TrackKind } from '#lib/domain/lessons.ts';
import type { Database } from '../database/database.ts';
import { newId } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Storage } from '../storage/storage.ts';
import { compositePlan } from '../transcoding/composite-plan.ts';
import type { Transcoder } from '../transcoding/transcoder.ts';
import * as queries from './composites.queries.ts';
import { addressOf, filesOf, folderOf } from './places.ts';
import { sectionsOf, signOffset } from './timeline.queries.ts';
import * as tracks from './tracks.ts';

export const COMPOSE = 'compose';
const Compose = v.object({ lessonId: v.string() });

type Tools = { storage: Storage; transcoder: Transcoder };

/** A track, or its place in the lesson, has changed. Call it in the transaction that changes it. */
export async function renew(db: Database, lessonId: string): Promise<void> {
	await queries.setWaiting(db, lessonId);
	await enqueue(db, COMPOSE, { lessonId }, true);
}

/**
 * The job's handler. What is there already is not made again; nothing is made while one of the
 * tracks is missing, as the one that is late will ask again.
 */
export async function composeNow(
	db: Database,
	tools: Tools,
	payload: unknown,
	signal: AbortSignal
): Promise<void> {
	const { lessonId } = v.parse(Compose, payload);
	for (const layout of COMPOSITE_LAYOUTS) await compose(db, tools, lessonId, layout, signal);
}

async function compose(
	db: Database,
	{ storage, transcoder }: Tools,
	lessonId: string,
	layout: CompositeLayout,
	signal: AbortSignal
): Promise<void> {
	const [ready, offsetMs, sections, rows] = await Promise.all([
		tracks.readyOf(db, lessonId),
		signOffset(db, lessonId),
		sectionsOf(db, lessonId),
		queries.compositesOf(db, lessonId)
	]);
	const { demonstration, sign } = ready;
	if (!demonstration || !sign) return;
	const sources = {
		demonstration: filesOf('track', demonstration.id, demonstration.digest),
		sign: filesOf('track', sign.id, sign.digest)
	};
	const films = {
		demonstration: await transcoder.prepared(sources.demonstration),
		sign: await transcoder.prepared(sources.sign)
	};
	const plan = compositePlan(layout, films, { offsetMs, sections });
	const digest = createHash('sha256')
		.update(JSON.stringify([plan, sources]))
		.digest('hex')
		.slice(0, 24);
	const row = rows.find((one) => one.layout === layout);
	if (row?.state === 'ready' && row.digest === digest) return;

	const id = row?.id ?? newId();
	// Of the same digest it is half made: the transcoder goes on where it was.
	if (row && row.digest !== digest) await storage.remove(folderOf('composite', id));
	const [demonstrationDigest, signDigest] = [demonstration.digest, sign.digest];
	await queries.setPreparing(db, { id, lessonId, layout, digest, demonstrationDigest, signDigest });
	const target = filesOf('composite', id, digest);
	const { width, height, files } = await transcoder.compose(sources, plan, target, signal);
	const preparedBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
	await queries.setReady(db, { id, digest, width, height, preparedBytes });
}

/** When every try has failed: phones then show one picture after the other. */
export async function giveUp(db: Database, payload: unknown): Promise<void> {
	await queries.setFailed(db, v.parse(Compose, payload).lessonId);
}

/** Those that are made of these very tracks, as the player takes them. */
export async function ofLesson(
	db: Database,
	lessonId: string,
	current: Promise<Partial<Record<TrackKind, tracks.ReadyTrack>>>
) {
	const [rows, { demonstration, sign }] = await Promise.all([
		queries.compositesOf(db, lessonId),
		current
	]);
	const made = rows.flatMap((row) => {
		const isCurrent =
			row.state === 'ready' &&
			row.demonstrationDigest === demonstration?.digest &&
			row.signDigest === sign?.digest;
		const { id, layout, digest, width, height } = row;
		if (!isCurrent || digest === null || width === null || height === null) return [];
		const base = addressOf(id, digest);
		const video = {
			src: `${base}/master.m3u8`,
			poster: `${base}/poster.jpg`,
			thumbnailsSrc: `${base}/thumbnails.vtt`,
			width,
			height
		};
		return [[layout, video] as const];
	});
	if (made.length === 0) return undefined;
	return Object.fromEntries(made) as Partial<Record<CompositeLayout, (typeof made)[0][1]>>;
}
