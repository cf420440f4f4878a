import type { TakeInput, TakeState } from '#lib/domain/takes.ts';
import type { Database } from '../database/database.ts';

export async function addTake(
	db: Database,
	take: TakeInput & { lessonId: string; uploadId: string; createdAt: string }
): Promise<void> {
	await db
		.insertInto('take')
		.values({
			id: take.id,
			lesson_id: take.lessonId,
			upload_id: take.uploadId,
			start_ms: take.startMs,
			end_ms: take.endMs,
			align_ms: take.alignMs,
			trim_start_ms: take.trimStartMs,
			trim_end_ms: take.trimEndMs,
			state: 'arriving',
			created_at: take.createdAt
		})
		.execute();
}

const takesWithSize = (db: Database) =>
	db
		.selectFrom('take')
		.innerJoin('upload', 'upload.id', 'take.upload_id')
		.select([
			'take.id',
			'take.lesson_id as lessonId',
			'take.upload_id as uploadId',
			'take.start_ms as startMs',
			'take.end_ms as endMs',
			'take.align_ms as alignMs',
			'take.trim_start_ms as trimStartMs',
			'take.trim_end_ms as trimEndMs',
			'take.state',
			'take.failure_code as failureCode',
			'take.duration_ms as durationMs',
			'take.width',
			'take.height',
			'take.track_id as trackId',
			'take.replaced_at as replacedAt',
			'upload.size_bytes as sizeBytes'
		]);

export type TakeRow = Awaited<ReturnType<typeof takesOf>>[number];

/** In the order of the lesson; those that have all arrived, replaced ones left out. */
export async function takesOf(db: Database, lessonId: string) {
	const rows = await takesWithSize(db)
		.where('take.lesson_id', '=', lessonId)
		.where('take.replaced_at', 'is', null)
		.where('take.state', '<>', 'arriving')
		.orderBy('take.start_ms')
		.execute();
	return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
}

export async function receivedIds(db: Database, lessonId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('take')
		.where('lesson_id', '=', lessonId)
		.where('state', '<>', 'arriving')
		.select('id')
		.execute();
	return rows.map(({ id }) => id);
}

export const takeById = (db: Database, id: string) =>
	takesWithSize(db).where('take.id', '=', id).executeTakeFirst();

export const takeOfUpload = (db: Database, uploadId: string) =>
	takesWithSize(db).where('take.upload_id', '=', uploadId).executeTakeFirst();

/** One that has arrived stays. */
export async function removeArriving(db: Database, uploadId: string): Promise<void> {
	await db
		.deleteFrom('take')
		.where('upload_id', '=', uploadId)
		.where('state', '=', 'arriving')
		.execute();
}

export async function setState(
	db: Database,
	id: string,
	state: TakeState,
	values: {
		failure_code?: string;
		duration_ms?: number;
		width?: number;
		height?: number;
		trim_start_ms?: number;
		trim_end_ms?: number;
	} = {}
): Promise<void> {
	await db
		.updateTable('take')
		.set({ state, ...values })
		.where('id', '=', id)
		.execute();
}

export async function setReplaced(
	db: Database,
	ids: readonly string[],
	at: string | null
): Promise<void> {
	if (ids.length === 0) return;
	await db.updateTable('take').set({ replaced_at: at }).where('id', 'in', ids).execute();
}

export async function setTrack(
	db: Database,
	ids: readonly string[],
	trackId: string
): Promise<void> {
	await db.updateTable('take').set({ track_id: trackId }).where('id', 'in', ids).execute();
}

/** The sign track made of takes is made anew. */
export async function moveTakes(db: Database, from: string, to: string): Promise<void> {
	await db.updateTable('take').set({ track_id: to }).where('track_id', '=', from).execute();
}

/** Replaced ones that no joining still to be done is about to read. */
export const forgettable = (db: Database, lessonId: string) =>
	db
		.selectFrom('take')
		.leftJoin('track', (join) =>
			join
				.onRef('track.id', '=', 'take.track_id')
				.on('track.state', '=', 'waiting')
				.on('track.replaced_at', 'is', null)
		)
		.where('take.lesson_id', '=', lessonId)
		.where('take.replaced_at', 'is not', null)
		.where('take.state', '<>', 'waiting')
		.where('track.id', 'is', null)
		.select('take.id')
		.execute();

/** @returns whether it was still replaced, and is gone */
export async function removeReplaced(db: Database, id: string): Promise<boolean> {
	const result = await db
		.deleteFrom('take')
		.where('id', '=', id)
		.where('replaced_at', 'is not', null)
		.executeTakeFirst();
	return result.numDeletedRows === 1n;
}
