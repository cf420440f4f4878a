import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { MAX_COURSE_BYTES } from '#lib/domain/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { cleanUp, KEEP_REPLACED_MS, KEEP_UNFINISHED_MS } from '#lib/server/media/clean-up.ts';
import { filesOf, originalOf } from '#lib/server/media/places.ts';
import * as jobs from '#lib/server/jobs/jobs.ts';
import * as processing from '#lib/server/media/processing.ts';
import { makeAgain } from '#lib/server/media/remake.ts';
import * as storageUse from '#lib/server/media/storage-use.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as trackQueries from '#lib/server/media/tracks.queries.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import * as publication from '#lib/server/publication/publication.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';

onBothDatabases('the videos of an instructor', (open) => {
	let db: Kysely<Tables>;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
	});
	const edit = ({ instructor, lessonId }: made.Taught) =>
		lessons.forEditing(db, instructor, lessonId);
	const current = async ({ lessonId }: made.Taught) => (await tracks.ofLesson(db, lessonId))[0];
	const jobsFor = async (trackId: string) =>
		(await db.selectFrom('job').select('payload').execute()).filter(({ payload }) =>
			payload.includes(trackId)
		).length;

	test('are all to be seen at once, and nobody else sees them', async () => {
		const taught = await made.aCourseWithLesson(db);
		await made.aReceivedUpload(db, taught);
		const other = await made.addLesson(db, taught);
		await made.aReadyTrack(db, other);
		const { current: all } = await processing.videosOf(db, taught.instructor);
		expect(all.map(({ lessonId, state }) => [lessonId, state])).toEqual([
			[other.lessonId, 'ready'],
			[taught.lessonId, 'waiting']
		]);
		const stranger = await made.anInstructor(db);
		expect(await processing.videosOf(db, stranger)).toEqual({ current: [], replaced: [] });
	});

	test('one that failed can be tried again; one that is ready cannot', async () => {
		const taught = await made.aCourseWithLesson(db);
		await made.aReceivedUpload(db, taught);
		const id = (await current(taught))?.id ?? '';
		await trackQueries.setFailed(db, id, 'ourFault');
		await processing.retry(db, await edit(taught), id);
		await processing.retry(db, await edit(taught), id);
		expect(await current(taught)).toMatchObject({ state: 'waiting', failureCode: null });
		expect(await jobsFor(id)).toBe(2);
		const ready = await made.aReadyTrack(db, taught);
		await processing.retry(db, await edit(taught), ready);
		expect(await current(taught)).toMatchObject({ id: ready, state: 'ready' });
	});

	test('one of many of somebody else’s does not wait for all of them', async () => {
		await db.deleteFrom('job').execute();
		const many = await made.aCourseWithLesson(db);
		const theirs = [many];
		for (let n = 1; n < 20; n++) theirs.push(await made.addLesson(db, many));
		for (const each of theirs) await made.aReceivedUpload(db, each);
		const first = await jobs.claim(db);
		const one = await made.aCourseWithLesson(db);
		await made.aReceivedUpload(db, one);
		const placesOf = async (instructor: made.Taught['instructor']) =>
			(await processing.videosOf(db, instructor)).current.flatMap(({ place }) => place ?? []);
		expect(await placesOf(one.instructor)).toEqual([1]);
		expect((await placesOf(many.instructor)).toSorted((a, b) => a - b)).toEqual(
			Array.from({ length: 19 }, (_, n) => n + 2)
		);
		if (first) await jobs.finish(db, first);
		const mine = (await tracks.ofLesson(db, one.lessonId))[0]?.id;
		expect(await jobs.claim(db)).toMatchObject({ payload: { trackId: mine } });
	});

	test('take turns in the order in which they say they will', async () => {
		await db.deleteFrom('job').execute();
		const [anna, ben] = [await made.aCourseWithLesson(db), await made.aCourseWithLesson(db)];
		for (const owner of [anna, anna, anna, ben, ben])
			await made.aReceivedUpload(db, await made.addLesson(db, owner));
		const foretold = (await jobs.queue(db)).map(({ id }) => id);
		const taken: string[] = [];
		for (let job = await jobs.claim(db); job; job = await jobs.claim(db)) {
			taken.push(job.id);
			await jobs.finish(db, job);
			await new Promise((resolve) => setTimeout(resolve, 2));
		}
		expect(taken).toEqual(foretold);
		const owners = await db.selectFrom('job').select(['id', 'owner_id as ownerId']).execute();
		const names = taken.map((id) => {
			const ownerId = owners.find((job) => job.id === id)?.ownerId;
			return ownerId === anna.instructor.id ? 'anna' : 'ben';
		});
		expect(names).toEqual(['anna', 'ben', 'anna', 'ben', 'anna']);
	});

	test('one that is ready can be made again of what was sent; classes keep theirs', async () => {
		const storage = diskStorage(join(folder(), newId()));
		const taught = await made.aPublishedLesson(db);
		const lesson = await edit(taught);
		const again = () =>
			makeAgain(db, storage, lesson, taught.instructor, taught.trackId).then(
				(id) => id,
				() => undefined
			);
		expect(await again()).toBeUndefined();
		await storage.put(originalOf('track', taught.trackId), Buffer.from('film'));
		const [first, second] = await Promise.all([again(), again()]);
		const id = first ?? second ?? '';
		expect([first, second]).toContain(undefined);
		const track = (await tracks.ofLesson(db, taught.lessonId)).find((one) => one.id === id);
		expect(track).toMatchObject({ state: 'waiting' });
		// It is the same film: whoever is to be seen in it has agreed.
		expect(await publication.needs(db, lesson)).not.toContain('consent_outdated');
		expect(await storage.stat(originalOf('track', id))).toEqual({ sizeBytes: 4 });
		expect(await jobsFor(id)).toBe(1);
		const version = await versions.newest(db, taught.lessonId);
		expect(version?.content.demonstration.id).toBe(taught.trackId);
		await processing.takeBack(db, lesson, taught.trackId);
		expect((await current(taught))?.id).toBe(taught.trackId);
	});

	test('one that is being prepared can be taken away; its work then stops by itself', async () => {
		const taught = await made.aCourseWithLesson(db);
		await made.aReceivedUpload(db, taught);
		const id = (await current(taught))?.id ?? '';
		await trackQueries.setPreparing(db, id);
		expect(await trackQueries.setProgress(db, id, 100)).toBe(true);
		await processing.cancel(db, await edit(taught), id);
		expect(await current(taught)).toBeUndefined();
		expect(await trackQueries.setProgress(db, id, 200)).toBe(false);
	});

	test('an earlier one can be put back, also while trainees watch another', async () => {
		const taught = await made.aCourseWithLesson(db);
		const first = await made.aReadyTrack(db, taught);
		const second = await made.aReadyTrack(db, taught);
		await processing.takeBack(db, await edit(taught), first);
		expect((await current(taught))?.id).toBe(first);
		const { replaced } = await processing.videosOf(db, taught.instructor);
		expect(replaced.map(({ id }) => id)).toEqual([second]);
		await made.makeReady(db, taught);
		await made.publish(db, taught);
		await processing.takeBack(db, await edit(taught), second);
		expect((await current(taught))?.id).toBe(second);
		const version = await versions.newest(db, taught.lessonId);
		expect(version?.content.demonstration.id).not.toBe(second);
		const elsewhere = await edit(await made.aCourseWithLesson(db));
		await expect(processing.takeBack(db, elsewhere, second)).rejects.toBeInstanceOf(NotFound);
	});

	test('take room, and what does not fit any more is refused before a byte is sent', async () => {
		const taught = await made.aCourseWithLesson(db);
		await made.aReadyTrack(db, taught);
		expect(await storageUse.ofCourse(db, taught.courseId)).toMatchObject({
			...{ originalBytes: 1000, preparedBytes: 2000, usedBytes: 3000 }
		});
		await db
			.updateTable('upload')
			.set({ size_bytes: MAX_COURSE_BYTES - 2500 })
			.where('lesson_id', '=', taught.lessonId)
			.execute();
		const input = { lessonId: taught.lessonId, kind: 'demonstration', fileName: 'a.mp4' } as const;
		const begin = (sizeBytes: number) =>
			uploads.begin(db, taught.instructor, newId(), { ...input, sizeBytes });
		await begin(500);
		await expect(begin(1)).rejects.toMatchObject({ problems: { file: { code: 'course_full' } } });
	});

	test('leave the disk a week after they were replaced, unfinished ones after two', async () => {
		const storage = diskStorage(join(folder(), newId()));
		const arriving = join(folder(), newId());
		await mkdir(arriving);
		const tools = {
			storage,
			uploads: { pathOf: (id: string) => join(arriving, id), forgetNotes: () => Promise.resolve() }
		};
		const taught = await made.aCourseWithLesson(db);
		const old = await made.aReadyTrack(db, taught);
		await made.addSteps(db, taught);
		const now = await made.aReadyTrack(db, taught);
		for (const id of [old, now]) {
			await storage.put(originalOf('track', id), Buffer.from('film'));
			await storage.put(`${filesOf('track', id, made.DIGEST)}/a.mp4`, Buffer.from('film'));
		}
		const unfinished = newId();
		await uploads.begin(db, taught.instructor, unfinished, {
			...{ lessonId: taught.lessonId, kind: 'demonstration', fileName: 'b.mp4', sizeBytes: 9 }
		});
		await writeFile(join(arriving, unfinished), 'fil');
		const isThere = async (id: string) =>
			(await storage.stat(originalOf('track', id))) !== undefined;
		const after = (ms: number) => cleanUp(db, tools, new Date(Date.now() + ms));

		await after(KEEP_REPLACED_MS - 60_000);
		expect(await isThere(old)).toBe(true);
		await after(KEEP_REPLACED_MS + 60_000);
		expect([await isThere(old), await isThere(now)]).toEqual([false, true]);
		expect(await storage.stat(`${filesOf('track', old, made.DIGEST)}/a.mp4`)).toBeUndefined();
		expect((await processing.videosOf(db, taught.instructor)).replaced).toEqual([]);
		expect(existsSync(join(arriving, unfinished))).toBe(true);
		await after(KEEP_UNFINISHED_MS + 60_000);
		expect(existsSync(join(arriving, unfinished))).toBe(false);
		await expect(uploads.forSending(db, taught.instructor, unfinished)).rejects.toBeInstanceOf(
			NotFound
		);
	});
});
