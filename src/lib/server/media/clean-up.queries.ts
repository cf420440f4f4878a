import type { Database } from '../database/database.ts';
import { isOfVersionInUse } from './versions-in-use.queries.ts';

export async function tracksReplacedBefore(db: Database, at: string, limit: number) {
	return await db
		.selectFrom('track')
		.where('replaced_at', '<', at)
		.where((eb) => eb.not(isOfVersionInUse(eb)))
		.select(['id', 'upload_id as uploadId'])
		.limit(limit)
		.execute();
}

/** A step whose picture came from it gets another one when there is another video. */
export async function removeTrack(db: Database, id: string, uploadId: string): Promise<void> {
	await db
		.updateTable('lesson_step')
		.set({ picture_track_id: null })
		.where('picture_track_id', '=', id)
		.execute();
	await db.updateTable('take').set({ track_id: null }).where('track_id', '=', id).execute();
	await db.deleteFrom('track').where('id', '=', id).execute();
	await db.deleteFrom('upload').where('id', '=', uploadId).execute();
}

export const uploadsLeftBefore = (db: Database, at: string, limit: number) =>
	db
		.selectFrom('upload')
		.where('finished_at', 'is', null)
		.where('created_at', '<', at)
		.select('id')
		.limit(limit)
		.execute();
