/** One word of a course's glossary at a time: added, changed, moved, taken out and put back. */
import { hasTwice, MAX_TERMS, type TermFormInput } from '#lib/domain/glossary.ts';
import type { EditableCourse } from '../courses/courses.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Storage } from '../storage/storage.ts';
import { PREPARE_CLIP, removeClip, termOf } from './glossary.ts';
import * as queries from './glossary.queries.ts';

const variantsOf = ({ variants }: queries.TermRow) => JSON.parse(variants) as string[];
const written = ({ term, variants, explanation }: TermFormInput) => ({
	term,
	variants: JSON.stringify(variants),
	explanation
});

/** @throws Invalid when this word, or another way of writing it, stands with another already */
function assertOnce(rows: readonly queries.TermRow[], input: TermFormInput): void {
	const others = rows.map((row) => ({ term: row.term, variants: variantsOf(row) }));
	for (const other of others)
		if (hasTwice([other, input]))
			throw new Invalid({ term: { code: 'term_there', values: { term: other.term } } });
	if (hasTwice([input])) throw new Invalid({ variants: 'term_twice' });
}

/**
 * Adds a word at the end.
 * @param id made beforehand: a form that is sent twice adds one word
 * @throws Invalid when it is there already, or there are `MAX_TERMS`
 */
export async function add(
	db: Database,
	course: EditableCourse,
	id: string,
	input: TermFormInput
): Promise<void> {
	try {
		await db.transaction().execute(async (step) => {
			const rows = await queries.termRows(step, course.id);
			if (rows.some((row) => row.id === id)) return;
			if (rows.length >= MAX_TERMS)
				throw new Invalid({ term: { code: 'too_many_entries', values: { limit: MAX_TERMS } } });
			assertOnce(rows, input);
			await queries.addTerm(step, {
				...{ id, course_id: course.id, position: (rows.at(-1)?.position ?? -1) + 1 },
				...written(input),
				...{ clip_id: null, clip_state: null, clip_failure_code: null, clip_digest: null },
				...{ clip_width: null, clip_height: null, clip_bytes: null }
			});
		});
	} catch (error) {
		// Somebody was faster with the very same word.
		if (isUniqueViolation(error)) throw new Invalid({ term: 'term_twice' });
		throw error;
	}
}

/**
 * Changes how a word is written and explained; its clip stays.
 * @returns how it was before
 * @throws NotFound when the course has no such word
 * @throws Invalid when it would stand there twice
 */
export function change(
	db: Database,
	course: EditableCourse,
	id: string,
	input: TermFormInput
): Promise<TermFormInput> {
	return db.transaction().execute(async (step) => {
		const before = await termOf(step, course, id);
		const rows = await queries.termRows(step, course.id);
		assertOnce(
			rows.filter((row) => row.id !== id),
			input
		);
		await queries.changeTerm(step, course.id, id, written(input));
		const { term, explanation } = before;
		return { term, explanation, variants: variantsOf(before) };
	});
}

/**
 * Moves a word one place up or down; at the edge nothing happens.
 * @returns the word
 * @throws NotFound when the course has no such word
 */
export function move(
	db: Database,
	course: EditableCourse,
	id: string,
	direction: 'up' | 'down'
): Promise<string> {
	return db.transaction().execute(async (step) => {
		const { term } = await termOf(step, course, id);
		const ids = (await queries.termRows(step, course.id)).map((row) => row.id);
		const from = ids.indexOf(id);
		const to = direction === 'up' ? from - 1 : from + 1;
		if (to >= 0 && to < ids.length)
			await queries.placeTerms(step, ids.toSpliced(from, 1).toSpliced(to, 0, id));
		return term;
	});
}

/**
 * Takes a word out; for a week it can be put back with its clip.
 * @returns the word
 * @throws NotFound when the course has no such word
 */
export function remove(db: Database, course: EditableCourse, id: string): Promise<string> {
	return db.transaction().execute(async (step) => {
		const row = await termOf(step, course, id);
		await queries.putAside(step, row, now());
		return row.term;
	});
}

/**
 * Puts a word back where it stood. A clip that was not ready yet is gone on with.
 * @returns the word
 * @throws NotFound when it is not among those taken out
 * @throws Invalid when the word has been added anew meanwhile
 */
export function putBack(db: Database, course: EditableCourse, id: string): Promise<string> {
	return db.transaction().execute(async (step) => {
		const row = await queries.takeBack(step, course.id, id);
		if (!row) throw new NotFound();
		const rows = await queries.termRows(step, course.id);
		const { term, explanation } = row;
		assertOnce(rows, { term, explanation, variants: variantsOf(row) });
		await queries.addTerm(step, row);
		// Others may have taken its place: it stands before them again.
		const at = rows.findIndex(({ position }) => position >= row.position);
		const ids = rows.map((one) => one.id);
		await queries.placeTerms(step, ids.toSpliced(at < 0 ? ids.length : at, 0, id));
		const isUnderWay = row.clip_state === 'waiting' || row.clip_state === 'preparing';
		if (row.clip_id !== null && isUnderWay)
			await enqueue(step, PREPARE_CLIP, { clipId: row.clip_id });
		return term;
	});
}

/** Forgets words taken out before `at`, with their clips; `limit` of them at once. */
export async function forgetRemoved(
	db: Database,
	storage: Storage,
	at: string,
	limit: number
): Promise<void> {
	for (const { id, clipId } of await queries.removedBefore(db, at, limit)) {
		if (clipId !== null) await removeClip(storage, clipId);
		await queries.forgetRemoved(db, id);
	}
}
