/** A course stands here a second time. */
import type { Actor } from '../access/actor.ts';
import { mayCreateCourse } from '../access/policy.ts';
import * as courses from '../courses/courses.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { NotAllowed } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import { PREPARE_CLIP } from '../media/glossary.ts';
import { attachmentOf, folderOf, originalOf, takeOf } from '../media/places.ts';
import { PREPARE_TRACK } from '../media/tracks.ts';
import { Missing } from '../storage/key.ts';
import type { Storage } from '../storage/storage.ts';
import { type Content, contentOf, type Film } from './content.ts';
import { addRows, type NewRows } from './content.queries.ts';
import { keepComposites, keepPrepared } from './prepared-rows.ts';
import { type NewCourse, rowsOf } from './rows.ts';

/**
 * Makes a second course of a course: all that stands in it, as drafts of whoever asks. Films are
 * not prepared anew, and on a disk take no room twice.
 * @param wish.id made beforehand by whoever may ask twice
 * @returns the new course's id
 */
export async function duplicate(
	db: Database,
	storage: Storage,
	actor: Actor,
	course: courses.EditableCourse,
	{ title, id = newId() }: { title: string; id?: string }
): Promise<string> {
	if (actor.type !== 'person' || !mayCreateCourse(actor)) throw new NotAllowed();
	const content = await contentOf(db, storage, course);
	const copied: string[] = [];
	const copy: Copy = async (from, to) => {
		await storage.copy(from, to);
		copied.push(to);
	};
	try {
		const rows = secondRows(content, { id, title, ownerId: actor.id, at: now() });
		await copyFiles(content, rows, storage, copy);
		await db.transaction().execute(async (step) => {
			await addRows(step, rows.rows);
			await enqueueMissing(step, rows.rows);
		});
	} catch (error) {
		for (const key of copied) await storage.remove(key);
		if (!isUniqueViolation(error)) {
			await storage.remove(`covers/${id}`);
			throw error;
		}
		await courses.forEditing(db, actor, id); // made by the first press, whose cover it is
	}
	return id;
}

type Copy = (from: string, to: string) => Promise<void>;
type Second = {
	rows: NewRows;
	films: (Film & { newId: string })[];
	/** Ids of videos made of both, new and old. */
	composites: { id: string; oldId: string }[];
};

function secondRows(
	{ document, sources, rows: old }: Content,
	made: Pick<NewCourse, 'id' | 'title' | 'ownerId' | 'at'>
): Second {
	const films = new Map<string, Film & { newId: string }>();
	for (const { path, film } of sources) if (film) films.set(path, { ...film, newId: newId() });
	const texts = new Map(
		sources.flatMap((one) =>
			'text' in one ? [[one.path, { webvtt: one.text, cueCount: one.cueCount }] as const] : []
		)
	);
	const cover = document.course.cover && old.course.cover_key;
	const rows = rowsOf(document, {
		...made,
		// By its content, so that a second press finds the same.
		coverKey: cover && `covers/${made.id}/${cover.split('/').at(-1)}`,
		filmId: (path) => films.get(path)?.newId ?? newId(),
		captionsOf: (path) => texts.get(path) ?? { webvtt: '', cueCount: 0 }
	});
	const all = [...films.values()];
	const newIds = new Map(all.map((film) => [film.id, film.newId]));
	keepPrepared(rows, old, newIds);
	return { rows, films: all, composites: keepComposites(rows, old) };
}

async function copyFiles(
	content: Content,
	{ rows, films, composites }: Second,
	storage: Storage,
	copy: Copy
): Promise<void> {
	const [from, to] = [content.rows.course.cover_key, rows.course[0]?.cover_key];
	// Of a second press too: it is not to be taken away with the films of that.
	if (from && to) await storage.copy(from, to);
	for (const film of films) {
		const { id, newId } = film;
		if (film.kind === 'attachment')
			await copy(attachmentOf(id, film.ending), attachmentOf(newId, film.ending));
		else if (film.kind === 'take') await copy(takeOf(id), takeOf(newId));
		else {
			await copy(originalOf(film.kind, id), originalOf(film.kind, newId));
			await copyIfThere(folderOf(film.kind, id), folderOf(film.kind, newId), copy);
		}
	}
	for (const { id, oldId } of composites)
		await copyIfThere(folderOf('composite', oldId), folderOf('composite', id), copy);
}

/** What is still to be prepared has no files yet. */
const copyIfThere = (from: string, to: string, copy: Copy): Promise<void> =>
	copy(from, to).catch((error: unknown) => {
		if (!(error instanceof Missing)) throw error;
	});

async function enqueueMissing(db: Database, rows: NewRows): Promise<void> {
	for (const { id, state } of rows.track)
		if (state === 'waiting') await enqueue(db, PREPARE_TRACK, { trackId: id });
	for (const { clip_id, clip_state } of rows.glossary_term)
		if (clip_state === 'waiting') await enqueue(db, PREPARE_CLIP, { clipId: clip_id });
}
