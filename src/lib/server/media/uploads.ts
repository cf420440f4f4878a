/** What is being sent for which lesson, by whom; and the moment when it has all arrived. */
import { type TrackKind, tracksOf } from '#lib/domain/lessons.ts';
import type { UploadInput } from '#lib/domain/courses.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import * as lessons from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import * as storageUse from './storage-use.ts';
import * as takes from './takes.ts';
import { PREPARE_TRACK } from './tracks.ts';
import * as queries from './uploads.queries.ts';

/**
 * Notes that a file is on its way.
 * @throws NotFound when the lesson is not this actor's to edit
 * @throws Invalid when this teaching mode has no such track, or a take lies outside of it
 */
export async function begin(
	db: Database,
	actor: Actor,
	id: string,
	input: UploadInput
): Promise<void> {
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await assertWanted(db, actor, input);
	await storageUse.assertRoom(db, lesson.courseId, input.sizeBytes);
	const { take, ...file } = input;
	if (take) await takes.assertFits(db, lesson, take);
	await db.transaction().execute(async (step) => {
		await queries.addUpload(step, { id, ...file, personId: actor.id, createdAt: now() });
		if (take) await takes.announce(step, lesson, id, take);
	});
}

/** @throws NotFound when it is not this actor's upload */
export async function forSending(db: Database, actor: Actor, id: string) {
	const upload = await queries.uploadById(db, id);
	if (!upload || actor.type !== 'person' || upload.personId !== actor.id) throw new NotFound();
	return upload;
}

/** @throws Invalid when, since it began, the lesson is taught in another way */
export async function assertWanted(
	db: Database,
	actor: Actor,
	upload: { lessonId: string; kind: TrackKind }
): Promise<lessons.EditableLesson> {
	const lesson = await lessons.forEditing(db, actor, upload.lessonId);
	if (!tracksOf(lesson.teachingMode).includes(upload.kind))
		throw new Invalid({ file: 'track_not_wanted' });
	return lesson;
}

/** The sender has taken it back; its bytes are gone already. */
export const forget = (db: Database, id: string): Promise<void> =>
	db.transaction().execute(async (step) => {
		await takes.forgetUnfinished(step, id);
		await queries.removeUnfinished(step, id);
	});

/**
 * This person's newest unfinished upload of each video, so that pages can offer to go on with it.
 * One begun before the video that is there now is of no more use. Takes are gone on with where they
 * were recorded: each has its own.
 */
export async function unfinishedBy(db: Database, by: PersonActor) {
	const uploads = await queries.unfinishedUploads(db, by.id);
	const isOfSame = (one: (typeof uploads)[number], other: (typeof uploads)[number]) =>
		one.takeId === other.takeId && one.lessonId === other.lessonId && one.kind === other.kind;
	return uploads.filter(
		(upload, index) => uploads.findIndex((other) => isOfSame(upload, other)) === index
	);
}

/** The same of one lesson, whole videos only. */
export async function unfinishedOf(db: Database, lessonId: string, by: PersonActor) {
	const all = await unfinishedBy(db, by);
	return all.filter((upload) => upload.lessonId === lessonId && upload.takeId === null);
}

/**
 * The last byte has arrived: the file becomes the lesson's track of its kind (in place of an
 * earlier one) and a job to prepare it, or a take and a job to look at it, in one transaction. Told
 * twice, it does it once. Trainees keep the video of their version.
 */
export async function receive(db: Database, id: string): Promise<void> {
	await db.transaction().execute(async (step) => {
		const upload = await queries.uploadById(step, id);
		if (!upload) throw new NotFound();
		const isFirst = await queries.finishUpload(step, id, now());
		if (!isFirst) return;
		if (await takes.receive(step, id)) return;
		// What stands in the sign track's place now has nothing to do with what was recorded.
		if (upload.kind === 'sign') await takes.retire(step, upload.lessonId);
		await queries.replaceTracks(step, upload.lessonId, upload.kind, now());
		const trackId = newId();
		await queries.addTrack(step, {
			id: trackId,
			lessonId: upload.lessonId,
			kind: upload.kind,
			uploadId: id,
			fileName: upload.fileName,
			sizeBytes: upload.sizeBytes,
			createdBy: upload.personId,
			createdAt: now()
		});
		await enqueue(step, PREPARE_TRACK, { trackId }, false, upload.personId);
	});
}
