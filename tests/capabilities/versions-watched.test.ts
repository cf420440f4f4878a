/** What was watched of a lesson, when its class is moved to another version. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import * as progress from '#lib/server/progress/progress.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { onBothDatabases } from '../support/databases.ts';
import { graduate } from '../support/graduating.ts';
import { MINUTE, versionsOn } from '../support/versions.ts';

onBothDatabases('what was watched of a version', (open) => {
	let db: Kysely<Tables>;
	let on: ReturnType<typeof versionsOn>;
	beforeAll(async () => {
		db = await open();
		on = versionsOn(db);
	});

	test('stays with other words, and begins anew with another video', async () => {
		const running = await on.aRunningClass();
		await on.watch(running.trainee, running.lessonId, 30_000);
		await on.changeWords(running);
		await on.move(running);
		expect(await on.standing(running.trainee, running)).toMatchObject({ watchedMs: 30_000 });
		await on.changeVideo(running);
		await on.move(running);
		expect(await on.standing(running.trainee, running)).toMatchObject({
			...{ watchedMs: 0, positionMs: 0, isCompleted: false }
		});
		const [course] = await progress.road(db, running.trainee);
		expect(course?.lessons).toMatchObject([{ watchedMs: 0 }]);
		expect(await on.watch(running.trainee, running.lessonId, 10_000)).toMatchObject({
			watchedMs: 10_000
		});
	});

	test('completed stays completed, and so does the certificate', async () => {
		const running = await on.aRunningClass();
		await on.watch(running.trainee, running.lessonId, MINUTE);
		const number = await graduate(db, running);
		await on.changeVideo(running);
		await on.move(running);
		expect(await on.standing(running.trainee, running)).toMatchObject({ isCompleted: true });
		await on.watch(running.trainee, running.lessonId, 1000);
		const [course] = await progress.road(db, running.trainee);
		expect(course?.lessons).toMatchObject([{ isCompleted: true }]);
		expect(await certificates.of(db, running.trainee)).toMatchObject([{ number, revokedAt: null }]);
	});

	test('late from a phone counts for its version, as long as nothing newer was watched', async () => {
		const running = await on.aRunningClass();
		await on.watch(running.trainee, running.lessonId, 5000, 1);
		await on.changeVideo(running);
		await on.move(running);
		const late = await on.watch(running.trainee, running.lessonId, MINUTE, 1);
		expect(late).toEqual({ watchedMs: MINUTE, isWatched: true, isCompleted: true });
		await on.watch(running.trainee, running.lessonId, 2000, 2);
		await on.watch(running.trainee, running.lessonId, 40_000, 1);
		expect(await on.standing(running.trainee, running)).toMatchObject({
			...{ watchedMs: 2000, isCompleted: true }
		});
		await expect(on.watch(running.trainee, running.lessonId, 1000, 3)).rejects.toBeInstanceOf(
			NotFound
		);
	});

	test('a lesson published before there were versions becomes version 1, once', async () => {
		const running = await on.aRunningClass();
		await on.watch(running.trainee, running.lessonId, 5000);
		await db.deleteFrom('class_version').where('lesson_id', '=', running.lessonId).execute();
		await db.deleteFrom('lesson_version').where('lesson_id', '=', running.lessonId).execute();
		await db.updateTable('lesson_progress').set({ films: null }).execute();
		await versions.adopt(db);
		await versions.adopt(db);
		expect(await on.numberFor(running.trainee, running)).toBe(1);
		await on.changeVideo(running);
		expect(await on.standing(running.trainee, running)).toMatchObject({ watchedMs: 5000 });
		await on.move(running);
		expect(await on.standing(running.trainee, running)).toMatchObject({ watchedMs: 0 });
	});
});
