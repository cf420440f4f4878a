import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Range, union, watchedMs } from '#lib/domain/ranges.ts';
import type { WatchedEvent } from '#lib/domain/watching.ts';
import { type Actor, type PersonActor, SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { onBothDatabases } from '../support/databases.ts';
import {
	aClass,
	anEnrolledTrainee,
	anInstructor,
	aPublishedLesson,
	aReceivedUpload,
	aStaffMember,
	aTrainee,
	type Taught,
	withdraw
} from '../support/people.ts';

const DURATION_MS = 60_000;
const at = (secondsAgo: number) => new Date(Date.now() - secondsAgo * 1000).toISOString();
const event = (ranges: Range[], positionMs = 0, positionAt = at(0)): WatchedEvent => ({
	ranges: ranges.map(([from, to]) => [from, to]),
	positionMs,
	positionAt
});

onBothDatabases('progress', (open) => {
	let db: Kysely<Tables>;
	let taught: Taught;
	let classId: string;
	let trainee: PersonActor;
	beforeAll(async () => {
		db = await open();
		taught = await aPublishedLesson(db, { durationMs: DURATION_MS });
		({ classId } = await aClass(db, taught.courseId));
	});
	beforeEach(async () => {
		trainee = await aTrainee(db);
		await classes.join(db, trainee, classId);
	});
	afterEach(() => {
		vi.useRealTimers();
	});
	const record = (what: WatchedEvent, who: Actor = trainee, lessonId = taught.lessonId) =>
		progress.record(db, who, lessonId, what);
	const standing = (who: Actor = trainee) => progress.inLesson(db, who, taught.lessonId);

	const range = fc
		.tuple(fc.nat(DURATION_MS - 1), fc.integer({ min: 1, max: 20_000 }))
		.map(([from, length]): Range => [from, Math.min(from + length, DURATION_MS)]);
	/** What was watched, cut into messages anyhow, sent in any order, some of them again. */
	const asSent = fc.array(range, { minLength: 1, maxLength: 8 }).chain((watched) =>
		fc.record({
			watched: fc.constant(watched),
			order: fc.shuffledSubarray([...watched.keys()], { minLength: watched.length }),
			cuts: fc.array(fc.nat(2), { minLength: watched.length, maxLength: watched.length }),
			again: fc.subarray([...watched.keys()]),
			areTwoDevices: fc.boolean()
		})
	);

	test('the same watching leaves the same trace, however it is cut, ordered, repeated, or mixed from two devices', async () => {
		await fc.assert(
			fc.asyncProperty(asSent, async ({ watched, order, cuts, again, areTwoDevices }) => {
				const person = await aTrainee(db);
				await classes.join(db, person, classId);
				const messages: Range[][] = [[]];
				for (const index of [...order, ...again]) {
					if (cuts[index] === 0) messages.push([]);
					const [from, to] = watched[index] as Range;
					const middle = Math.floor((from + to) / 2);
					const parts: Range[] =
						cuts[index] === 1 && middle > from
							? [
									[middle, to],
									[from, middle]
								]
							: [[from, to]];
					messages.at(-1)?.push(...parts);
				}
				for (let index = 0; index < messages.length; index += 2) {
					const [one, other] = [messages[index] ?? [], messages[index + 1] ?? []];
					const sent = () => [record(event(one), person), record(event(other), person)] as const;
					if (areTwoDevices) await Promise.all(sent());
					else for (const ranges of [one, other]) await record(event(ranges), person);
				}
				const expected = union([], watched);
				const kept = await standing(person);
				expect(kept.ranges).toEqual(expected);
				expect(kept.watchedMs).toBe(watchedMs(expected));
			}),
			{ numRuns: 40 }
		);
	});

	test('what is watched beyond the end of the film does not count', async () => {
		const answer = await record(event([[50_000, 90_000]], 90_000));
		expect(answer.watchedMs).toBe(10_000);
		expect(await standing()).toMatchObject({ ranges: [[50_000, 60_000]], positionMs: 60_000 });
	});

	test('on another phone she resumes where she last was; a late message does not move her back', async () => {
		await record(event([[0, 20_000]], 20_000, at(10)));
		await record(event([[0, 5_000]], 5_000, at(60)));
		expect((await standing()).positionMs).toBe(20_000);
		await record(event([], 3_000, at(5)));
		expect((await standing()).positionMs).toBe(3_000);
	});

	test('a phone whose clock runs ahead wins until the next message, not until its clock is reached', async () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		await record(event([], 40_000, new Date(Date.now() + 365 * 86_400_000).toISOString()));
		expect((await standing()).positionMs).toBe(40_000);
		vi.setSystemTime(Date.now() + 1000);
		await record(event([], 7_000, at(0)));
		expect((await standing()).positionMs).toBe(7_000);
	});

	test('messages that arrive at once lose nothing', async () => {
		const parts: Range[] = [
			[0, 1000],
			[5000, 6000],
			[9000, 10_000],
			[20_000, 21_000]
		];
		await Promise.all(parts.map((part) => record(event([part]))));
		expect((await standing()).ranges).toEqual(parts);
	});

	test('when too many arrive at once, those not taken are told so, and count when sent again', async () => {
		const parts = Array.from({ length: 12 }, (_, n): Range => [n * 2000, n * 2000 + 1000]);
		const send = async (waiting: Range[]): Promise<void> => {
			const answers = await Promise.allSettled(waiting.map((part) => record(event([part]))));
			const refused = waiting.filter((_, index) => answers[index]?.status === 'rejected');
			for (const answer of answers)
				if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(Conflict);
			expect(refused.length).toBeLessThan(waiting.length);
			if (refused.length > 0) await send(refused);
		};
		await send(parts);
		expect((await standing()).ranges).toEqual(parts);
	});

	test('nothing is counted for those who do not learn in a class of this course', async () => {
		const elsewhere = await aPublishedLesson(db);
		const others: Actor[] = [
			await aTrainee(db),
			await anEnrolledTrainee(db, elsewhere.courseId),
			taught.instructor,
			await anInstructor(db),
			await aStaffMember(db),
			VISITOR,
			SYSTEM
		];
		for (const actor of others)
			await expect(record(event([[0, 1000]]), actor)).rejects.toBeInstanceOf(NotFound);
		await expect(record(event([]), trainee, newId())).rejects.toBeInstanceOf(NotFound);
		const rows = await db
			.selectFrom('lesson_progress')
			.where(
				'person_id',
				'in',
				others.flatMap((one) => (one.type === 'person' ? one.id : []))
			)
			.selectAll()
			.execute();
		expect(rows).toEqual([]);
	});

	test('nobody sees how far another person has come', async () => {
		await record(event([[0, 1000]], 1000));
		const nothing = {
			ranges: [],
			watchedMs: 0,
			positionMs: 0,
			practised: [],
			isWatched: false,
			isCompleted: false
		};
		expect(await standing(await aTrainee(db))).toEqual(nothing);
		expect(await standing(VISITOR)).toEqual(nothing);
	});

	test('a lesson taken back takes no more, and gives back what was watched when it returns', async () => {
		const own = await aPublishedLesson(db);
		const person = await anEnrolledTrainee(db, own.courseId);
		await record(event([[0, 1000]]), person, own.lessonId);
		await withdraw(db, own);
		const refused = record(event([[0, 5000]]), person, own.lessonId);
		await expect(refused).rejects.toBeInstanceOf(NotFound);
		expect((await progress.inLesson(db, person, own.lessonId)).watchedMs).toBe(1000);
	});

	test('a lesson whose new video is not ready yet takes what is watched of the old one', async () => {
		const own = await aPublishedLesson(db);
		const person = await anEnrolledTrainee(db, own.courseId);
		await aReceivedUpload(db, own);
		expect((await record(event([[0, 1000]]), person, own.lessonId)).watchedMs).toBe(1000);
	});

	test('a lesson once completed stays completed', async () => {
		const done = await record(event([[0, DURATION_MS]]));
		expect(done).toEqual({ watchedMs: DURATION_MS, isWatched: true, isCompleted: true });
		expect(await record(event([], 0))).toEqual(done);
	});

	describe("a trainee's road", () => {
		test('shows each of her courses once, with its published lessons and how far she is', async () => {
			await record(event([[0, 15_000]]));
			await classes.join(db, trainee, (await aClass(db, taught.courseId)).classId);
			expect(await progress.road(db, trainee)).toMatchObject([
				{
					id: taught.courseId,
					lessons: [
						{
							id: taught.lessonId,
							durationMs: DURATION_MS,
							watchedMs: 15_000,
							isCompleted: false
						}
					]
				}
			]);
		});

		test('ends when everything is watched', async () => {
			await record(event([[0, DURATION_MS]]));
			const [course] = await progress.road(db, trainee);
			expect(course?.lessons).toMatchObject([{ isCompleted: true }]);
		});

		test('is empty for who learns nowhere', async () => {
			expect(await progress.road(db, await aTrainee(db))).toEqual([]);
		});
	});
});
