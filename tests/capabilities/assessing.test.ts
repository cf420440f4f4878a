/** Assessing work: what must be right, two instructors at once, marks, and corrections. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import * as classes from '#lib/server/classes/classes.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid } from '#lib/server/errors.ts';
import * as people from '#lib/server/people/people.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import * as queue from '#lib/server/practice/queue.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { anAnswer, aPracticeLesson, assess, handIn } from '../support/handed-in.ts';
import * as made from '../support/people.ts';
import { aColleague } from '../support/two-assessors.ts';

onBothDatabases('assessing', (open) => {
	let db: Kysely<Tables>;
	let storage: Storage;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});

	async function handedIn() {
		const taught = await aPracticeLesson(db);
		const id = await handIn(db, storage, taught);
		const of = () => assessing.forAssessing(db, taught.instructor, id);
		const begin = async (by = taught.instructor) => {
			const before = await of();
			await assessing.begin(db, before, by, before.revision);
			return of();
		};
		return { ...taught, id, of, begin };
	}
	const problems = (work: Promise<unknown>) =>
		work.then(
			() => ({}),
			(error: unknown) => {
				if (!(error instanceof Invalid)) throw error;
				return Object.fromEntries(
					Object.entries(error.problems).map(([field, { code }]) => [field, code])
				);
			}
		);

	test('who waits longest comes first; only those of her courses, and never her own', async () => {
		const { instructor, trainee, courseId, lessonId, id, classId } = await handedIn();
		const second = await made.anEnrolledTrainee(db, courseId);
		const later = await handIn(db, storage, { trainee: second, lessonId });
		await db
			.updateTable('practice_submission')
			.set({ sent_at: '2026-01-01T00:00:00.000Z' })
			.where('id', '=', later)
			.execute();
		await handedIn();
		await people.addRole(db, instructor.id, 'trainee');
		const herself = { ...instructor, roles: ['instructor', 'trainee'] as const };
		await classes.join(db, herself, classId);
		const own = await handIn(db, storage, { trainee: herself, lessonId });
		const { mine } = await queue.ofInstructor(db, instructor);
		expect(mine).toMatchObject([
			{ id: later, classTitle: '一班', taskTitle: '做 4 个月饼' },
			{ id, personName: trainee.displayName }
		]);
		await expect(assessing.forAssessing(db, herself, own)).rejects.toThrow();
	});

	test('every criterion needs one of its own levels', async () => {
		const { begin, instructor } = await handedIn();
		const of = await begin();
		const { revision: baseRevision } = of;
		const answer = (levels: string[]) =>
			problems(assessing.assess(db, of, instructor, anAnswer(levels, 'again', { baseRevision })));
		expect(await answer(['great'])).toEqual({ 'level.1': 'choose_one' });
		// “Nearly” is described for neither of them.
		expect(await answer(['nearly', 'good'])).toEqual({ 'level.0': 'choose_one' });
		expect(await answer(['great', 'good'])).toEqual({});
	});

	test('a must on its lowest level cannot pass, whatever the points are', async () => {
		const { begin, instructor, id, trainee } = await handedIn();
		const of = await begin();
		const { revision: baseRevision } = of;
		const answer = (levels: string[], result: 'passed' | 'again') =>
			problems(assessing.assess(db, of, instructor, anAnswer(levels, result, { baseRevision })));
		expect(await answer(['great', 'notYet'], 'passed')).toEqual({ result: 'must_missed' });
		expect(await submissions.forOwner(db, trainee, id)).toMatchObject({ state: 'looking' });
		// The tool proposes only: with too few points she may pass all the same.
		expect(await answer(['notYet', 'good'], 'passed')).toEqual({});
		expect(await submissions.forOwner(db, trainee, id)).toMatchObject({ state: 'passed' });
	});

	test('two instructors never write over each other without knowing', async () => {
		const taught = await handedIn();
		const colleague = await aColleague(db, taught);
		const seen = await taught.of();
		const both = await Promise.allSettled(
			[taught.instructor, colleague].map((by) => assessing.begin(db, seen, by, seen.revision))
		);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const now = await taught.of();
		const by = now.lookingBy === colleague.id ? taught.instructor : colleague;
		// The other takes it over, having seen who looks; the first one's answer is then refused.
		await assessing.begin(db, now, by, now.revision);
		const first = by === colleague ? taught.instructor : colleague;
		const stale = anAnswer(['great', 'good'], 'passed', { baseRevision: now.revision });
		await expect(assessing.assess(db, now, first, stale)).rejects.toBeInstanceOf(Conflict);
		await expect(assessing.release(db, await taught.of(), first)).rejects.toBeInstanceOf(Conflict);
		const fresh = await taught.of();
		const answer = anAnswer(['great', 'good'], 'passed', { baseRevision: fresh.revision });
		const twice = await Promise.allSettled([
			assessing.assess(db, fresh, by, answer),
			assessing.assess(db, fresh, first, answer)
		]);
		expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect((await assessing.contentsOf(db, await taught.of())).answers).toHaveLength(1);
	});

	test('what is put back waits again, as long as it has', async () => {
		const { begin, of, instructor, trainee, id } = await handedIn();
		const { sentAt } = await of();
		await assessing.release(db, await begin(), instructor);
		expect(await of()).toMatchObject({ state: 'sent', sentAt, lookingBy: null });
		await submissions.withdraw(db, await submissions.forOwner(db, trainee, id));
	});

	test('a mark lies on a picture of this submission', async () => {
		const { begin, instructor } = await handedIn();
		const of = await begin();
		const [photo] = (await assessing.contentsOf(db, of)).works;
		const other = await handedIn();
		const [foreign] = (await assessing.contentsOf(db, await other.begin())).works;
		const { revision: baseRevision } = of;
		const pin = { workId: photo?.id, x: 0.25, y: 0.5, atMs: null, text: '这里裂了' };
		const answer = (pins: object[]) =>
			problems(
				assessing.assess(
					db,
					of,
					instructor,
					anAnswer(['good', 'good'].with(0, 'great'), 'again', { baseRevision, pins })
				)
			);
		expect(await answer([{ ...pin, workId: foreign?.id }])).toEqual({ pins: 'pin_odd' });
		expect(await answer([{ ...pin, atMs: 1000 }])).toEqual({ pins: 'pin_odd' });
		expect(await answer([pin])).toEqual({});
		expect((await assessing.contentsOf(db, of)).answers).toMatchObject([{ pins: [pin] }]);
	});

	test('an answer is corrected by a further one; the trainee sees the newest, and the next round ends it', async () => {
		const { instructor, trainee, lessonId, id, of } = await handedIn();
		await assess(db, instructor, id, ['great', 'notYet'], 'again');
		const own = () => submissions.forOwner(db, trainee, id);
		await submissions.noteSeen(db, await own());
		expect((await own()).seenAt).not.toBeNull();
		const correct = async (result: 'passed' | 'again', levels: string[]) => {
			const now = await of();
			const answer = anAnswer(levels, result, { baseRevision: now.revision });
			await assessing.assess(db, now, instructor, answer);
		};
		await correct('passed', ['great', 'good']);
		expect(await own()).toMatchObject({ state: 'passed', seenAt: null });
		expect((await assessing.contentsOf(db, await own())).answers).toMatchObject([
			{ number: 2, result: 'passed' },
			{ number: 1, result: 'again' }
		]);
		await correct('again', ['great', 'good']);
		await handIn(db, storage, { trainee, lessonId });
		await expect(correct('passed', ['great', 'good'])).rejects.toBeInstanceOf(Conflict);
	});
});
