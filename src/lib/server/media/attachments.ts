/** Files that go along with a lesson. What trainees see of them is the version's (decision 0020). */
import {
	type AttachmentKind,
	attachmentKindOf,
	attachmentName,
	ENDINGS,
	MAX_ATTACHMENTS,
	type Purpose
} from '#lib/domain/attachments.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { mayWatchLesson } from '../access/policy.ts';
import { instructorIdsOf } from '../courses/courses.ts';
import * as lessons from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { pictureOf } from '../pictures.ts';
import type { Storage } from '../storage/storage.ts';
import * as queries from './attachments.queries.ts';
import { attachmentOf } from './places.ts';
import { assertRoom } from './storage-use.ts';

/** Of the longer side: more than any screen or sheet of paper shows. */
const MAX_PICTURE_SIDE = 2560;
/** It stands beside a sentence, on a phone mostly. */
const MAX_EXAMPLE_SIDE = 1280;

/** The draft's, in their order. */
export const ofLesson = (db: Database, lesson: lessons.EditableLesson) =>
	queries.attachmentsOf(db, lesson.id);

/**
 * Takes a file, by what is in it and not by its name. A picture is made anew: turned upright, and
 * rid of all else in its file (the place it was taken at).
 * @returns its id, and what it is called now
 * @throws Invalid when it is none of the kinds, damaged, one too many, or the course is full
 */
export async function add(
	db: Database,
	storage: Storage,
	lesson: lessons.EditableLesson,
	by: PersonActor,
	{ fileName, bytes }: { fileName: string; bytes: Uint8Array }
): Promise<{ id: string; name: string }> {
	const kind = attachmentKindOf(bytes);
	if (!kind) throw new Invalid({ file: 'attachment_odd' });
	const content = await contentOf(bytes, kind);
	const file = { name: attachmentName(fileName, kind), kind, content, purpose: 'file' } as const;
	const id = await keep(db, storage, lesson, by, file, (step) => assertOneMore(step, lesson));
	return { id, name: file.name };
}

/**
 * Takes a picture that shows a level of the practice task. Until a task is saved that has it, it is
 * one that was taken out: what is sent with a form that is refused leaves by itself.
 * @returns its id
 * @throws Invalid when it is no picture, damaged, or the course is full
 */
export async function addExample(
	db: Database,
	storage: Storage,
	lesson: lessons.EditableLesson,
	by: PersonActor,
	{ fileName, bytes }: { fileName: string; bytes: Uint8Array }
): Promise<string> {
	const kind = attachmentKindOf(bytes);
	if (!kind || kind === 'pdf') throw new Invalid({ file: 'example_odd' });
	const content = await cleaned(bytes, kind, MAX_EXAMPLE_SIDE);
	const name = attachmentName(fileName, kind);
	const file = { name, kind, content, purpose: 'example', removed_at: now() } as const;
	return keep(db, storage, lesson, by, file);
}

type Kept = {
	name: string;
	kind: AttachmentKind;
	content: Uint8Array;
	purpose: Purpose;
	removed_at?: string;
};

async function keep(
	db: Database,
	storage: Storage,
	lesson: lessons.EditableLesson,
	by: PersonActor,
	{ kind, content, ...rest }: Kept,
	assertMay?: (step: Database) => Promise<void>
): Promise<string> {
	await assertRoom(db, lesson.courseId, content.length);
	const id = newId();
	const key = attachmentOf(id, ENDINGS[kind]);
	await storage.put(key, content);
	try {
		await db.transaction().execute(async (step) => {
			await assertMay?.(step);
			await queries.addAttachment(step, {
				...{ id, lesson_id: lesson.id, kind, size_bytes: content.length, ...rest },
				...{ added_by: by.id, added_at: now() }
			});
		});
	} catch (error) {
		await storage.remove(key);
		throw error;
	}
	return id;
}

/**
 * What is kept of a document: a PDF as it is, a picture made anew.
 * @throws Invalid when it is damaged
 */
export const contentOf = async (bytes: Uint8Array, kind: AttachmentKind): Promise<Uint8Array> =>
	kind === 'pdf' ? bytes : cleaned(bytes, kind, MAX_PICTURE_SIDE);

