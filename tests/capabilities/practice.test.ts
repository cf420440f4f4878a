/** The practice task behind a lesson: whose it is, and which of it trainees see. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import * as practice from '#lib/server/courses/practice.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict } from '#lib/server/errors.ts';
import { putBack } from '#lib/server/media/put-back.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { onBothDatabases } from '../support/databases.ts';
import * as made from '../support/people.ts';
import { aTask } from '../support/tasks.ts';
import { versionsOn } from '../support/versions.ts';

onBothDatabases('a practice task', (open) => {
	let db: Kysely<Tables>;
	let on: ReturnType<typeof versionsOn>;
	beforeAll(async () => {
		db = await open();
		on = versionsOn(db);
	});

	test('is kept as it was written; what was there before can be put again', async () => {
		const taught = await made.aCourseWithLesson(db);
		const lesson = await on.edit(taught);
		expect(await practice.ofLesson(db, lesson)).toEqual({ revision: 0 });
		const first = await practice.put(db, lesson, taught.instructor, aTask());
		expect(first).toEqual({ before: undefined, revision: 1 });
		const kept = await practice.ofLesson(db, lesson);
		expect(kept).toMatchObject({ revision: 1, savedBy: taught.instructor.displayName });
		expect(kept.task).toMatchObject({ title: '做 4 个月饼', photos: 2, passPoints: 4 });
		const removed = await practice.remove(db, lesson, taught.instructor, 1);
		expect(removed).toEqual({ before: kept.task, revision: 2 });
		expect((await practice.ofLesson(db, lesson)).task).toBeUndefined();
	});

	test('a criterion keeps its id while it is edited and moved; no id stands twice', async () => {
		const taught = await made.aCourseWithLesson(db);
		const lesson = await on.edit(taught);
		await practice.put(db, lesson, taught.instructor, aTask());
		const ids = async () =>
			(await practice.ofLesson(db, lesson)).task?.criteria.map(({ id }) => id) ?? [];
		const [skin = '', clean = ''] = await ids();
		const fields = { 'criteria.0.id': skin, 'criteria.1.id': clean, 'criteria.0.great': '很薄' };
		await practice.put(
			db,
			lesson,
			taught.instructor,
			aTask({ ...fields, baseRevision: '1', change: 'down.0' })
		);
		expect(await ids()).toEqual([clean, skin]);
		const twice = aTask({ 'criteria.0.id': skin, 'criteria.1.id': skin, baseRevision: '2' });
		await practice.put(db, lesson, taught.instructor, twice);
		expect(new Set(await ids()).size).toBe(2);
	});

	test('who began with an earlier one is told, and nothing is written over', async () => {
		const taught = await made.aCourseWithLesson(db);
		const lesson = await on.edit(taught);
		const save = (title: string, baseRevision: string) =>
			practice.put(db, lesson, taught.instructor, aTask({ title, baseRevision }));
		await save('做 1 个', '0');
		await expect(save('做 2 个', '0')).rejects.toBeInstanceOf(Conflict);
		await expect(practice.remove(db, lesson, taught.instructor, 0)).rejects.toBeInstanceOf(
			Conflict
		);
		const both = await Promise.allSettled([save('做 3 个', '1'), save('做 4 个', '1')]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		await practice.remove(db, lesson, taught.instructor, 2);
		await expect(save('做 5 个', '0')).rejects.toBeInstanceOf(Conflict);
		await save('做 5 个', '3');
		expect((await practice.ofLesson(db, lesson)).task?.title).toBe('做 5 个');
	});

	test('is the draft’s until it is published; a class keeps its version’s', async () => {
		const running = await on.aRunningClass();
		const lesson = await on.edit(running);
		const seen = async () => (await on.seen(running.trainee, running)).version?.content.practice;
		await practice.put(db, lesson, running.instructor, aTask());
		expect(await versions.ofDraft(db, lesson)).toMatchObject({
			differences: [{ what: 'practice' }]
		});
		expect(await seen()).toBeUndefined();
		await made.publish(db, running);
		await on.move(running);
		expect(await seen()).toMatchObject({ title: '做 4 个月饼' });
		await practice.put(
			db,
			lesson,
			running.instructor,
			aTask({ title: '做 8 个', baseRevision: '1' })
		);
		await made.publish(db, running);
		expect(await seen()).toMatchObject({ title: '做 4 个月饼' });
		const [newest] = await versions.history(db, lesson);
		expect(newest).toMatchObject({ number: 3, differences: [{ what: 'practice' }] });
	});

	test('is put back with its version, also to none; whoever has it open is told', async () => {
		const running = await on.aRunningClass();
		const lesson = await on.edit(running);
		await practice.put(db, lesson, running.instructor, aTask());
		await made.publish(db, running);
		await putBack(db, lesson, running.instructor, 1);
		expect(await practice.ofLesson(db, lesson)).toMatchObject({ revision: 2 });
		expect((await practice.ofLesson(db, lesson)).task).toBeUndefined();
		await putBack(db, lesson, running.instructor, 2);
		expect(await versions.ofDraft(db, lesson)).toMatchObject({ differences: [] });
		const stale = aTask({ baseRevision: '2' });
		await expect(practice.put(db, lesson, running.instructor, stale)).rejects.toBeInstanceOf(
			Conflict
		);
		await putBack(db, lesson, running.instructor, 2);
		expect(await practice.ofLesson(db, lesson)).toMatchObject({ revision: 3 });
	});
});
