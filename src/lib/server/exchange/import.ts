/** The job that makes a course of an archive: all of it, or nothing. */
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import * as v from 'valibot';
import { readCaptions } from '#lib/captions/read.ts';
import { writeWebVtt } from '#lib/captions/webvtt.ts';
import { ENDINGS } from '#lib/domain/attachments.ts';
import { type ArchivedFile, type CourseDocument, filesOf } from '#lib/domain/course-archive.ts';
import { MAX_COURSE_BYTES } from '#lib/domain/courses.ts';
import * as courses from '../courses/courses.ts';
import type { Database } from '../database/database.ts';
import { Invalid, type Problem } from '../errors.ts';
import { now } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import { isAsKept } from '../media/attachments.ts';
import { PREPARE_CLIP } from '../media/glossary.ts';
import { attachmentOf, originalOf, takeOf } from '../media/places.ts';
import { CHECK_TAKE } from '../media/takes.ts';
import { PREPARE_TRACK } from '../media/tracks.ts';
import type { TusUploads } from '../media/tus-uploads.ts';
import type { Storage } from '../storage/storage.ts';
import { clipPlanFor, planFor } from '../transcoding/plan.ts';
import type { Probe, Transcoder } from '../transcoding/transcoder.ts';
import { Unusable } from '../transcoding/unusable.ts';
import { type OpenArchive, openArchive, readAll, refusal } from './archive-reader.ts';
import { addRows } from './content.queries.ts';
import { hashing } from './archive-writer.ts';
import { ImportCourse, removeBytes } from './imports.ts';
import * as queries from './imports.queries.ts';
import { rowsOf } from './rows.ts';

type Tools = {
	storage: Storage;
	transcoder: Transcoder;
	archives: Pick<TusUploads, 'pathOf' | 'forgetNotes'>;
};

const TOLD_EVERY_MS = 500;

/**
 * The job's handler. Repeated after a crash it goes over the same ground: every film has a name that
 * follows from the import's, so that what lies there is found again, and can be taken away.
 */
export async function importNow(
	db: Database,
	tools: Tools,
	payload: unknown,
	signal: AbortSignal
): Promise<void> {
	const { importId } = v.parse(ImportCourse, payload);
	const found = await queries.importById(db, importId);
	if (!found || found.state === 'done' || found.state === 'failed') return;
	await queries.move(db, importId, ['waiting'], { state: 'reading' });
	const unwanted = new AbortController();
	let archive: OpenArchive | undefined;
	try {
		archive = await openArchive(tools.archives.pathOf(importId));
		const stop = AbortSignal.any([signal, unwanted.signal]);
		const report = (permille: number) => {
			// Only shown, never relied upon.
			queries.setProgress(db, importId, permille).then(
				(isWanted) => isWanted || unwanted.abort(new Error('the import was taken away')),
				() => undefined
			);
		};
		const owner = { importId, ownerId: found.personId };
		await take(db, tools, archive, owner, report, stop);
	} catch (error) {
		const isGone = unwanted.signal.aborted || !(await queries.importById(db, importId));
		if (error instanceof Invalid || isGone)
			await leaveNothing(tools.storage, importId, archive?.document);
		if (isGone) return;
		if (!(error instanceof Invalid)) throw error;
		await refuse(db, importId, error.problems.file ?? { code: 'unknown' });
	} finally {
		archive?.close();
	}
	await removeBytes(tools.archives, importId);
}

/** When every try has failed for reasons of ours. */
export async function giveUpImport(
	db: Database,
	{ storage, archives }: Pick<Tools, 'storage' | 'archives'>,
	payload: unknown
): Promise<void> {
	const { importId } = v.parse(ImportCourse, payload);
	const archive = await openArchive(archives.pathOf(importId)).catch(() => undefined);
	archive?.close();
	if (!(await queries.importById(db, importId))?.courseId)
		await leaveNothing(storage, importId, archive?.document);
	await refuse(db, importId, { code: 'archive_our_fault' });
	await removeBytes(archives, importId);
}

const refuse = (db: Database, id: string, problem: Problem) =>
	queries.move(db, id, ['waiting', 'reading'], {
		...{ state: 'failed', problem: JSON.stringify(problem), finished_at: now() }
	});

async function take(
	db: Database,
	{ storage, transcoder }: Tools,
	archive: OpenArchive,
	{ importId, ownerId }: { importId: string; ownerId: string },
	report: (permille: number) => void,
	signal: AbortSignal
): Promise<void> {
	const { document } = archive;
	const allBytes = filesOf(document).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
	if (allBytes > MAX_COURSE_BYTES) throw refusal('archive_too_large');

	// What is small first: whatever is wrong with it is known before a film was unpacked.
	const captions = await captionsIn(archive);
	for (const one of attachmentList(document, importId)) await takeAttachment(storage, archive, one);
	const courseId = idFor(importId, 'course.json');
	const { cover } = document.course;
	const coverBytes = cover && (await whole(archive, cover));
	const coverKey =
		coverBytes &&
		(await courses.keepCover(storage, courseId, coverBytes).catch((error: unknown) => {
			throw error instanceof Invalid ? refusal('archive_cover') : error;
		}));

	let doneBytes = 0;
	let toldAt = 0;
	const passed = (bytes: number) => {
		doneBytes += bytes;
		if (Date.now() - toldAt < TOLD_EVERY_MS) return;
		toldAt = Date.now();
		report(Math.min(1000, Math.floor((doneBytes / allBytes) * 1000)));
	};
	for (const film of filmList(document, importId)) {
		signal.throwIfAborted();
		await store(storage, archive, film, passed, signal);
		await assertFilm(transcoder, film);
	}

	const rows = rowsOf(document, {
		...{ id: courseId, title: document.course.title, ownerId, at: now() },
		coverKey,
		filmId: (path) => idFor(importId, path),
		captionsOf: (path) => captions.get(path) ?? { webvtt: '', cueCount: 0 }
	});
	await db.transaction().execute(async (step) => {
		await addRows(step, rows);
		for (const { id } of rows.track) await enqueue(step, PREPARE_TRACK, { trackId: id });
		for (const { id } of rows.take) await enqueue(step, CHECK_TAKE, { takeId: id });
		for (const { clip_id } of rows.glossary_term)
			if (clip_id) await enqueue(step, PREPARE_CLIP, { clipId: clip_id });
		const isOurs = await queries.move(step, importId, ['reading'], {
			...{ state: 'done', course_id: courseId, progress_permille: 1000, finished_at: now() }
		});
		if (!isOurs) throw new Error('the import was taken away');
	});
}

