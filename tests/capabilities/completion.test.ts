/** A lesson is done when all that its instructor asks for is done, and not before. */
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { missingOf } from '#lib/domain/certificates.ts';
import { type Completion, needsOf, USUAL } from '#lib/domain/completion.ts';
import * as completion from '#lib/server/courses/completion.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { putBack } from '#lib/server/media/put-back.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import * as said from '#lib/server/practice/said.ts';
import * as grid from '#lib/server/progress/class-grid.ts';
import * as progress from '#lib/server/progress/progress.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { anAnswer, aPracticeLesson, assess, handIn } from '../support/handed-in.ts';
import * as made from '../support/people.ts';
import { aTask } from '../support/tasks.ts';

const BEST = aTask().criteria.map(({ levels }) => levels[0]?.level ?? '');
const WORST = aTask().criteria.map(({ levels }) => levels.at(-1)?.level ?? '');

onBothDatabases('completion', (open) => {
	let db: Kysely<Tables>;
	let storage: Storage;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});
	type Place = Awaited<ReturnType<typeof aPracticeLesson>>;

	const lengthOf = async ({ lessonId }: Place) => {
		const { duration_ms } = await db
			.selectFrom('lesson_version')
			.where('lesson_id', '=', lessonId)
			.select('duration_ms')
			.executeTakeFirstOrThrow();
		return duration_ms;
	};
	const watch = async (who: Place, share: number, practised: string[] = []) =>
		progress.record(db, who.trainee, who.lessonId, {
			ranges: [[0, Math.round((await lengthOf(who)) * share)]],
			...{ positionMs: 0, positionAt: new Date().toISOString(), practised }
		});
	const edit = ({ instructor, lessonId }: Place) => lessons.forEditing(db, instructor, lessonId);
	const addStep = async ({ lessonId }: Place) => {
		const first = await db
			.selectFrom('lesson_step')
			.where('lesson_id', '=', lessonId)
			.selectAll()
			.executeTakeFirstOrThrow();
		const second = {
			...first,
			id: newId(),
			position: 1,
			start_ms: 1000,
			end_ms: 2000,
			picture_at_ms: 1500
		};
		await db.insertInto('lesson_step').values(second).execute();
	};
	/** The class sees a version that asks for this. */
	const asking = async (asked: Partial<Completion>): Promise<Place> => {
		const taught = await aPracticeLesson(db);
		await completion.put(db, await edit(taught), { ...USUAL, ...asked });
		if (asked.steps) await addStep(taught);
		await made.approve(db, taught);
		await made.publish(db, taught);
		await db.deleteFrom('class_version').where('lesson_id', '=', taught.lessonId).execute();
		return taught;
	};
	const stepsOf = async ({ lessonId }: Place) =>
		(await versions.newest(db, lessonId))?.content.steps.map(({ id }) => id) ?? [];
	const isDone = async ({ trainee, lessonId }: Place) =>
		(await progress.inLesson(db, trainee, lessonId)).isCompleted;

	test('a task that is there is to be passed: watching alone completes nothing', async () => {
		const taught = await aPracticeLesson(db);
		expect(await watch(taught, 1)).toMatchObject({ isWatched: true, isCompleted: false });
		const id = await handIn(db, storage, taught);
		expect(await isDone(taught)).toBe(false);
		await assess(db, taught.instructor, id, BEST, 'passed');
		expect(await isDone(taught)).toBe(true);
	});

	test('passed before it is watched, it is complete when it is watched', async () => {
		const taught = await aPracticeLesson(db);
		await assess(db, taught.instructor, await handIn(db, storage, taught), BEST, 'passed');
		expect(await isDone(taught)).toBe(false);
		expect(await watch(taught, 0.9)).toMatchObject({ isCompleted: false });
		expect(await watch(taught, 1)).toMatchObject({ isCompleted: true });
	});

	test('where another try is asked for, nothing is complete', async () => {
		const taught = await aPracticeLesson(db);
		await watch(taught, 1);
		await assess(db, taught.instructor, await handIn(db, storage, taught), WORST, 'again');
		expect(await isDone(taught)).toBe(false);
	});

	test('a pass that is corrected takes completion back', async () => {
		const taught = await aPracticeLesson(db);
		await watch(taught, 1);
		const id = await handIn(db, storage, taught);
		await assess(db, taught.instructor, id, BEST, 'passed');
		const correct = async (levels: string[], result: 'passed' | 'again') => {
			const of = await assessing.forAssessing(db, taught.instructor, id);
			const answer = anAnswer(levels, result, { baseRevision: of.revision });
			await assessing.assess(db, of, taught.instructor, answer);
		};
		await correct(WORST, 'again');
		expect(await isDone(taught)).toBe(false);
		await correct(BEST, 'passed');
		expect(await isDone(taught)).toBe(true);
	});

	test('half of the video is enough where the instructor says so, and the task need not be passed', async () => {
		const taught = await asking({ watchedPercent: 50, task: false });
		expect(await watch(taught, 0.49)).toMatchObject({ isWatched: false, isCompleted: false });
		expect(await watch(taught, 0.51)).toMatchObject({ isWatched: true, isCompleted: true });
	});

	test('steps that are asked for are done one by one, by the video or by a press', async () => {
		const taught = await asking({ steps: true, task: false });
		const [first = '', ...others] = await stepsOf(taught);
		expect(others.length).toBeGreaterThan(0);
		expect(await watch(taught, 1, [first, newId()])).toMatchObject({ isCompleted: false });
		for (const id of others) {
			expect(await isDone(taught)).toBe(false);
			await progress.practise(db, taught.trainee, taught.lessonId, id);
		}
		expect(await isDone(taught)).toBe(true);
		const [course] = await progress.road(db, taught.trainee);
		expect(course?.lessons).toMatchObject([
			{ practisedCount: others.length + 1, isWatched: true, isCompleted: true }
		]);
	});

	test('a press says nothing of where the video stands, and is nobody else’s', async () => {
		const taught = await asking({ steps: true });
		const [first = ''] = await stepsOf(taught);
		await progress.record(db, taught.trainee, taught.lessonId, {
			...{ ranges: [[0, 900]], positionMs: 900, positionAt: new Date().toISOString() }
		});
		await progress.practise(db, taught.trainee, taught.lessonId, first);
		expect(await progress.inLesson(db, taught.trainee, taught.lessonId)).toMatchObject({
			...{ positionMs: 900, practised: [first] }
		});
		for (const stranger of [await made.aTrainee(db), taught.instructor])
			await expect(progress.practise(db, stranger, taught.lessonId, first)).rejects.toBeInstanceOf(
				NotFound
			);
	});

	test('messages twice, late and in any order come to the same', async () => {
		const taught = await asking({ steps: true, task: false });
		const steps = await stepsOf(taught);
		const lengthMs = await lengthOf(taught);
		const message = fc.record({
			from: fc.nat(lengthMs - 1),
			practised: fc.uniqueArray(fc.constantFrom(...steps), { maxLength: steps.length })
		});
		await fc.assert(
			fc.asyncProperty(
				fc
					.array(message, { minLength: 1, maxLength: 5 })
					.chain((sent) =>
						fc.tuple(
							fc.constant(sent),
							fc.shuffledSubarray([...sent, ...sent], { minLength: sent.length * 2 })
						)
					),
				async ([sent, again]) => {
					const outcome = async (messages: typeof sent) => {
						const trainee = await made.anEnrolledTrainee(db, taught.courseId);
						for (const { from, practised } of messages)
							await progress.record(db, trainee, taught.lessonId, {
								...{ ranges: [[from, lengthMs]], positionMs: 0, practised },
								positionAt: '2026-11-01T00:00:00.000Z'
							});
						return progress.inLesson(db, trainee, taught.lessonId);
					};
					expect(await outcome(again)).toEqual(await outcome(sent));
				}
			),
			{ numRuns: 8 }
		);
	});

	test('what is asked for is the version’s: a class is asked for no more than it was told', async () => {
		const taught = await aPracticeLesson(db);
		await completion.put(db, await edit(taught), { watchedPercent: 50, steps: true, task: false });
		await made.approve(db, taught);
		await made.publish(db, taught);
		expect(await watch(taught, 0.6)).toMatchObject({ isWatched: false });
		const history = await versions.history(db, await edit(taught));
		expect(history[0]?.differences).toEqual([{ what: 'completion' }]);
		await putBack(db, await edit(taught), taught.instructor, 1);
		expect(await completion.ofLesson(db, await edit(taught))).toEqual(USUAL);
	});

	/** From now on the class sees the newest version, and it asks for this. */
	const askInstead = async (taught: Place, asked: Partial<Completion>) => {
		await completion.put(db, await edit(taught), { ...USUAL, ...asked });
		await made.approve(db, taught);
		await made.publish(db, taught);
		await db.deleteFrom('class_version').where('lesson_id', '=', taught.lessonId).execute();
	};
	const cellOf = async (taught: Place) => {
		const of = await grid.forSeeing(db, taught.instructor, taught.classId);
		return (await grid.of(db, of)).rows[0]?.cells[0];
	};

	test('what was complete without a task stays so, also when a try is not enough', async () => {
		const taught = await asking({ task: false });
		await watch(taught, 1);
		expect(await isDone(taught)).toBe(true);
		await askInstead(taught, {});
		await assess(db, taught.instructor, await handIn(db, storage, taught), WORST, 'again');
		expect(await isDone(taught)).toBe(true);
	});

	test('where a newer version asks for less, she is done without doing anything more', async () => {
		const taught = await aPracticeLesson(db);
		await watch(taught, 1);
		expect(await isDone(taught)).toBe(false);
		await askInstead(taught, { task: false });
		expect(await cellOf(taught)).toMatchObject({ isCompleted: true });
		const [course] = await progress.road(db, taught.trainee);
		expect(course?.lessons).toMatchObject([{ isCompleted: true }]);
		expect(await isDone(taught)).toBe(true);
	});

	test('a task that may be done is not asked for: what is missing is what is asked for', async () => {
		const taught = await asking({ steps: true, task: false });
		await watch(taught, 1);
		const cell = await cellOf(taught);
		expect(cell).toMatchObject({ isCompleted: false, isTaskAsked: false, task: 'none' });
		expect(missingOf(cell ? [cell] : [])).toMatchObject([
			{ isToWatch: false, isToPractise: true, task: null }
		]);
	});

	test('the grid calls done what is complete, and what was watched watched', async () => {
		const taught = await aPracticeLesson(db);
		await watch(taught, 1);
		const see = async () =>
			(await grid.of(db, await grid.forSeeing(db, taught.instructor, taught.classId))).rows[0];
		expect(await see()).toMatchObject({
			...{ standing: 'under_way', cells: [{ isWatched: true, isCompleted: false }] }
		});
		await assess(db, taught.instructor, await handIn(db, storage, taught), BEST, 'passed');
		expect(await see()).toMatchObject({ standing: 'done', cells: [{ isCompleted: true }] });
	});

	test('what was said of her work is the newest answer of the newest try, hers alone', async () => {
		const taught = await aPracticeLesson(db);
		const { trainee, instructor, lessonId } = taught;
		expect((await said.ofPerson(db, trainee)).size).toBe(0);
		await assess(db, instructor, await handIn(db, storage, taught), WORST, 'again');
		expect((await said.ofPerson(db, trainee)).get(lessonId)).toMatchObject({
			...{ result: 'again', isNew: true, isSigned: false, assessedBy: [instructor.displayName] }
		});
		await assess(db, instructor, await handIn(db, storage, taught), BEST, 'passed');
		expect((await said.ofPerson(db, trainee)).get(lessonId)).toMatchObject({ result: 'passed' });
		expect((await said.ofPerson(db, instructor)).size).toBe(0);
	});
});

test('a lesson asks for what it has: no task, no steps, nothing but the video', () => {
	const steps = [{ id: 'a' }, { id: 'b' }];
	expect(needsOf({ steps })).toEqual({ watchedPercent: 95, stepIds: [], task: false });
	const all: Completion = { watchedPercent: 80, steps: true, task: true };
	expect(needsOf({ completion: all, steps, practice: {} })).toEqual({
		...{ watchedPercent: 80, stepIds: ['a', 'b'], task: true }
	});
	expect(needsOf({ completion: all, steps: [] })).toMatchObject({ stepIds: [], task: false });
});
