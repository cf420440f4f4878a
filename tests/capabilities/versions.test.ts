/** Drafts and versions: who sees what of a lesson, and what changes when. */
import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as moving from '#lib/server/classes/moving.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import { cleanUp, KEEP_REPLACED_MS } from '#lib/server/media/clean-up.ts';
import { originalOf } from '#lib/server/media/places.ts';
import { presentationFor } from '#lib/server/media/presentation.ts';
import { putBack } from '#lib/server/media/put-back.ts';
import { forStreaming } from '#lib/server/media/streaming.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as progress from '#lib/server/progress/progress.ts';
import * as consents from '#lib/server/publication/consents.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { webVtt } from '../support/captions.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';

const MINUTE = 60_000;

onBothDatabases('versions of a lesson', (open) => {
	const folder = inFolder();
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});

	const edit = ({ instructor, lessonId }: made.Taught) =>
		lessons.forEditing(db, instructor, lessonId);
	const write = (taught: made.Taught, words: string) =>
		made.addCaptions(db, taught, 'zh-CN', new TextEncoder().encode(webVtt([words])));
	/** Somebody looks at what has changed, and it is published. */
	const publishAgain = async (taught: made.Taught) => {
		await made.approve(db, taught);
		await made.publish(db, taught);
	};
	/** Other captions, as version 2. */
	const changeWords = async (taught: made.Taught, words = '先擦手。') => {
		await write(taught, words);
		await publishAgain(taught);
	};
	/** Another video, as the next version. @returns its track's id */
	const changeVideo = async (taught: made.Taught) => {
		const trackId = await made.aReadyTrack(db, taught);
		await made.addSteps(db, taught);
		await publishAgain(taught);
		return trackId;
	};
	const aRunningClass = async () => {
		const taught = await made.aPublishedLesson(db);
		const { classId, staff } = await made.aClass(db, taught.courseId);
		const trainee = await made.aTrainee(db);
		await classes.join(db, trainee, classId);
		return { ...taught, classId, staff, trainee };
	};
	type Running = Awaited<ReturnType<typeof aRunningClass>>;
	const seen = async (who: PersonActor, { lessonId }: made.Taught) =>
		presentationFor(db, who, await lessons.forWatching(db, who, lessonId));
	const numberFor = async (who: PersonActor, taught: made.Taught) =>
		(await seen(who, taught)).version?.number;
	const firstWords = async (who: PersonActor, taught: made.Taught) =>
		(await seen(who, taught)).presentation?.captions[0]?.cues[0]?.text;
	const move = async ({ classId, staff }: Running, lessonId?: string) =>
		moving.move(db, await moving.forMoving(db, staff, classId), lessonId);
	const watch = (who: PersonActor, lessonId: string, toMs: number, version?: number) =>
		progress.record(db, who, lessonId, {
			...{ ranges: [[0, toMs] as [number, number]], positionMs: toMs, version },
			positionAt: new Date().toISOString()
		});
	const standing = async (who: PersonActor, taught: made.Taught) =>
		progress.inLesson(db, who, taught.lessonId, (await seen(who, taught)).version?.films);
	const mayStream = (who: PersonActor, trackId: string) =>
		forStreaming(db, who, trackId, made.DIGEST, 'master.m3u8').then(
			() => true,
			(error: unknown) => {
				expect(error).toBeInstanceOf(NotFound);
				return false;
			}
		);

	test('a change is the draft’s until it is published; a second press makes no second version', async () => {
		const running = await aRunningClass();
		await write(running, '先擦手。');
		const lesson = await edit(running);
		expect(await versions.ofDraft(db, lesson)).toMatchObject({
			number: 1,
			differences: [{ what: 'captions', language: 'zh-CN', tier: 'full', change: 'changed' }]
		});
		expect(await firstWords(running.trainee, running)).toBe('先洗手。');
		await publishAgain(running);
		await made.publish(db, running);
		expect(await versions.ofDraft(db, lesson)).toMatchObject({ number: 2, differences: [] });
	});

	test('a class keeps what it began with until it is moved; a new class has the newest', async () => {
		const running = await aRunningClass();
		await changeWords(running);
		const later = await made.anEnrolledTrainee(db, running.courseId);
		expect(await numberFor(running.trainee, running)).toBe(1);
		expect(await firstWords(running.trainee, running)).toBe('先洗手。');
		expect(await numberFor(later, running)).toBe(2);
		await move(running);
		expect(await firstWords(running.trainee, running)).toBe('先擦手。');
		await move(running);
		expect(await numberFor(running.trainee, running)).toBe(2);
	});

	test('a lesson published after a class began is seen in the version of that day', async () => {
		const running = await aRunningClass();
		const added = await made.addLesson(db, running);
		await made.makeReady(db, added);
		await made.publish(db, added);
		expect(await numberFor(running.trainee, added)).toBe(1);
		await changeWords(added);
		expect(await numberFor(running.trainee, added)).toBe(1);
	});

	test('one lesson of a class is moved, and the others stay', async () => {
		const running = await aRunningClass();
		const other = await made.addLesson(db, running);
		await made.makeReady(db, other);
		await made.publish(db, other);
		await changeWords(running);
		await changeWords(other);
		await move(running, other.lessonId);
		expect(await numberFor(running.trainee, running)).toBe(1);
		expect(await numberFor(running.trainee, other)).toBe(2);
		const elsewhere = await made.aPublishedLesson(db);
		await expect(move(running, elsewhere.lessonId)).rejects.toBeInstanceOf(NotFound);
	});

	test('who is in two classes sees the newer of both', async () => {
		const running = await aRunningClass();
		await changeWords(running);
		await classes.join(db, running.trainee, (await made.aClass(db, running.courseId)).classId);
		expect(await numberFor(running.trainee, running)).toBe(2);
		expect((await progress.road(db, running.trainee))[0]?.lessons).toHaveLength(1);
	});

	test('is moved by staff and whoever teaches the course, by nobody else', async () => {
		const running = await aRunningClass();
		await changeWords(running);
		const others = [
			await made.anInstructor(db),
			running.trainee,
			await made.anEnrolledTrainee(db, running.courseId)
		];
		for (const other of others)
			await expect(moving.forMoving(db, other, running.classId)).rejects.toBeInstanceOf(NotFound);
		const own = await moving.forMoving(db, running.instructor, running.classId);
		await moving.move(db, own);
		expect(await numberFor(running.trainee, running)).toBe(2);
	});

	test('what moving would change is said before: how many are in the middle, how many done', async () => {
		const running = await aRunningClass();
		const done = await made.aTrainee(db);
		await classes.join(db, done, running.classId);
		await watch(running.trainee, running.lessonId, 5000);
		await watch(done, running.lessonId, MINUTE);
		await changeVideo(running);
		const { of } = await moving.forMoving(db, running.staff, running.classId);
		const [row] = await moving.ofClass(db, of);
		expect(row).toMatchObject({
			...{ number: 1, newestNumber: 2, isOtherFilm: true },
			...{ traineeCount: 2, completedCount: 1, begunCount: 1 }
		});
		expect(row?.differences.map(({ what }) => what)).toContain('demonstration');
		const [same] = await moving.classesOf(db, await edit(running));
		expect(same).toEqual(row);
	});

	describe('what was watched', () => {
		test('stays with other words, and begins anew with another video', async () => {
			const running = await aRunningClass();
			await watch(running.trainee, running.lessonId, 30_000);
			await changeWords(running);
			await move(running);
			expect(await standing(running.trainee, running)).toMatchObject({ watchedMs: 30_000 });
			await changeVideo(running);
			await move(running);
			expect(await standing(running.trainee, running)).toMatchObject({
				...{ watchedMs: 0, positionMs: 0, isCompleted: false }
			});
			const [course] = await progress.road(db, running.trainee);
			expect(course?.lessons).toMatchObject([{ watchedMs: 0 }]);
			expect(await watch(running.trainee, running.lessonId, 10_000)).toMatchObject({
				watchedMs: 10_000
			});
		});

		test('completed stays completed, and so does the certificate', async () => {
			const running = await aRunningClass();
			await watch(running.trainee, running.lessonId, MINUTE);
			await changeVideo(running);
			await move(running);
			expect(await standing(running.trainee, running)).toMatchObject({ isCompleted: true });
			await watch(running.trainee, running.lessonId, 1000);
			const [course] = await progress.road(db, running.trainee);
			expect(course?.lessons).toMatchObject([{ isCompleted: true }]);
			expect(course?.certificate).toBeDefined();
		});

		test('late from a phone counts for its version, as long as nothing newer was watched', async () => {
			const running = await aRunningClass();
			await watch(running.trainee, running.lessonId, 5000, 1);
			await changeVideo(running);
			await move(running);
			const late = await watch(running.trainee, running.lessonId, MINUTE, 1);
			expect(late).toEqual({ watchedMs: MINUTE, isCompleted: true });
			await watch(running.trainee, running.lessonId, 2000, 2);
			await watch(running.trainee, running.lessonId, 40_000, 1);
			expect(await standing(running.trainee, running)).toMatchObject({
				...{ watchedMs: 2000, isCompleted: true }
			});
			await expect(watch(running.trainee, running.lessonId, 1000, 3)).rejects.toBeInstanceOf(
				NotFound
			);
		});
	});

	test('a draft’s video is for who makes it; a class fetches that of its own version', async () => {
		const running = await aRunningClass();
		const fresh = await made.aReadyTrack(db, running);
		const stranger = await made.anEnrolledTrainee(db, (await made.aPublishedLesson(db)).courseId);
		const who = [running.trainee, running.instructor, stranger];
		const answers = (id: string) => Promise.all(who.map((one) => mayStream(one, id)));
		expect(await answers(running.trackId)).toEqual([true, true, false]);
		expect(await answers(fresh)).toEqual([false, true, false]);
		await made.addSteps(db, running);
		await publishAgain(running);
		expect(await answers(running.trackId)).toEqual([true, true, false]);
		await made.withdraw(db, running);
		expect(await answers(running.trackId)).toEqual([false, true, false]);
	});

	test('its videos stay on the disk while a class needs them, and a week more', async () => {
		const running = await aRunningClass();
		const storage = diskStorage(folder());
		const tools = {
			storage,
			uploads: { pathOf: (id: string) => `${folder()}/${id}`, forgetNotes: () => Promise.resolve() }
		};
		await storage.put(originalOf('track', running.trackId), Buffer.from('film'));
		const isThere = async () =>
			(await storage.stat(originalOf('track', running.trackId))) !== undefined;
		const after = (ms: number) => cleanUp(db, tools, new Date(Date.now() + ms));
		await changeVideo(running);
		await after(10 * KEEP_REPLACED_MS);
		expect(await isThere()).toBe(true);
		await db
			.updateTable('track')
			.set({ replaced_at: new Date(Date.now() - 10 * KEEP_REPLACED_MS).toISOString() })
			.where('id', '=', running.trackId)
			.execute();
		await move(running);
		await after(KEEP_REPLACED_MS - MINUTE);
		expect(await isThere()).toBe(true);
		await after(KEEP_REPLACED_MS + MINUTE);
		expect(await isThere()).toBe(false);
		const [, first] = await versions.history(db, await edit(running));
		expect(first).toMatchObject({ number: 1, isThere: false });
		await expect(putBack(db, await edit(running), running.instructor, 1)).rejects.toBeInstanceOf(
			NotFound
		);
	});

	test('a draft is put back as it was published, its video too', async () => {
		const running = await aRunningClass();
		const lesson = await edit(running);
		await made.aReadyTrack(db, running);
		await made.addSteps(db, running);
		await write(running, '先擦手。');
		await made.addCaptions(db, running, 'en');
		await lessons.change(db, lesson, {
			...{ title: '新名字', summary: '', teachingMode: 'signed_at_source' }
		});
		const what = (await versions.ofDraft(db, lesson))?.differences.map((one) => one.what);
		expect(what).toEqual(['title', 'demonstration', 'captions', 'captions']);
		await putBack(db, lesson, running.instructor, 1);
		expect(await versions.ofDraft(db, lesson)).toMatchObject({ differences: [] });
		expect((await tracks.ofLesson(db, running.lessonId)).map(({ id }) => id)).toEqual([
			running.trackId
		]);
		await expect(putBack(db, lesson, running.instructor, 2)).rejects.toBeInstanceOf(NotFound);
	});

	test('what somebody took his consent back for, no class ever sees again', async () => {
		const running = await aRunningClass();
		const lesson = await edit(running);
		const [given] = await consents.ofLesson(db, lesson);
		await consents.withdraw(db, lesson, running.instructor, given?.id ?? '');
		expect(await mayStream(running.trainee, running.trackId)).toBe(false);
		await new Promise((resolve) => setTimeout(resolve, 5));
		const fresh = await made.aReadyTrack(db, running);
		await made.addSteps(db, running);
		await made.consentToFilming(db, running);
		await publishAgain(running);
		expect(await numberFor(running.trainee, running)).toBe(2);
		expect(await mayStream(running.trainee, fresh)).toBe(true);
		expect(await mayStream(running.trainee, running.trackId)).toBe(false);
		await expect(versions.byNumber(db, lesson, 1)).rejects.toBeInstanceOf(NotFound);
	});

	test('who made it, when, and what changed is kept', async () => {
		const running = await aRunningClass();
		await changeWords(running);
		expect(await versions.history(db, await edit(running))).toMatchObject([
			{
				...{ number: 2, publishedBy: running.instructor.displayName, isThere: true },
				differences: [{ what: 'captions' }]
			},
			{ number: 1, differences: [], isThere: true }
		]);
	});

	test('a lesson published before there were versions becomes version 1, once', async () => {
		const running = await aRunningClass();
		await watch(running.trainee, running.lessonId, 5000);
		await db.deleteFrom('class_version').where('lesson_id', '=', running.lessonId).execute();
		await db.deleteFrom('lesson_version').where('lesson_id', '=', running.lessonId).execute();
		await db.updateTable('lesson_progress').set({ films: null }).execute();
		await versions.adopt(db);
		await versions.adopt(db);
		expect(await numberFor(running.trainee, running)).toBe(1);
		await changeVideo(running);
		expect(await standing(running.trainee, running)).toMatchObject({ watchedMs: 5000 });
		await move(running);
		expect(await standing(running.trainee, running)).toMatchObject({ watchedMs: 0 });
	});
});
