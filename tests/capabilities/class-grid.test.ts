/** The class at a glance: true figures, the right order, and nobody else's business. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { VISITOR } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import * as grid from '#lib/server/progress/class-grid.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { aPracticeLesson, assess, handIn } from '../support/handed-in.ts';
import * as made from '../support/people.ts';
import { aTask } from '../support/tasks.ts';

onBothDatabases('the class grid', (open) => {
	let db: Kysely<Tables>;
	let storage: Storage;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});

	const watch = async (
		who: made.Taught & { trainee: Parameters<typeof progress.record>[1] },
		share: number
	) => {
		const { duration_ms } = await db
			.selectFrom('lesson_version')
			.where('lesson_id', '=', who.lessonId)
			.select('duration_ms')
			.executeTakeFirstOrThrow();
		const toMs = Math.round(duration_ms * share);
		await progress.record(db, who.trainee, who.lessonId, {
			ranges: [[0, toMs]],
			positionMs: toMs,
			positionAt: new Date().toISOString()
		});
	};
	const see = async ({
		instructor,
		classId
	}: {
		instructor: made.Taught['instructor'];
		classId: string;
	}) => grid.of(db, await grid.forSeeing(db, instructor, classId));

	test('each cell says what was watched and how far the task is; the newest round counts', async () => {
		const taught = await aPracticeLesson(db);
		await watch(taught, 0.5);
		const before = (await see(taught)).rows[0]?.cells[0];
		expect(before).toMatchObject({ isCompleted: false, task: 'none', submissionId: null });
		expect(before?.watchedShare).toBeCloseTo(0.5, 2);

		await watch(taught, 1);
		const first = await handIn(db, storage, taught);
		expect((await see(taught)).rows[0]?.cells[0]).toMatchObject({
			...{ isWatched: true, isCompleted: false, watchedShare: 1, task: 'sent', submissionId: first }
		});
		await assess(
			db,
			taught.instructor,
			first,
			aTask().criteria.map(({ levels }) => levels.at(-1)?.level ?? ''),
			'again'
		);
		const second = await handIn(db, storage, taught);
		expect((await see(taught)).rows[0]?.cells[0]).toMatchObject({
			task: 'sent',
			submissionId: second
		});
	});

	test('those who need somebody come first: who waits, who has stopped, who has not begun', async () => {
		const taught = await aPracticeLesson(db);
		const inClass = async () => {
			const trainee = await made.aTrainee(db);
			await classes.join(db, trainee, taught.classId);
			return { ...taught, trainee };
		};
		const [stopped, waits, busy] = [await inClass(), await inClass(), await inClass()];
		await watch(stopped, 0.2);
		await db
			.updateTable('lesson_progress')
			.set({ position_at: '2026-01-02T00:00:00.000Z' })
			.where('person_id', '=', stopped.trainee.id)
			.execute();
		await db
			.updateTable('enrolment')
			.set({ enrolled_at: '2026-01-01T00:00:00.000Z' })
			.where('person_id', '=', stopped.trainee.id)
			.execute();
		await handIn(db, storage, waits);
		await watch(busy, 0.3);
		const { rows } = await see(taught);
		expect(rows.map(({ personId, standing }) => [personId, standing])).toEqual([
			[waits.trainee.id, 'waiting'],
			[stopped.trainee.id, 'stuck'],
			[taught.trainee.id, 'not_begun'],
			[busy.trainee.id, 'under_way']
		]);
		expect(rows[1]).toMatchObject({ lastAt: '2026-01-02T00:00:00.000Z', firstOpen: 0 });
	});

	test('nobody of another class of the same course is in it', async () => {
		const taught = await aPracticeLesson(db);
		const other = await made.aClass(db, taught.courseId);
		const stranger = await made.aTrainee(db);
		await classes.join(db, stranger, other.classId);
		await watch({ ...taught, trainee: stranger }, 1);
		const { rows } = await see(taught);
		expect(rows.map(({ personId }) => personId)).toEqual([taught.trainee.id]);
	});

	test('those who teach the course or this class see it, and staff; for all others it is not there', async () => {
		const taught = await aPracticeLesson(db);
		const staff = await made.aStaffMember(db);
		const named = await made.anInstructor(db);
		expect(await grid.taughtBy(db, named)).toEqual([]);
		for (const actor of [named, taught.trainee, VISITOR])
			await expect(grid.forSeeing(db, actor, taught.classId)).rejects.toThrow(NotFound);
		await db
			.insertInto('class_staff')
			.values({
				...{ class_id: taught.classId, person_id: named.id, part: 'instructor' as const },
				...{ added_by: staff.id, added_at: new Date().toISOString() }
			})
			.execute();
		for (const actor of [named, taught.instructor, staff])
			expect((await grid.forSeeing(db, actor, taught.classId)).id).toBe(taught.classId);
		await handIn(db, storage, taught);
		for (const instructor of [named, taught.instructor])
			expect(await grid.taughtBy(db, instructor)).toMatchObject([
				{ id: taught.classId, traineeCount: 1, waitingCount: 1 }
			]);
	});

	test('what was watched of other videos than the class has now is not counted as watched of these', async () => {
		const taught = await aPracticeLesson(db);
		await watch(taught, 0.5);
		await db
			.updateTable('lesson_progress')
			.set({ films: 'of other videos' })
			.where('person_id', '=', taught.trainee.id)
			.execute();
		expect((await see(taught)).rows[0]?.cells[0]).toMatchObject({ watchedShare: 0 });
	});
});