type Film = { file: ArchivedFile; kind: 'demonstration' | 'sign' | 'take' | 'clip'; key: string };

function filmList(document: CourseDocument, importId: string): Film[] {
	const of = (kind: Film['kind'], file: ArchivedFile | undefined | null): Film[] => {
		if (!file) return [];
		const id = idFor(importId, file.path);
		const key = kind === 'take' ? takeOf(id) : originalOf(kind === 'clip' ? 'clip' : 'track', id);
		return [{ file, kind, key }];
	};
	return [
		...document.lessons.flatMap(({ demonstration, sign, takes }) => [
			...of('demonstration', demonstration?.file),
			...of('sign', sign?.file),
			...takes.flatMap(({ file }) => of('take', file))
		]),
		...document.glossary.flatMap(({ clip }) => of('clip', clip))
	];
}

const attachmentList = ({ lessons }: CourseDocument, importId: string) =>
	lessons.flatMap(({ attachments, examples }) =>
		[...attachments, ...examples].map(({ file, kind }) => ({
			...{ file, kind },
			key: attachmentOf(idFor(importId, file.path), ENDINGS[kind])
		}))
	);

/** What is in it is looked at as if somebody had sent it here. */
async function takeAttachment(
	storage: Storage,
	archive: OpenArchive,
	{ file, kind, key }: ReturnType<typeof attachmentList>[number]
): Promise<void> {
	const bytes = await whole(archive, file);
	if (!(await isAsKept(bytes, kind))) throw refusal('archive_attachment', { name: file.path });
	await storage.put(key, bytes);
}

/** An id that is the same whenever this import is repeated (RFC 9562, version 8). */
export function idFor(importId: string, path: string): string {
	const hex = createHash('sha256').update(`${importId}/${path}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Nothing is stored unless all of it is there and is what the document says. */
async function store(
	storage: Storage,
	archive: OpenArchive,
	{ file, key }: Film,
	passed: (bytes: number) => void,
	signal: AbortSignal
): Promise<void> {
	const before = await storage.stat(key);
	if (before?.sizeBytes === file.sizeBytes) return passed(file.sizeBytes);
	const source = await archive.open(file.path);
	let cause: unknown;
	let digest = '';
	const checked = new Transform({
		transform(chunk: Uint8Array, _encoding, done) {
			passed(chunk.length);
			done(signal.aborted ? (signal.reason as Error) : null, chunk);
		},
		flush: (done) =>
			done(digest === file.sha256 ? null : refusal('archive_damaged', { name: file.path }))
	});
	source.on('error', (error) => {
		cause = error;
		checked.destroy(error);
	});
	const hashed = source.pipe(hashing((sha256) => (digest = sha256)));
	hashed.on('error', (error) => checked.destroy(error));
	hashed.pipe(checked);
	try {
		await storage.put(key, checked);
	} catch (error) {
		throw cause === undefined ? error : refusal('archive_damaged', { name: file.path });
	} finally {
		source.destroy();
	}
}

/** A film that could not be made playable here is said so now, not after the course is there. */
async function assertFilm(transcoder: Transcoder, { file, kind, key }: Film): Promise<void> {
	try {
		const probe: Probe = await transcoder.probe(key);
		if (kind === 'clip') clipPlanFor(probe);
		else if (kind !== 'take') planFor(probe, kind);
	} catch (error) {
		if (!(error instanceof Unusable)) throw error;
		throw refusal('archive_film', { name: file.path });
	}
}

async function whole(archive: OpenArchive, file: ArchivedFile): Promise<Buffer> {
	const bytes = await readAll(await archive.open(file.path), file.path);
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	if (sha256 !== file.sha256) throw refusal('archive_damaged', { name: file.path });
	return bytes;
}

async function captionsIn(archive: OpenArchive) {
	const texts = new Map<string, { webvtt: string; cueCount: number }>();
	for (const { file } of archive.document.lessons.flatMap(({ captions }) => captions)) {
		const result = readCaptions(await whole(archive, file));
		if (!result.ok) {
			const line = result.problems[0]?.line ?? 1;
			throw refusal('archive_captions', { name: file.path, line });
		}
		const webvtt = writeWebVtt(result.track);
		texts.set(file.path, { webvtt, cueCount: result.track.cues.length });
	}
	return texts;
}

/** What has been unpacked of an import that becomes no course. */
async function leaveNothing(
	storage: Storage,
	importId: string,
	document: CourseDocument | undefined
): Promise<void> {
	if (!document) return;
	for (const { key } of [...filmList(document, importId), ...attachmentList(document, importId)])
		await storage.remove(key);
	await storage.remove(`covers/${idFor(importId, 'course.json')}`);
}
