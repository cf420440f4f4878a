/** Pictures and films on their way: by the tus protocol, or pictures by a plain form. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { attachmentKindOf } from '#lib/domain/attachments.ts';
import { MAX_PHOTO_BYTES, MAX_WORKS, type WorkKind, WorkMetadata } from '#lib/domain/handing-in.ts';
import type { Actor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { read } from '../input.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Receiver } from '../media/tus-uploads.ts';
import { pictureOf } from '../pictures.ts';
import type { Storage } from '../storage/storage.ts';
import { forAppealing } from './appeals.ts';
import { forAssessing } from './assessing.ts';
import { PREPARE_FILM } from './films.ts';
import { folderOf, photoOf } from './places.ts';
import { draftOf, forOwner, type OwnSubmission } from './submissions.ts';
import * as queries from './works.queries.ts';

export const WORKS_PATH = '/works';
/** Of the longer side: more than any screen shows. */
const MAX_SIDE = 2560;

/**
 * What happens to the bytes of a picture or film on their way (see tus-uploads.ts). A picture is
 * made anew as soon as it is here, a film by a job.
 * @param folder where the bytes lie until then
 */
export const workReceiver = (storage: Storage, folder: string): Receiver => ({
	async create(db, actor, { id, size, metadata }) {
		const { of, kind, sizeBytes } = read(WorkMetadata, {
			...{ of: metadata.of, kind: metadata.kind, sizeBytes: size }
		});
		await announce(db, actor, { id, of, kind, sizeBytes });
	},
	async forSending(db, actor, id) {
		const { sizeBytes, state } = await ownWork(db, actor, id);
		return { sizeBytes, isFinished: state !== 'arriving' };
	},
	/** Somebody who has sent the rest of it meanwhile, or answered, wants no more of this. */
	async assertWanted(db, actor, id) {
		const { kind, submissionId } = await ownWork(db, actor, id);
		if (kind === 'answer') return void (await forAnswering(db, actor, submissionId));
		const { state } = await forOwner(db, actor, submissionId);
		if (state !== 'draft') throw new Invalid({ file: 'step_not_possible' });
	},
	/** The last byte has arrived. Told twice, it does it once. */
	async receive(db, id) {
		const work = await queries.workById(db, id);
		if (work?.kind === 'photo' && work.state === 'arriving')
			return await receivePhoto(db, storage, id, join(folder, id));
		await db.transaction().execute(async (step) => {
			if (await queries.setWaiting(step, id))
				await enqueue(step, PREPARE_FILM, { workId: id }, false, work?.personId ?? null);
		});
	},
	forget: (db, id) => queries.removeWork(db, id)
});

/**
 * What an answer is about: for those who assess it, and for whom it is about where she appeals.
 * Nobody is both.
 */
const forAnswering = (db: Database, actor: Actor, submissionId: string) =>
	forAssessing(db, actor, submissionId).catch((error: unknown) => {
		if (error instanceof NotFound) return forAppealing(db, actor, submissionId);
		throw error;
	});

async function ownWork(db: Database, actor: Actor, id: string) {
	const work = await queries.workById(db, id);
	if (!work || actor.type !== 'person' || work.personId !== actor.id) throw new NotFound();
	return work;
}

type Announced = { id: string; of: string; kind: WorkKind; sizeBytes: number };

async function announce(db: Database, actor: Actor, { of, ...work }: Announced): Promise<void> {
	if (actor.type !== 'person') throw new NotFound();
	const { id: submissionId } =
		work.kind === 'answer' ? await forAnswering(db, actor, of) : await draftOf(db, actor, of);
	await db.transaction().execute(async (step) => {
		await assertOneMore(step, { submissionId, personId: actor.id, kind: work.kind });
		await queries.addArriving(step, { ...work, submissionId, personId: actor.id, at: now() });
	});
}

type Place = { submissionId: string; personId: string; kind: WorkKind };

/** An answer that was given stays with its answer; only those not given yet are counted. */
async function assertOneMore(db: Database, { submissionId, personId, kind }: Place): Promise<void> {
	const works = await queries.worksOf(db, submissionId);
	const given = kind === 'answer' ? await queries.answersGiven(db, submissionId) : new Set();
	const like = works.filter(
		(work) => work.kind === kind && work.personId === personId && !given.has(work.id)
	);
	if (like.length < MAX_WORKS[kind]) return;
	throw new Invalid({ file: { code: 'works_many', values: { limit: MAX_WORKS[kind] } } });
}

async function receivePhoto(db: Database, storage: Storage, id: string, path: string) {
	try {
		const made = await cleaned(await readFile(path));
		await storage.put(photoOf(id), made.bytes);
		const { width, height, size_bytes } = made;
		if (!(await queries.setReady(db, id, { width, height, size_bytes })))
			await storage.remove(folderOf(id));
	} catch (error) {
		if (!(error instanceof Invalid)) throw error;
		await queries.setFailed(db, id, error.problems.file?.code ?? 'photo_odd');
	}
	await rm(path, { force: true });
	await rm(`${path}.json`, { force: true });
}

/** Upright, not larger than a screen, and rid of all else in its file (the place it was taken at). */
async function cleaned(bytes: Uint8Array) {
	const kind = attachmentKindOf(bytes);
	if (kind === undefined || kind === 'pdf') throw new Invalid({ file: 'photo_odd' });
	const made = await pictureOf(bytes)
		.rotate()
		.resize({
			...{ width: MAX_SIDE, height: MAX_SIDE },
			...{ fit: 'inside', withoutEnlargement: true }
		})
		.flatten({ background: '#ffffff' })
		.jpeg({ quality: 82 })
		.toBuffer({ resolveWithObject: true })
		.catch(() => {
			throw new Invalid({ file: 'photo_damaged' });
		});
	const { width, height, size } = made.info;
	return { bytes: made.data, width, height, size_bytes: size };
}

/**
 * Takes a picture from a plain form, all of it or nothing.
 * @throws NotFound, Conflict as `draftOf`
 * @throws Invalid when it is no picture, damaged, or one too many
 */
export async function addPhoto(
	db: Database,
	storage: Storage,
	actor: Actor,
	lessonId: string,
	bytes: Uint8Array
): Promise<OwnSubmission> {
	if (actor.type !== 'person') throw new NotFound();
	if (bytes.length > MAX_PHOTO_BYTES) throw new Invalid({ photos: 'photo_too_large' });
	const draft = await draftOf(db, actor, lessonId);
	const { width, height, size_bytes, ...made } = await cleaned(bytes);
	const place = { submissionId: draft.id, personId: actor.id, kind: 'photo' } as const;
	const id = newId();
	await storage.put(photoOf(id), made.bytes);
	try {
		await db.transaction().execute(async (step) => {
			await assertOneMore(step, place);
			await queries.addArriving(step, { id, ...place, sizeBytes: size_bytes, at: now() });
			await queries.setReady(step, id, { width, height, size_bytes });
		});
	} catch (error) {
		await storage.remove(folderOf(id));
		throw error;
	}
	return draft;
}
