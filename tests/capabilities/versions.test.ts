/** Drafts and versions: who sees what of a lesson, and what changes when. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as moving from '#lib/server/classes/moving.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import { cleanUp, KEEP_REPLACED_MS } from '#lib/server/media/clean-up.ts';
import { originalOf } from '#lib/server/media/places.ts';
import { putBack } from '#lib/server/media/put-back.ts';
import { forStreaming } from '#lib/server/media/streaming.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as progress from '#lib/server/progress/progress.ts';
import * as consents from '#lib/server/publication/consents.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import * as made from '../support/people.ts';
import { MINUTE, versionsOn } from '../support/versions.ts';

onBothDatabases('versions of a lesson', (open) => {
	const folder = inFolder();
	let db: Kysely<Tables>;
	let on: ReturnType<typeof versionsOn>;
	beforeAll(async () => {
		db = await open();
		on = versionsOn(db);
	});

	const mayStream = (who: PersonActor, trackId: string) =>
		forStreaming(db, who, trackId, made.DIGEST, 'master.m3u8').then(
			() => true,
			(error: unknown) => {
				expect(error).toBeInstanceOf(NotFound);
				return false;
			}
		);

	test('a change is the draft’s until it is published; a second press makes no second version', async () => {
		const running = await on.aRunningClass();
		await on.write(running, '先擦手。');
		const lesson = await on.edit(running);
		expect(await versions.ofDraft(db, lesson)).toMatchObject({
			number: 1,
			differences: [{ what: 'captions', language: 'zh-CN', tier: 'full', change: 'changed' }]
		});
		expect(await on.firstWords(running.trainee, running)).toBe('先洗手。');
		await on.publishAgain(running);
		await made.publish(db, running);
		expect(await versions.ofDraft(db, lesson)).toMatchObject({ number: 2, differences: [] });
	});

	test('a class keeps what it began with until it is moved; a new class has the newest', async () => {
		const running = await on.aRunningClass();
		await on.changeWords(running);
		const later = await made.anEnrolledTrainee(db, running.courseId);
		expect(await on.numberFor(running.trainee, running)).toBe(1);
		expect(await on.firstWords(running.trainee, running)).toBe('先洗手。');
		expect(await on.numberFor(later, running)).toBe(2);
		await on.move(running);
		expect(await on.firstWords(running.trainee, running)).toBe('先擦手。');
		await on.move(running);
		expect(await on.numberFor(running.trainee, running)).toBe(2);
	});

	test('a lesson published after a class began is seen in the version of that day', async () => {
		const running = await on.aRunningClass();
		const added = await made.addLesson(db, running);
		await made.makeReady(db, added);
		await made.publish(db, added);
		expect(await on.numberFor(running.trainee, added)).toBe(1);
		await on.changeWords(added);
		expect(await on.numberFor(running.trainee, added)).toBe(1);
	});

	test('one lesson of a class is moved, and the others stay', async () => {
		const running = await on.aRunningClass();
		const other = await made.addLesson(db, running);
		await made.makeReady(db, other);
		await made.publish(db, other);
		await on.changeWords(running);
		await on.changeWords(other);
		await on.move(running, other.lessonId);
		expect(await on.numberFor(running.trainee, running)).toBe(1);
		expect(await on.numberFor(running.trainee, other)).toBe(2);
		const elsewhere = await made.aPublishedLesson(db);
		await expect(on.move(running, elsewhere.lessonId)).rejects.toBeInstanceOf(NotFound);
	});

	test('who is in two classes sees the newer of both', async () => {
		const running = await on.aRunningClass();
		await on.changeWords(running);
		await classes.join(db, running.trainee, (await made.aClass(db, running.courseId)).classId);
		expect(await on.numberFor(running.trainee, running)).toBe(2);
		expect((await progress.road(db, running.trainee))[0]?.lessons).toHaveLength(1);
	});

	test('is moved by staff and whoever teaches the course, by nobody else', async () => {
		const running = await on.aRunningClass();
		await on.changeWords(running);
		const others = [
			await made.anInstructor(db),
			running.trainee,
			await made.anEnrolledTrainee(db, running.courseId)
		];
		for (const other of others)
			await expect(moving.forMoving(db, other, running.classId)).rejects.toBeInstanceOf(NotFound);
		const own = await moving.forMoving(db, running.instructor, running.classId);
		await moving.move(db, own);
		expect(await on.numberFor(running.trainee, running)).toBe(2);
	});

	test('what moving would change is said before: how many are in the middle, how many done', async () => {
		const running = await on.aRunningClass();
		const done = await made.aTrainee(db);
		await classes.join(db, done, running.classId);
		await on.watch(running.trainee, running.lessonId, 5000);
		await on.watch(done, running.lessonId, MINUTE);
		await on.changeVideo(running);
		const { of } = await moving.forMoving(db, running.staff, running.classId);
		const [row] = await moving.ofClass(db, of);
		expect(row).toMatchObject({
			...{ number: 1, newestNumber: 2, isOtherFilm: true },
			...{ traineeCount: 2, completedCount: 1, begunCount: 1 }
		});
		expect(row?.differences.map(({ what }) => what)).toContain('demonstration');
		const [same] = await moving.classesOf(db, await on.edit(running));
		expect(same).toEqual(row);
	});

	test('a draft’s video is for who makes it; a class fetches that of its own version', async () => {
		const running = await on.aRunningClass();
		const fresh = await made.aReadyTrack(db, running);
		const stranger = await made.anEnrolledTrainee(db, (await made.aPublishedLesson(db)).courseId);
		const who = [running.trainee, running.instructor, stranger];
		const answers = (id: string) => Promise.all(who.map((one) => mayStream(one, id)));
		expect(await answers(running.trackId)).toEqual([true, true, false]);
		expect(await answers(fresh)).toEqual([false, true, false]);
		await made.addSteps(db, running);
		await made.consentToFilming(db, running);
		await on.publishAgain(running);
		expect(await answers(running.trackId)).toEqual([true, true, false]);
		await made.withdraw(db, running);
		expect(await answers(running.trackId)).toEqual([false, true, false]);
	});

	test('its videos stay on the disk while a class needs them, and a week more', async () => {
		const running = await on.aRunningClass();
		const storage = diskStorage(folder());
		const tools = {
			storage,
			uploads: { pathOf: (id: string) => `${folder()}/${id}`, forgetNotes: () => Promise.resolve() }
		};
		await storage.put(originalOf('track', running.trackId), Buffer.from('film'));
		const isThere = async () =>
			(await storage.stat(originalOf('track', running.trackId))) !== undefined;
		const after = (ms: number) => cleanUp(db, tools, new Date(Date.now() + ms));
		await on.changeVideo(running);
		await after(10 * KEEP_REPLACED_MS);
		expect(await isThere()).toBe(true);
		await db
			.updateTable('track')
			.set({ replaced_at: new Date(Date.now() - 10 * KEEP_REPLACED_MS).toISOString() })
			.where('id', '=', running.trackId)
			.execute();
		await on.move(running);
		await after(KEEP_REPLACED_MS - MINUTE);
		expect(await isThere()).toBe(true);
		await after(KEEP_REPLACED_MS + MINUTE);
		expect(await isThere()).toBe(false);
		const [, first] = await versions.history(db, await on.edit(running));
		expect(first).toMatchObject({ number: 1, isThere: false });
		await expect(putBack(db, await on.edit(running), running.instructor, 1)).rejects.toBeInstanceOf(
			NotFound
		);
	});

	test('a draft is put back as it was published, its video too', async () => {
		const running = await on.aRunningClass();
		const lesson = await on.edit(running);
		await made.aReadyTrack(db, running);
		await made.addSteps(db, running);
		await on.write(running, '先擦手。');
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
		const running = await on.aRunningClass();
		const lesson = await on.edit(running);
		const [given] = await consents.ofLesson(db, lesson);
		await consents.withdraw(db, lesson, running.instructor, given?.id ?? '');
		expect(await mayStream(running.trainee, running.trackId)).toBe(false);
		await new Promise((resolve) => setTimeout(resolve, 5));
		const fresh = await made.aReadyTrack(db, running);
		await made.addSteps(db, running);
		await made.consentToFilming(db, running);
		await on.publishAgain(running);
		expect(await on.numberFor(running.trainee, running)).toBe(2);
		expect(await mayStream(running.trainee, fresh)).toBe(true);
		expect(await mayStream(running.trainee, running.trackId)).toBe(false);
		await expect(versions.byNumber(db, lesson, 1)).rejects.toBeInstanceOf(NotFound);
	});

	test('who made it, when, and what changed is kept', async () => {
		const running = await on.aRunningClass();
		await on.changeWords(running);
		expect(await versions.history(db, await on.edit(running))).toMatchObject([
			{
				...{ number: 2, publishedBy: running.instructor.displayName, isThere: true },
				differences: [{ what: 'captions' }]
			},
			{ number: 1, differences: [], isThere: true }
		]);
	});
});
