import type { TrackKind, TrackState } from '#lib/domain/lessons.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import type { Flag } from '../database/tables.ts';

export async function currentTracks(db: Database, lessonId: string) {
	const rows = await db
		.selectFrom('track')
		.where('lesson_id', '=', lessonId)
		.where('replaced_at', 'is', null)
		.select([
			'id',
			'kind',
			'file_name as fileName',
			'state',
			'progress_permille as progressPermille',
			'failure_code as failureCode',
			'digest',
			'duration_ms as durationMs',
			'width',
			'height',
			'has_sound as hasSound'
		])
		.execute();
	return rows.map((row) => ({ ...row, hasSound: row.hasSound === 1 }));
}

export const trackById = (db: Database, id: string) =>
	db
		.selectFrom('track')
		.where('id', '=', id)
		.select([
			'kind',
			'state',
			'lesson_id as lessonId',
			'upload_id as uploadId',
			'early_digest as earlyDigest',
			'replaced_at as replacedAt'
		])
		.executeTakeFirst();

export const tracksBeingMade = (db: Database, lessonId: string) =>
	db
		.selectFrom('track')
		.where('lesson_id', '=', lessonId)
		.where('replaced_at', 'is', null)
		.where('state', 'in', ['waiting', 'preparing'])
		.select(['id', 'kind', 'early_digest as earlyDigest'])
		.execute();

const setState = async (
	db: Database,
	id: string,
	state: TrackState,
	values: Record<string, string | number | null>
): Promise<void> => {
	await db
		.updateTable('track')
		.set({ state, ...values })
		.where('id', '=', id)
		.execute();
};

export const setPreparing = (db: Database, id: string) =>
	setState(db, id, 'preparing', { progress_permille: 0, failure_code: null });

export const setBegun = async (db: Database, id: string, earlyDigest: string): Promise<void> => {
	await db.updateTable('track').set({ early_digest: earlyDigest }).where('id', '=', id).execute();
};

export const setFailed = (db: Database, id: string, code: string) =>
	setState(db, id, 'failed', { failure_code: code });

export const setReady = (
	db: Database,
	id: string,
	measured: {
		digest: string;
		duration_ms: number;
		width: number;
		height: number;
		has_sound: Flag;
		frame_rate_millihertz: number;
		prepared_bytes: number;
	}
) => setState(db, id, 'ready', { ...measured, progress_permille: 1000, failure_code: null });

/** @returns whether the track is still wanted */
export async function setProgress(db: Database, id: string, permille: number): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('track')
		.set({ progress_permille: permille })
		.where('id', '=', id)
		.where('state', '=', 'preparing')
		.where('replaced_at', 'is', null)
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}

export type StreamingFacts = {
	kind: TrackKind;
	digest: string | null;
	instructorId: string | null;
	enrolmentId: string | null;
	publicationId: string | null;
};

// Asked for every segment: prepared once, one row whatever the person's roles are.
const streamingRows = prepared<StreamingFacts, 'trackId' | 'personId'>(
	['trackId', 'personId'],
	(db, value) =>
		db
			.selectFrom('track')
			.innerJoin('lesson', 'lesson.id', 'track.lesson_id')
			.where('track.id', '=', value('trackId'))
			.select((eb) => [
				'track.kind as kind',
				'track.digest as digest',
				eb
					.selectFrom('course_instructor')
					.whereRef('course_instructor.course_id', '=', 'lesson.course_id')
					.where('course_instructor.person_id', '=', value('personId'))
					.select('course_instructor.person_id')
					.as('instructorId'),
				eb
					.selectFrom('enrolment')
					.innerJoin('class', 'class.id', 'enrolment.class_id')
					.whereRef('class.course_id', '=', 'lesson.course_id')
					.where('enrolment.person_id', '=', value('personId'))
					.select(({ fn }) => fn.min('enrolment.id').as('id'))
					.as('enrolmentId'),
				// The draft's videos are not for trainees, nor are those of somebody who took his consent back.
				eb
					.selectFrom('lesson_publication')
					.innerJoin('lesson_version', 'lesson_version.lesson_id', 'lesson_publication.lesson_id')
					.whereRef('lesson_publication.lesson_id', '=', 'lesson.id')
					.where('lesson_publication.withdrawn_at', 'is', null)
					.where('lesson_version.withheld_at', 'is', null)
					.where((of) =>
						of.or([
							of('lesson_version.demonstration_id', '=', of.ref('track.id')),
							of('lesson_version.sign_id', '=', of.ref('track.id'))
						])
					)
					.select(({ fn }) => fn.min('lesson_publication.id').as('id'))
					.as('publicationId')
			])
);

export async function streamingFacts(
	db: Database,
	values: { trackId: string; personId: string }
): Promise<StreamingFacts | undefined> {
	return (await streamingRows(db, values))[0];
}
