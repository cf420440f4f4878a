/** Files that go along with a lesson: what is taken, who gets it, and when it leaves the disk. */
import { buffer } from 'node:stream/consumers';
import type { Kysely } from 'kysely';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { MAX_ATTACHMENTS } from '#lib/domain/attachments.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import * as attachments from '#lib/server/media/attachments.ts';
import { cleanUp, KEEP_REPLACED_MS } from '#lib/server/media/clean-up.ts';
import { putBack } from '#lib/server/media/put-back.ts';
import * as storageUse from '#lib/server/media/storage-use.ts';
import * as consents from '#lib/server/publication/consents.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { aPdf, aPhoto, aPicture } from '../support/attached.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';
import { versionsOn } from '../support/versions.ts';

onBothDatabases('attachments of a lesson', (open) => {
	const folder = inFolder();
	let db: Kysely<Tables>;
	let storage: Storage;
	let on: ReturnType<typeof versionsOn>;
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
		on = versionsOn(db);
	});

	const add = async (taught: made.Taught, fileName: string, bytes: Uint8Array) =>
		attachments.add(db, storage, await on.edit(taught), taught.instructor, { fileName, bytes });
	const namesIn = async (taught: made.Taught) =>
		(await attachments.ofLesson(db, await on.edit(taught))).map(({ name }) => name);
	const mayFetch = (who: PersonActor, { lessonId }: made.Taught, id: string) =>
		attachments.forFetching(db, who, lessonId, id).then(
			() => true,
			(error: unknown) => {
				expect(error).toBeInstanceOf(NotFound);
				return false;
			}
		);
	const refusalOf = (adding: Promise<unknown>) =>
		adding.then(
			() => 'taken',
			(error: unknown) => (error instanceof Invalid ? error.problems.file?.code : error)
		);
	const cleanUpAfter = (ms: number) => {
		const uploads = { pathOf: (id: string) => `${folder()}/${id}`, forgetNotes: async () => {} };
		return cleanUp(db, { storage, uploads }, new Date(Date.now() + ms));
	};

	test('a PDF is kept byte for byte, a photo upright and without the place it was taken at', async () => {
		const taught = await made.aCourseWithLesson(db);
		const [pdf, photo] = [aPdf(), await aPhoto()];
		const { id } = await add(taught, '配方.pdf', pdf);
		const { id: photoId } = await add(taught, 'IMG_1.PNG', photo);
		expect(await namesIn(taught)).toEqual(['配方.pdf', 'IMG_1.jpg']);
		const bytesOf = async (one: string) => {
			const { key } = await attachments.forFetching(db, taught.instructor, taught.lessonId, one);
			return buffer(await storage.read(key));
		};
		expect(await bytesOf(id)).toEqual(pdf);
		const kept = await bytesOf(photoId);
		expect(await sharp(photo).metadata()).toMatchObject({ orientation: 6, width: 1200 });
		const about = await sharp(kept).metadata();
		expect(about).toMatchObject({ format: 'jpeg', width: 800, height: 1200 });
		expect(about.exif).toBeUndefined();
		const files = await attachments.ofLesson(db, await on.edit(taught));
		expect(files.map(({ sizeBytes }) => sizeBytes)).toEqual([pdf.length, kept.length]);
	});

	test('what is none of the kinds, damaged or one too many is refused, and nothing is kept of it', async () => {
		const taught = await made.aCourseWithLesson(db);
		const png = await aPicture('png');
		const noise = Buffer.concat([png.subarray(0, 60), Buffer.alloc(500, 7)]);
		expect(await refusalOf(add(taught, 'a.pdf', Buffer.from('<html>')))).toBe('attachment_odd');
		expect(await refusalOf(add(taught, 'a.png', await aPicture('gif')))).toBe('attachment_odd');
		expect(await refusalOf(add(taught, 'a.png', noise))).toBe('attachment_damaged');
		expect(await namesIn(taught)).toEqual([]);
		for (let count = 0; count < MAX_ATTACHMENTS; count++) await add(taught, `${count}.pdf`, aPdf());
		expect(await refusalOf(add(taught, 'x.pdf', aPdf()))).toBe('attachments_many');
		const [first] = await attachments.ofLesson(db, await on.edit(taught));
		await attachments.remove(db, await on.edit(taught), first?.id ?? '');
		await add(taught, 'x.pdf', aPdf());
		expect(await refusalOf(attachments.takeBack(db, await on.edit(taught), first?.id ?? ''))).toBe(
			'attachments_many'
		);
	});

	test('counts as room that the course takes, and a full course takes no more', async () => {
		const taught = await made.aCourseWithLesson(db);
		await add(taught, 'a.pdf', aPdf());
		expect((await storageUse.ofCourse(db, taught.courseId)).usedBytes).toBe(aPdf().length);
		await made.aReceivedUpload(db, taught);
		const { limitBytes } = await storageUse.ofCourse(db, taught.courseId);
		await db
			.updateTable('upload')
			.set({ size_bytes: limitBytes })
			.where('lesson_id', '=', taught.lessonId)
			.execute();
		expect(await refusalOf(add(taught, 'b.pdf', aPdf()))).toBe('course_full');
	});

	test('is taken out and comes back to its place; nobody does so in another’s lesson', async () => {
		const taught = await made.aCourseWithLesson(db);
		const other = await made.aCourseWithLesson(db);
		const { id } = await add(taught, '1.pdf', aPdf());
		await add(taught, '2.pdf', aPdf());
		const lesson = await on.edit(taught);
		const wrong = await on.edit(other);
		await expect(attachments.remove(db, wrong, id)).rejects.toBeInstanceOf(NotFound);
		expect(await attachments.remove(db, lesson, id)).toBe('1.pdf');
		await expect(attachments.remove(db, lesson, id)).rejects.toBeInstanceOf(NotFound);
		expect(await namesIn(taught)).toEqual(['2.pdf']);
		await expect(attachments.takeBack(db, wrong, id)).rejects.toBeInstanceOf(NotFound);
		await attachments.takeBack(db, lesson, id);
		expect(await namesIn(taught)).toEqual(['1.pdf', '2.pdf']);
		await expect(attachments.takeBack(db, lesson, id)).rejects.toBeInstanceOf(NotFound);
	});

	test('the draft’s is for who makes it; a class fetches what a version has, no stranger anything', async () => {
		const running = await on.aRunningClass();
		const { id } = await add(running, '配方.pdf', aPdf());
		const who = [
			running.trainee,
			running.instructor,
			running.staff,
			await made.anEnrolledTrainee(db, (await made.aPublishedLesson(db)).courseId),
			await made.anInstructor(db)
		];
		const answers = () => Promise.all(who.map((one) => mayFetch(one, running, id)));
		expect(await answers()).toEqual([false, true, true, false, false]);
		expect((await versions.ofDraft(db, await on.edit(running)))?.differences).toEqual([
			{ what: 'attachments' }
		]);
		await made.publish(db, running);
		expect(await answers()).toEqual([true, true, true, false, false]);
		// Taken out of the draft: the class still has it.
		await attachments.remove(db, await on.edit(running), id);
		expect(await answers()).toEqual([true, true, true, false, false]);
		await made.withdraw(db, running);
		expect(await answers()).toEqual([false, true, true, false, false]);
		const other = await on.aRunningClass();
		expect(await mayFetch(other.trainee, other, id)).toBe(false);
		expect(await mayFetch(other.instructor, other, id)).toBe(false);
	});

	test('is put back with its version, and stays on the disk for it', async () => {
		const running = await on.aRunningClass();
		const { id } = await add(running, '1.pdf', aPdf());
		await made.publish(db, running);
		const lesson = await on.edit(running);
		await attachments.remove(db, lesson, id);
		const { id: later } = await add(running, '2.pdf', aPdf());
		await cleanUpAfter(10 * KEEP_REPLACED_MS);
		await putBack(db, lesson, running.instructor, 2);
		expect(await namesIn(running)).toEqual(['1.pdf']);
		expect(await versions.ofDraft(db, lesson)).toMatchObject({ number: 2, differences: [] });
		// In no version, it goes after a week; until then it can be had again.
		const isThere = async () => (await storage.stat(`attachments/${later}.pdf`)) !== undefined;
		await cleanUpAfter(KEEP_REPLACED_MS - 60_000);
		expect(await isThere()).toBe(true);
		await cleanUpAfter(KEEP_REPLACED_MS + 60_000);
		expect(await isThere()).toBe(false);
		await expect(attachments.takeBack(db, lesson, later)).rejects.toBeInstanceOf(NotFound);
		expect(await storage.stat(`attachments/${id}.pdf`)).toBeDefined();
	});

	test('of a version that nobody may see any more, trainees get nothing', async () => {
		const running = await on.aRunningClass();
		const { id } = await add(running, '1.pdf', aPdf());
		await made.publish(db, running);
		const lesson = await on.edit(running);
		const [given] = await consents.ofLesson(db, lesson);
		await attachments.remove(db, lesson, id);
		await consents.withdraw(db, lesson, running.instructor, given?.id ?? '');
		expect(await mayFetch(running.trainee, running, id)).toBe(false);
		await expect(lessons.forWatching(db, running.trainee, running.lessonId)).rejects.toBeInstanceOf(
			NotFound
		);
		await cleanUpAfter(KEEP_REPLACED_MS + 60_000);
		expect(await storage.stat(`attachments/${id}.pdf`)).toBeUndefined();
	});
});
