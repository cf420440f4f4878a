/** The words of a course's trade, each with a short clip of its sign. */
import type { Readable } from 'node:stream';
import * as v from 'valibot';
import { type TermInput, wordsIn } from '#lib/domain/glossary.ts';
import type { EditableCourse } from '../courses/courses.ts';
import type { Database } from '../database/database.ts';
import { faultOf } from '../disk-full.ts';
import { NotFound } from '../errors.ts';
import { newId } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Storage } from '../storage/storage.ts';
import { clipPlanFor } from '../transcoding/plan.ts';
import type { Transcoder } from '../transcoding/transcoder.ts';
import { Unusable } from '../transcoding/unusable.ts';
import { digestOf } from './digest.ts';
import * as queries from './glossary.queries.ts';
import { addressOf, filesOf, folderOf, originalOf } from './places.ts';

/** The job that makes a sign's clip playable. */
export const PREPARE_CLIP = 'prepare-clip';
const PrepareClip = v.object({ clipId: v.string() });

type Tools = { storage: Storage; transcoder: Transcoder };

/**
 * Replaces the course's words as a whole; one with a known id keeps its clip. The clips of words
 * that are gone are removed.
 */
export async function put(
	db: Database,
	storage: Storage,
	course: EditableCourse,
	terms: readonly TermInput[]
): Promise<void> {
	const gone = await db.transaction().execute(async (step) => {
		const before = await queries.termRows(step, course.id);
		const rows = terms.map((input, position) => {
			const known = before.find(({ id }) => id === input.id);
			return rowOf(course.id, position, input, known);
		});
		await queries.replaceTerms(step, course.id, rows);
		return before.filter(({ id }) => !rows.some((row) => row.id === id));
	});
	for (const { clip_id } of gone) if (clip_id !== null) await removeClip(storage, clip_id);
}

const rowOf = (
	courseId: string,
	position: number,
	input: TermInput,
	known: queries.TermRow | undefined
): queries.TermRow => ({
	id: known?.id ?? newId(),
	course_id: courseId,
	position,
	term: input.term,
	variants: JSON.stringify(input.variants),
	explanation: input.explanation,
	clip_id: known?.clip_id ?? null,
	clip_state: known?.clip_state ?? null,
	clip_failure_code: known?.clip_failure_code ?? null,
	clip_digest: known?.clip_digest ?? null,
	clip_width: known?.clip_width ?? null,
	clip_height: known?.clip_height ?? null,
	clip_bytes: known?.clip_bytes ?? null
});

/** The words of a course, as its instructors see them. */
export async function list(db: Database, course: EditableCourse) {
	const rows = await queries.termRows(db, course.id);
	return rows.map((row) => ({
		id: row.id,
		...asGiven(row),
		...clipOf(row),
		clipState: row.clip_state ?? undefined,
		clipFailureCode: row.clip_failure_code ?? undefined
	}));
}

/**
 * Takes a film of the word's sign, in place of an earlier one, and has it made playable. It is not
 * looked at before; `clips.ts` does that.
 * @throws NotFound when the course has no such word
 */
export async function setClip(
	db: Database,
	storage: Storage,
	course: EditableCourse,
	termId: string,
	film: Readable | Uint8Array
): Promise<void> {
	const term = await termOf(db, course, termId);
	const clipId = newId();
	await storage.put(originalOf('clip', clipId), film);
	await useClip(db, storage, term, clipId);
}

/** @throws NotFound when the course has no such word */
export async function termOf(
	db: Database,
	course: EditableCourse,
	termId: string
): Promise<queries.TermRow> {
	const term = (await queries.termRows(db, course.id)).find(({ id }) => id === termId);
	if (!term) throw new NotFound();
	return term;
}

/** A film that lies in storage becomes the word's, and the earlier one goes. */
export async function useClip(
	db: Database,
	storage: Storage,
	term: queries.TermRow,
	clipId: string
): Promise<void> {
	const { sizeBytes = null } = (await storage.stat(originalOf('clip', clipId))) ?? {};
	await db.transaction().execute(async (step) => {
		if (!(await queries.setClip(step, term.id, clipId, sizeBytes))) throw new NotFound();
		await enqueue(step, PREPARE_CLIP, { clipId });
	});
	if (term.clip_id !== null && term.clip_id !== clipId) await removeClip(storage, term.clip_id);
}

/** Removes its film and what was made of it. */
export async function removeClip(storage: Storage, clipId: string): Promise<void> {
	await storage.remove(originalOf('clip', clipId));
	await storage.remove(folderOf('clip', clipId));
}

/** The job's handler; as with tracks, a film that cannot be used is said so, not tried again. */
export async function prepareClip(
	db: Database,
	{ storage, transcoder }: Tools,
	payload: unknown,
	signal: AbortSignal
): Promise<void> {
	const { clipId } = v.parse(PrepareClip, payload);
	const clip = await queries.clipState(db, clipId);
	if (!clip || clip.state === 'ready') return;
	const source = originalOf('clip', clipId);
	try {
		const plan = clipPlanFor(await transcoder.probe(source));
		const digest = await digestOf(storage, source, JSON.stringify(plan));
		const size = await transcoder.clip(source, plan, filesOf('clip', clipId, digest), signal);
		await queries.setClipReady(db, clipId, { digest, ...size });
	} catch (error) {
		if (!(error instanceof Unusable)) throw error;
		await queries.setClipFailed(db, clipId, error.code);
	}
}

/** When every try has failed for reasons of ours. */
export const giveUpClip = (db: Database, payload: unknown, error: unknown): Promise<void> =>
	queries.setClipFailed(db, v.parse(PrepareClip, payload).clipId, faultOf(error));

/** The words of a course as the player takes them; those alone that stand in one of these texts. */
export async function wordsFor(db: Database, courseId: string, texts: Promise<readonly string[]>) {
	const [rows, written] = await Promise.all([queries.termRows(db, courseId), texts]);
	const isIn = wordsIn(written);
	return rows
		.map((row) => ({ ...asGiven(row), ...clipOf(row) }))
		.filter(({ term, variants }) => [term, ...variants].some(isIn));
}

const asGiven = ({ term, variants, explanation }: queries.TermRow) => ({
	term,
	variants: JSON.parse(variants) as string[],
	...(explanation !== '' && { explanation })
});

function clipOf(row: queries.TermRow) {
	const { clip_id: id, clip_digest: digest, clip_width: width, clip_height: height } = row;
	const isReady = row.clip_state === 'ready';
	if (!isReady || id === null || digest === null || width === null || height === null) return {};
	const base = addressOf(id, digest);
	return { clip: { src: `${base}/clip.mp4`, poster: `${base}/poster.jpg`, width, height } };
}
