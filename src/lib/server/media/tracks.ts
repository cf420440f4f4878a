/** A lesson's video tracks: preparing what was uploaded, and streaming it to those who may see it. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import type { Actor } from '../access/actor.ts';
import { mayWatchLesson } from '../access/policy.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import type { Storage } from '../storage/storage.ts';
import { planFor } from '../transcoding/plan.ts';
import type { Transcoder } from '../transcoding/transcoder.ts';
import { Unusable } from '../transcoding/unusable.ts';
import type { TusUploads } from './tus-uploads.ts';
import * as queries from './tracks.queries.ts';

/** The job that turns an uploaded file into renditions. */
export const PREPARE_TRACK = 'prepare-track';
export const PrepareTrack = v.object({ trackId: v.string() });

type Tools = {
	storage: Storage;
	transcoder: Transcoder;
	/** Where the upload's bytes lie before they are in storage. */
	uploads: Pick<TusUploads, 'pathOf' | 'forgetNotes'>;
};

/** The current tracks of a lesson. */
export const ofLesson = (db: Database, lessonId: string) => queries.currentTracks(db, lessonId);

const originalKey = (trackId: string): string => `originals/${trackId}`;
const targetOf = (trackId: string, digest: string): string => `renditions/${trackId}/${digest}`;

/**
 * The job's handler. Every step bears being repeated: after a crash it goes on where it was.
 * A file that cannot be used makes a failed track with a reason; other errors are thrown, and the
 * job tries again.
 */
export async function prepareNow(
	db: Database,
	{ storage, transcoder, uploads }: Tools,
	payload: unknown,
	signal: AbortSignal
): Promise<void> {
	const { trackId } = v.parse(PrepareTrack, payload);
	const track = await queries.trackById(db, trackId);
	if (!track || track.replacedAt !== null || track.state === 'ready') return;
	const source = originalKey(trackId);
	if (existsSync(uploads.pathOf(track.uploadId)))
		await storage.adopt(source, uploads.pathOf(track.uploadId));
	await uploads.forgetNotes(track.uploadId);
	try {
		const probe = await transcoder.probe(source);
		await queries.setPreparing(db, trackId);
		const plan = planFor(probe, track.kind);
		const digest = await digestOf(storage, source, JSON.stringify(plan));
		const report = ({ share }: { share: number }) => {
			// Only shown, never relied upon: a lost one is made good by the next.
			queries.setProgress(db, trackId, Math.round(share * 1000)).catch(() => undefined);
		};
		const made = await transcoder.prepare(source, plan, targetOf(trackId, digest), report, signal);
		await queries.setReady(db, trackId, {
			digest,
			duration_ms: made.durationMs,
			width: made.width,
			height: made.height,
			has_sound: made.sound === null ? 0 : 1
		});
	} catch (error) {
		if (!(error instanceof Unusable)) throw error;
		await queries.setFailed(db, trackId, error.code);
	}
}

/** When every try has failed for reasons of ours: said so, instead of waiting for ever. */
export async function giveUp(db: Database, payload: unknown): Promise<void> {
	const { trackId } = v.parse(PrepareTrack, payload);
	await queries.setFailed(db, trackId, 'ourFault');
}

/** Names the outcome by the source's content and by what is made of it. */
async function digestOf(storage: Storage, source: string, plan: string): Promise<string> {
	const { path, release } = await storage.localCopy(source);
	try {
		const hash = createHash('sha256').update(plan);
		await pipeline(createReadStream(path), hash);
		return hash.digest('hex').slice(0, 24);
	} finally {
		await release();
	}
}

/**
 * The storage key of a rendition's file, for whoever may watch the lesson.
 * @param path `<trackId>/<digest>/<file>`
 * @throws NotFound otherwise
 */
export async function forStreaming(
	db: Database,
	actor: Actor,
	trackId: string,
	digest: string,
	file: string
): Promise<string> {
	if (actor.type !== 'person') throw new NotFound();
	const facts = await queries.streamingFacts(db, { trackId, personId: actor.id });
	if (!facts || facts.digest !== digest) throw new NotFound();
	const isTeaching = facts.instructorId !== null;
	const isAllowed = mayWatchLesson(actor, {
		instructorIds: isTeaching ? [actor.id] : [],
		isPublished: facts.publicationId !== null,
		isEnrolled: facts.enrolmentId !== null
	});
	if (!isAllowed) throw new NotFound();
	return `${targetOf(trackId, digest)}/${file}`;
}

/** Addresses a player needs of a ready track. Only for those who may watch its lesson. */
export function addressesOf(track: { id: string; digest: string; hasSound: boolean }) {
	const base = `/media/${track.id}/${track.digest}`;
	return {
		src: `${base}/master.m3u8`,
		poster: `${base}/poster.jpg`,
		thumbnailsSrc: `${base}/thumbnails.vtt`,
		soundSrc: track.hasSound ? `${base}/sound.m4a` : undefined
	};
}
