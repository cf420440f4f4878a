/** The job that makes a film of a trainee's work, or of an answer to it, playable. */
import { existsSync } from 'node:fs';
import * as v from 'valibot';
import type { Database } from '../database/database.ts';
import { faultOf } from '../disk-full.ts';
import type { TusUploads } from '../media/tus-uploads.ts';
import type { Storage } from '../storage/storage.ts';
import { workPlanFor } from '../transcoding/plan.ts';
import type { Transcoder } from '../transcoding/transcoder.ts';
import { Unusable } from '../transcoding/unusable.ts';
import { folderOf, originalOf } from './places.ts';
import * as queries from './works.queries.ts';

export const PREPARE_FILM = 'prepare-work';
const PrepareFilm = v.object({ workId: v.string() });

type Tools = {
	storage: Storage;
	transcoder: Pick<Transcoder, 'probe' | 'clip'>;
	uploads: Pick<TusUploads, 'pathOf' | 'forgetNotes'>;
};

/**
 * One size, without sound; what was sent is removed then, with the place it was filmed at. Bears
 * being repeated; a file that cannot be used is said so, not tried again.
 */
export async function prepareNow(
	db: Database,
	{ storage, transcoder, uploads }: Tools,
	payload: unknown,
	signal: AbortSignal
): Promise<void> {
	const { workId } = v.parse(PrepareFilm, payload);
	const source = originalOf(workId);
	const work = await queries.workById(db, workId);
	if (work?.state === 'ready') return await storage.remove(source);
	if (work?.state !== 'waiting') return;
	if (existsSync(uploads.pathOf(workId))) await storage.adopt(source, uploads.pathOf(workId));
	await uploads.forgetNotes(workId);
	try {
		const plan = workPlanFor(await transcoder.probe(source));
		const size = await transcoder.clip(source, plan, folderOf(workId), signal);
		const made = { ...size, duration_ms: Math.round(plan.durationMs) };
		const isWanted = await queries.setReady(db, workId, made);
		await storage.remove(isWanted ? source : folderOf(workId));
	} catch (error) {
		if (!(error instanceof Unusable)) throw error;
		await queries.setFailed(db, workId, error.code);
		await storage.remove(folderOf(workId));
	}
}

/** When every try has failed for reasons of ours. */
export const giveUp = (db: Database, payload: unknown, error: unknown): Promise<void> =>
	queries.setFailed(db, v.parse(PrepareFilm, payload).workId, faultOf(error));
