/** Pictures that show the levels of a practice task: whose they are, who gets them, when they leave. */
import { buffer } from 'node:stream/consumers';
import type { Kysely } from 'kysely';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { examplesOf } from '#lib/domain/practice.ts';
import * as practice from '#lib/server/courses/practice.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid, NotFound } from '#lib/server/errors.ts';
import * as attachments from '#lib/server/media/attachments.ts';
import { cleanUp, KEEP_REPLACED_MS } from '#lib/server/media/clean-up.ts';
import { putBack } from '#lib/server/media/put-back.ts';
import * as storageUse from '#lib/server/media/storage-use.ts';
import * as taskPictures from '#lib/server/media/task-pictures.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { aPdf, aPhoto } from '../support/attached.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';
import { aTask } from '../support/tasks.ts';
import { versionsOn } from '../support/versions.ts';

onBothDatabases('example pictures of a task', (open) => {
	const folder = inFolder();
	let db: Kysely<Tables>;
	let storage: Storage;
	let on: ReturnType<typeof versionsOn>;
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
		on = versionsOn(db);
	});

	const send = async (taught: made.Taught, bytes?: Uint8Array) =>
		attachments.addExample(db, storage, await on.edit(taught), taught.instructor, {
			...{ fileName: 'IMG_1.JPG', bytes: bytes ?? (await aPhoto()) }
		});
	const showing = (id: string, fields: Record<string, string> = {}) =>
		aTask({ 'criteria.0.greatPicture': id, 'criteria.0.greatAlt': '一样薄的皮', ...fields });
	const put = async (taught: made.Taught, task: ReturnType<typeof aTask>) =>
		taskPictures.put(db, await on.edit(taught), taught.instructor, task);
	const shownIn = async (taught: made.Taught) =>
		examplesOf((await practice.ofLesson(db, await on.edit(taught))).task).map(({ id }) => id);
	const isThere = async (id: string) => (await storage.stat(`attachments/${id}.jpg`)) !== undefined;
	const weeksLater = (weeks: number) => {
		const uploads = { pathOf: (id: string) => `${folder()}/${id}`, forgetNotes: async () => {} };
		const at = new Date(Date.now() + weeks * KEEP_REPLACED_MS + 60_000);
		return cleanUp(db, { storage, uploads }, at);
	};

	test('a picture is made anew, and is no file to take along', async () => {
		const taught = await made.aCourseWithLesson(db);
		const id = await send(taught);
		await put(taught, showing(id));
		expect(await shownIn(taught)).toEqual([id]);
		expect(await attachments.ofLesson(db, await on.edit(taught))).toEqual([]);
		await expect(attachments.remove(db, await on.edit(taught), id)).rejects.toBeInstanceOf(
			NotFound
		);
		const { key } = await attachments.forFetching(db, taught.instructor, taught.lessonId, id);
		const kept = await buffer(await storage.read(key));
		const about = await sharp(kept).metadata();
		expect(about).toMatchObject({ format: 'jpeg', width: 800, height: 1200 });
		expect(about.exif).toBeUndefined();
		expect((await storageUse.ofCourse(db, taught.courseId)).usedBytes).toBe(kept.length);
	});

	test('what is no picture is refused, and nothing is kept of it', async () => {
		const taught = await made.aCourseWithLesson(db);
		for (const bytes of [aPdf(), Buffer.from('<html>')])
			await expect(send(taught, bytes)).rejects.toSatisfy(
				(error) => error instanceof Invalid && error.problems.file?.code === 'example_odd'
			);
		expect((await storageUse.ofCourse(db, taught.courseId)).usedBytes).toBe(0);
	});

	test('another lesson’s picture, or one picture for two levels, is left out', async () => {
		const taught = await made.aCourseWithLesson(db);
		const other = await made.aCourseWithLesson(db);
		await put(taught, showing(await send(other)));
		expect(await shownIn(taught)).toEqual([]);
		const id = await send(taught);
		const twice = { 'criteria.1.goodPicture': id, 'criteria.1.goodAlt': '手', baseRevision: '1' };
		await put(taught, showing(id, twice));
		expect(await shownIn(taught)).toEqual([id]);
	});

	test('one that is in no task leaves after a week, and until then can be had back', async () => {
		const taught = await made.aCourseWithLesson(db);
		const [id, never] = [await send(taught), await send(taught)];
		const { revision } = await put(taught, showing(id));
		await weeksLater(1);
		expect([await isThere(id), await isThere(never)]).toEqual([true, false]);
		await taskPictures.remove(db, await on.edit(taught), taught.instructor, revision);
		await put(taught, showing(id, { baseRevision: '2' }));
		await weeksLater(1);
		expect(await isThere(id)).toBe(true);
		await put(taught, aTask({ baseRevision: '3' }));
		await weeksLater(1);
		expect(await isThere(id)).toBe(false);
		// Taken back too late: the level stands without it.
		await put(taught, showing(id, { baseRevision: '4' }));
		expect(await shownIn(taught)).toEqual([]);
	});

	test('a saving that comes too late changes no picture', async () => {
		const taught = await made.aCourseWithLesson(db);
		const id = await send(taught);
		await put(taught, showing(id));
		await expect(put(taught, aTask())).rejects.toBeInstanceOf(Conflict);
		await weeksLater(1);
		expect(await isThere(id)).toBe(true);
	});

	test('belongs to the version: a class fetches it, and it is put back with its task', async () => {
		const running = await on.aRunningClass();
		const id = await send(running);
		await put(running, showing(id));
		const fetched = () =>
			attachments.forFetching(db, running.trainee, running.lessonId, id).then(
				() => true,
				() => false
			);
		expect(await fetched()).toBe(false);
		await made.publish(db, running);
		expect(await fetched()).toBe(true);
		await put(running, showing(id, { 'criteria.0.greatAlt': '很薄的皮', baseRevision: '1' }));
		const lesson = await on.edit(running);
		const changed = async () => (await versions.ofDraft(db, lesson))?.differences;
		expect(await changed()).toEqual([{ what: 'practice' }]);
		await put(running, aTask({ baseRevision: '2' }));
		expect(await changed()).toEqual([{ what: 'practice' }]);
		await weeksLater(3);
		expect(await fetched()).toBe(true);
		await putBack(db, lesson, running.instructor, 2);
		expect(await shownIn(running)).toEqual([id]);
		expect(await changed()).toEqual([]);
		await made.withdraw(db, running);
		await weeksLater(1);
		expect([await isThere(id), await fetched()]).toEqual([true, false]);
	});
});
