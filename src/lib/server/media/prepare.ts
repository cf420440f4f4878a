/** The job that makes an uploaded file playable, and what becomes possible once it is. */
import { existsSync } from 'node:fs';
import * as v from 'valibot';
import type { Database } from '../database/database.ts';
import { faultOf } from '../disk-full.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Storage } from '../storage/storage.ts';
import { planFor } from '../transcoding/plan.ts';
import type { Transcoder } from '../transcoding/transcoder.ts';
import { Unusable } from '../transcoding/unusable.ts';
import * as composites from './composites.ts';
import { digestOf } from './digest.ts';
import { filesOf, originalOf } from './places.ts';
import { TAKE_PICTURES } from './steps.ts';
import { PrepareTrack } from './tracks.ts';
import * as queries from './tracks.queries.ts';
import type { TusUploads } from './tus-uploads.ts';

type Tools = {
	storage: Storage;
	transcoder: Transcoder;
	/** Where the upload's bytes lie before they are in storage. */
	uploads: Pick<TusUploads, 'pathOf' | 'forgetNotes'>;
};

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
	if (!track || track.state === 'ready') return;
	const forget = async (digest: string | null) => {
		if (digest !== null) await transcoder.forget(filesOf('track', trackId, digest));
	};
	if (track.replacedAt !== null) return await forget(track.earlyDigest);
	const unwanted = new AbortController();
	let digest = track.earlyDigest;
	const source = originalOf('track', trackId);
	if (existsSync(uploads.pathOf(track.uploadId)))
		await storage.adopt(source, uploads.pathOf(track.uploadId));
	await uploads.forgetNotes(track.uploadId);
	try {
		const probe = await transcoder.probe(source);
		await queries.setPreparing(db, trackId);
		const plan = planFor(probe, track.kind);
		digest = await digestOf(storage, source, JSON.stringify(plan));
		await queries.setBegun(db, trackId, digest);
		const report = ({ share }: { share: number }) => {
			// Only shown, never relied upon: a lost one is made good by the next.
			queries.setProgress(db, trackId, Math.round(share * 1000)).then(
				(isWanted) => isWanted || unwanted.abort(new Error('the video was taken away')),
				() => undefined
			);
		};
		const target = filesOf('track', trackId, digest);
		const made = await transcoder.prepare(
			source,
			plan,
			target,
			report,
			AbortSignal.any([signal, unwanted.signal])
		);
		const named = digest;
		await db.transaction().execute(async (step) => {
			await queries.setReady(step, trackId, {
				digest: named,
				duration_ms: made.durationMs,
				width: made.width,
				height: made.height,
				has_sound: made.sound === null ? 0 : 1,
				// As it was filmed: pictures that were never taken are only repeated.
				frame_rate_millihertz: Math.round(probe.frameRate * 1000),
				prepared_bytes: made.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
			});
			if (track.kind === 'demonstration')
				await enqueue(step, TAKE_PICTURES, { lessonId: track.lessonId });
			await composites.renew(step, track.lessonId);
		});
	} catch (error) {
		if (unwanted.signal.aborted) return await forget(digest);
		if (!(error instanceof Unusable)) throw error;
		await queries.setFailed(db, trackId, error.code);
	}
}

/** When every try has failed for reasons of ours: said so, instead of waiting for ever. */
export async function giveUp(db: Database, payload: unknown, error: unknown): Promise<void> {
	const { trackId } = v.parse(PrepareTrack, payload);
	await queries.setFailed(db, trackId, faultOf(error));
}