async function cleaned(
	bytes: Uint8Array,
	kind: Exclude<AttachmentKind, 'pdf'>,
	side: number
): Promise<Buffer> {
	return pictureOf(bytes)
		.rotate()
		.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
		.toFormat(kind, kind === 'png' ? {} : { quality: 82 })
		.toBuffer()
		.catch(() => {
			throw new Invalid({ file: 'attachment_damaged' });
		});
}

/**
 * Whether bytes are exactly what `add` would have kept, as another installation kept them: making a
 * picture anew would blur it a little more each time.
 */
export async function isAsKept(bytes: Uint8Array, kind: AttachmentKind): Promise<boolean> {
	if (attachmentKindOf(bytes) !== kind) return false;
	if (kind === 'pdf') return true;
	try {
		const { format, exif, xmp, iptc } = await pictureOf(bytes).metadata();
		// The header may promise a picture that is not there.
		await pictureOf(bytes).stats();
		return format === kind && !exif && !xmp && !iptc;
	} catch {
		return false;
	}
}

async function assertOneMore(db: Database, lesson: lessons.EditableLesson): Promise<void> {
	if ((await queries.attachmentsOf(db, lesson.id)).length < MAX_ATTACHMENTS) return;
	throw new Invalid({ file: { code: 'attachments_many', values: { limit: MAX_ATTACHMENTS } } });
}

/**
 * Takes it out of the draft. It stays on the disk for a week, and while a version has it.
 * @returns what it is called
 * @throws NotFound when the draft does not have it
 */
export async function remove(
	db: Database,
	lesson: lessons.EditableLesson,
	id: string
): Promise<string> {
	const found = await queries.attachmentById(db, lesson.id, id);
	if (!found || !(await queries.setRemoved(db, lesson.id, id, now()))) throw new NotFound();
	return found.name;
}

/** Puts it into the draft again. @throws NotFound when it is there, or gone for good */
export const takeBack = (
	db: Database,
	lesson: lessons.EditableLesson,
	id: string
): Promise<string> =>
	db.transaction().execute(async (step) => {
		await assertOneMore(step, lesson);
		const found = await queries.attachmentById(step, lesson.id, id);
		if (!found || !(await queries.setRemoved(step, lesson.id, id, null))) throw new NotFound();
		return found.name;
	});

/** The draft gets the files of a version, whatever it has. Call it in a transaction. */
export async function putBack(
	db: Database,
	lesson: lessons.EditableLesson,
	wanted: readonly { id: string }[]
): Promise<void> {
	const ids = new Set(wanted.map(({ id }) => id));
	const there = await queries.attachmentsOf(db, lesson.id);
	for (const { id } of there)
		if (!ids.delete(id)) await queries.setRemoved(db, lesson.id, id, now());
	for (const id of ids)
		if (!(await queries.setRemoved(db, lesson.id, id, null))) throw new NotFound();
}

/**
 * Where it lies and what it is called, for whoever may watch the lesson. Trainees get those of any
 * version that may be seen, as with videos; the draft's are for those who make, review and run it.
 * @throws NotFound otherwise
 */
export async function forFetching(
	db: Database,
	actor: Actor,
	lessonId: string,
	id: string
): Promise<{ key: string; name: string }> {
	const { courseId, isEnrolled, isPublished } = await lessons.forWatching(db, actor, lessonId);
	const [found, instructorIds, isOfVersion] = await Promise.all([
		queries.attachmentById(db, lessonId, id),
		instructorIdsOf(db, courseId),
		queries.isPublic(db, id)
	]);
	const facts = { instructorIds, isEnrolled, isPublished: isPublished && isOfVersion };
	if (!found || !mayWatchLesson(actor, facts)) throw new NotFound();
	return { key: attachmentOf(found.id, ENDINGS[found.kind]), name: found.name };
}

/** Those nobody needs leave the disk; bears being stopped anywhere. */
export async function forgetRemoved(
	db: Database,
	storage: Storage,
	before: string,
	limit: number
): Promise<void> {
	for (const { id, kind } of await queries.unneededBefore(db, before, limit)) {
		await storage.remove(attachmentOf(id, ENDINGS[kind]));
		await db.transaction().execute((step) => queries.forget(step, id));
	}
}
