import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Kysely } from 'kysely';
import { beforeAll, expect, test, vi } from 'vitest';
import { canonical, filesOf } from '#lib/domain/course-archive.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as courses from '#lib/server/courses/courses.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import { openArchive } from '#lib/server/exchange/archive-reader.ts';
import { duplicate } from '#lib/server/exchange/duplicate.ts';
import { archive, sizeOf } from '#lib/server/exchange/export.ts';
import { giveUpImport, importNow } from '#lib/server/exchange/import.ts';
import * as imports from '#lib/server/exchange/imports.ts';
import { newId } from '#lib/server/ids.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { ffmpegTranscoder } from '#lib/server/transcoding/ffmpeg/transcoder.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { aFullCourse } from '../support/full-course.ts';
import * as made from '../support/people.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const folder = inFolder();

/** An installation: a database with its storage, and where archives arrive. */
type Place = { name: string; db: Kysely<Tables>; storage: Storage };
let count = 0;
async function aPlace(db: Kysely<Tables>): Promise<Place> {
	const name = join(folder(), `place-${++count}`);
	await mkdir(join(name, 'archives'), { recursive: true });
	return { name, db, storage: diskStorage(join(name, 'media')) };
}
const toolsOf = ({ name, storage }: Place) => ({
	storage,
	transcoder: ffmpegTranscoder({ storage, workFolder: join(name, 'work') }),
	archives: { pathOf: (id: string) => join(name, 'archives', id), forgetNotes: async () => {} }
});
const filesIn = async ({ name }: Place) =>
	(await readdir(join(name, 'media'), { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));

/** An archive arrives as by tus, without the bytes' way there. */
async function arrived(place: Place, by: PersonActor, fill: (path: string) => Promise<void>) {
	const id = newId();
	const upload = { id, size: 1000, metadata: { filename: '月饼.zip' } };
	await imports.archiveReceiver.create(place.db, by, upload);
	await fill(toolsOf(place).archives.pathOf(id));
	await imports.archiveReceiver.receive(place.db, id);
	return id;
}
const exportTo = (from: Place, actor: PersonActor, courseId: string) => async (path: string) => {
	const course = await courses.forEditing(from.db, actor, courseId);
	const { sizeBytes, stream } = await archive(from.db, from.storage, course);
	let written = 0;
	stream.on('data', (chunk: Buffer) => (written += chunk.length));
	await pipeline(stream, createWriteStream(path));
	expect(written).toBe(sizeBytes);
};
const outcome = async (place: Place, by: PersonActor, id: string) =>
	(await imports.ofPerson(place.db, by)).find((one) => one.id === id);
const importing = (place: Place, importId: string) =>
	importNow(place.db, toolsOf(place), { importId }, new AbortController().signal);

onBothDatabases('a course that leaves and comes in', (open) => {
	let here: Place;
	let there: Place;
	let full: Awaited<ReturnType<typeof aFullCourse>>;
	let colleague: PersonActor;
	beforeAll(async () => {
		here = await aPlace(await open());
		there = await aPlace(await open());
		full = await aFullCourse(here.db, here.storage);
		colleague = await made.anInstructor(there.db);
	});
	const documentOf = async (place: Place, actor: PersonActor, courseId: string) => {
		const path = join(place.name, `${newId()}.zip`);
		await exportTo(place, actor, courseId)(path);
		const opened = await openArchive(path);
		for (const { path: name, sha256 } of filesOf(opened.document)) {
			const bytes = await buffer(await opened.open(name));
			expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
		}
		opened.close();
		return opened.document;
	};

	test('is the same there, bit for bit, and leaves again as it came', async () => {
		const before = await documentOf(here, full.instructor, full.courseId);
		expect(filesOf(before)).toHaveLength(1 + 2 + 1 + 2 + 2 + 1 + 1);
		expect(before.lessons[0]).toMatchObject({ unit: 0, takes: [{ isInSignTrack: true }] });
		const id = await arrived(there, colleague, exportTo(here, full.instructor, full.courseId));
		await importing(there, id);
		const done = await outcome(there, colleague, id);
		expect(done).toMatchObject({ state: 'done', problem: undefined, progressPermille: 1000 });
		await there.db
			.updateTable('take')
			.set({ state: 'ready', duration_ms: 2000, width: 1, height: 1 })
			.execute();
		const after = await documentOf(there, colleague, done?.courseId ?? '');
		expect(canonical(after)).toBe(canonical(before));
		await expect(courses.forEditing(there.db, colleague, full.courseId)).rejects.toThrow(NotFound);
	});

	test('is a draft there: everything has work to do, nothing is published, agreed to or reviewed', async () => {
		for (const table of ['lesson_publication', 'filming_consent', 'lesson_review'] as const)
			expect(await there.db.selectFrom(table).selectAll().execute()).toEqual([]);
		const jobs = await there.db.selectFrom('job').select('kind').orderBy('kind').execute();
		expect(jobs.map(({ kind }) => kind)).toEqual([
			...['check-take', 'import-course', 'prepare-clip', 'prepare-track', 'prepare-track']
		]);
	});

	test('is imported once, however often the job is repeated', async () => {
		const before = await there.db.selectFrom('course').select('id').execute();
		for (const { id } of await imports.ofPerson(there.db, colleague)) await importing(there, id);
		expect(await there.db.selectFrom('course').select('id').execute()).toEqual(before);
		expect(await readdir(join(there.name, 'archives'))).toEqual([]);
	});

	test('leaves nothing where its file was changed on the way', async () => {
		const files = await filesIn(there);
		const id = await arrived(there, colleague, async (path) => {
			await exportTo(here, full.instructor, full.courseId)(path);
			const { readFile, writeFile } = await import('node:fs/promises');
			const bytes = await readFile(path);
			// In the middle of the last film, behind all that is unpacked before it.
			const at = bytes.lastIndexOf('glossary/001.video', bytes.lastIndexOf('course.json') - 1);
			const place = bytes.indexOf('glossary/001.video') + 3000;
			expect(at).toBeGreaterThan(0);
			bytes[place] = (bytes[place] ?? 0) ^ 0xff;
			await writeFile(path, bytes);
		});
		await importing(there, id);
		expect(await outcome(there, colleague, id)).toMatchObject({
			state: 'failed',
			courseId: null,
			problem: { code: 'archive_damaged', values: { name: 'glossary/001.video' } }
		});
		expect(await filesIn(there)).toEqual(files);
	});

	test('leaves nothing when it was given up, or taken off the list while it was read', async () => {
		const files = await filesIn(there);
		const fill = exportTo(here, full.instructor, full.courseId);
		const given = await arrived(there, colleague, fill);
		await giveUpImport(there.db, toolsOf(there), { importId: given });
		expect(await outcome(there, colleague, given)).toMatchObject({
			...{ state: 'failed', problem: { code: 'archive_our_fault' } }
		});
		const dropped = await arrived(there, colleague, fill);
		const running = importing(there, dropped);
		await imports.dismiss(there.db, toolsOf(there).archives, colleague, dropped);
		await running;
		expect(await outcome(there, colleague, dropped)).toBeUndefined();
		expect(await filesIn(there)).toEqual(files);
		expect(await there.db.selectFrom('course').select('id').execute()).toHaveLength(1);
	});

	test('an import is hers alone', async () => {
		const other = await made.anInstructor(there.db);
		const [mine] = await imports.ofPerson(there.db, colleague);
		expect(await imports.ofPerson(there.db, other)).toEqual([]);
		const dismissing = imports.dismiss(there.db, toolsOf(there).archives, other, mine?.id ?? '');
		await expect(dismissing).rejects.toThrow(NotFound);
	});

	test('says what is missing in it', async () => {
		const course = await courses.forEditing(here.db, full.instructor, full.courseId);
		expect((await sizeOf(here.db, here.storage, course)).missingVideos).toBe(0);
		await made.aReceivedUpload(here.db, full.second);
		expect((await sizeOf(here.db, here.storage, course)).missingVideos).toBe(1);
	});

	test('stands here a second time, as a draft, without a film being prepared again', async () => {
		const course = await courses.forEditing(here.db, full.instructor, full.courseId);
		const before = await here.db.selectFrom('job').select('id').execute();
		const wish = { title: '第二门', id: newId() };
		const [once, again] = await Promise.all(
			[1, 2].map(() => duplicate(here.db, here.storage, full.instructor, course, wish))
		);
		expect(again).toBe(once);
		const jobs = await here.db.selectFrom('job').select('kind').execute();
		// The clip had not been prepared yet.
		expect(jobs.length - before.length).toBe(1);
		const [one, other] = [
			await documentOf(here, full.instructor, full.courseId),
			await documentOf(here, full.instructor, once ?? '')
		];
		other.course.title = one.course.title;
		expect(canonical(other)).toBe(canonical(one));
		const second = await here.db
			.selectFrom('track')
			.innerJoin('lesson', 'lesson.id', 'track.lesson_id')
			.where('course_id', '=', once ?? '')
			.select(['track.id', 'state', 'digest', 'duration_ms'])
			.execute();
		expect(second).toHaveLength(2);
		for (const track of second) {
			expect(track).toMatchObject({ state: 'ready', digest: made.DIGEST, duration_ms: 60_000 });
			const poster = `renditions/${track.id}/${made.DIGEST}/poster.jpg`;
			expect(await here.storage.stat(poster)).toBeDefined();
		}
		const composites = await here.db.selectFrom('composite').select('id').execute();
		expect(composites).toHaveLength(2);
		// Nothing lies there that no row knows: the second press left nothing behind.
		const originals = await readdir(join(here.name, 'media', 'originals'));
		expect(originals).toHaveLength(4);
		expect(await readdir(join(here.name, 'media', 'attachments'))).toHaveLength(6);
		// The first one's films can go: the second has its own.
		await here.storage.remove(`originals/${full.signId}`);
		await documentOf(here, full.instructor, once ?? '');
	});
});
