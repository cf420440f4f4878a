/** What nobody wants any more leaves the disk: replaced videos, and uploads that were left lying. */
import { rm } from 'node:fs/promises';
import type { Database } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';
import * as attachments from './attachments.ts';
import * as queries from './clean-up.queries.ts';
import { forgetUnneeded } from './composites.ts';
import { folderOf, originalOf } from './places.ts';
import * as terms from './terms.ts';
import type { TusUploads } from './tus-uploads.ts';
import * as uploads from './uploads.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Long enough to notice that the earlier video was better. */
export const KEEP_REPLACED_MS = 7 * DAY_MS;
/** Long enough for a phone that comes online once a week. */
export const KEEP_UNFINISHED_MS = 14 * DAY_MS;
/** The rest is for the next hour: the disk has other work. */
const AT_ONCE = 50;

type Tools = { storage: Storage; uploads: Pick<TusUploads, 'pathOf' | 'forgetNotes'> };

/**
 * What a version in use needs stays: the newest of its lesson, and those that classes have.
 * Bears being stopped anywhere: files go first, so that a row is never without a way to find them.
 */
export async function cleanUp(db: Database, tools: Tools, at = new Date()): Promise<void> {
	const before = (ms: number) => new Date(at.getTime() - ms).toISOString();
	for (const { id, uploadId } of await queries.tracksReplacedBefore(
		db,
		before(KEEP_REPLACED_MS),
		AT_ONCE
	)) {
		await tools.storage.remove(originalOf('track', id));
		await tools.storage.remove(folderOf('track', id));
		await removeBytes(tools, uploadId);
		await db.transaction().execute((step) => queries.removeTrack(step, id, uploadId));
	}
	await forgetUnneeded(db, tools.storage, AT_ONCE);
	for (const { id } of await queries.uploadsLeftBefore(db, before(KEEP_UNFINISHED_MS), AT_ONCE)) {
		await removeBytes(tools, id);
		await uploads.forget(db, id);
	}
	const week = before(KEEP_REPLACED_MS);
	await terms.forgetRemoved(db, tools.storage, week, AT_ONCE);
	await attachments.forgetRemoved(db, tools.storage, week, AT_ONCE);
}

async function removeBytes({ uploads }: Tools, uploadId: string): Promise<void> {
	await rm(uploads.pathOf(uploadId), { force: true });
	await uploads.forgetNotes(uploadId);
}
