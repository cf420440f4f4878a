/** Handing in work: whose it is, what is taken, and that nothing is lost, shown or left behind. */
import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import type { Tables } from '#lib/server/database/tables.ts';
import { type Actor, SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import { Conflict, Invalid, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import { addPhoto, workReceiver } from '#lib/server/practice/receiving.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import * as works from '#lib/server/practice/works.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aPdf, aPhoto } from '../support/attached.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { aPracticeLesson, assess, handIn } from '../support/handed-in.ts';
import * as made from '../support/people.ts';
import { aPerson } from '../support/placing.ts';

const codeOf = (work: Promise<unknown>) =>
	work.then(
		() => 'none',
		(error: unknown) =>
			error instanceof Invalid ? Object.values(error.problems)[0]?.code : (error as Error).name
	);

onBothDatabases('work that is handed in', (open) => {
	let db: Kysely<Tables>;
	const folder = inFolder();
	let storage: Storage;
	const tools = () => ({
		storage,
		uploads: { pathOf: (id: string) => join(folder(), id), forgetNotes: async () => undefined }
	});
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(join(folder(), 'media'));
	});

	const add = async (who: Actor, lessonId: string, bytes?: Uint8Array) =>
		addPhoto(db, storage, who, lessonId, bytes ?? (await aPhoto(600, 400)));
	const mine = (who: Actor, lessonId: string) => submissions.ofLesson(db, who, lessonId);
	const worksOf = async (who: Actor, lessonId: string) => {
		const [round] = (await mine(who, lessonId)).rounds;
		return round ? (await assessing.contentsOf(db, round)).works : [];
	};

	test('begins with the first picture, keeps the task she saw, and is sent once', async () => {
		const { trainee, lessonId } = await aPracticeLesson(db);
		expect(await mine(trainee, lessonId)).toMatchObject({ rounds: [], next: { photos: 2 } });
		const draft = await add(trainee, lessonId);
		await add(trainee, lessonId);
		expect(draft).toMatchObject({ state: 'draft', round: 1, task: { title: '做 4 个月饼' } });
		await Promise.all([
			submissions.send(db, trainee, draft, '第一次'),
			submissions.send(db, trainee, draft, '第二次')
		]);
		const { rounds, next } = await mine(trainee, lessonId);
		expect(rounds).toMatchObject([{ state: 'sent', revision: 2 }]);
		expect(rounds[0]?.sentAt).not.toBeNull();
		expect(next).toBeUndefined();
		expect(await codeOf(add(trainee, lessonId))).toBe('Conflict');
	});

	test('two phones that begin at once go on with one and the same draft', async () => {
		const { trainee, lessonId } = await aPracticeLesson(db);
		const [one, other] = await Promise.all([add(trainee, lessonId), add(trainee, lessonId)]);
		expect(one.id).toBe(other.id);
		expect(await worksOf(trainee, lessonId)).toHaveLength(2);
	});

	test('a picture is made anew: upright, and without the place it was taken at', async () => {
		const { trainee, lessonId } = await aPracticeLesson(db);
		await add(trainee, lessonId, await aPhoto(1200, 800));
		const [work] = await worksOf(trainee, lessonId);
		expect(work).toMatchObject({ kind: 'photo', state: 'ready', width: 800, height: 1200 });
		const key = await works.forFetching(db, trainee, work?.id ?? '', 'photo.jpg');
		const { path } = await storage.localCopy(key);
		const kept = await sharp(path).metadata();
		expect(kept).toMatchObject({ format: 'jpeg', width: 800 });
		expect(kept.exif).toBeUndefined();
	});

	test('what is no picture is refused whatever it is called, and so is one too many', async () => {
		const { trainee, lessonId } = await aPracticeLesson(db);
		expect(await codeOf(add(trainee, lessonId, Buffer.from('面粉 500 克')))).toBe('photo_odd');
		expect(await codeOf(add(trainee, lessonId, aPdf()))).toBe('photo_odd');
		const half = (await aPhoto()).subarray(0, 600);
		expect(await codeOf(add(trainee, lessonId, half))).toBe('photo_damaged');
		const huge = Buffer.alloc(20 * 1024 * 1024 + 1);
		expect(await codeOf(add(trainee, lessonId, huge))).toBe('photo_too_large');
		for (let n = 0; n < 6; n++) await add(trainee, lessonId);
		expect(await codeOf(add(trainee, lessonId))).toBe('works_many');
	});

	test('an empty one is not sent, nor one with a file that is on its way or cannot be used', async () => {
		const { trainee, lessonId } = await aPracticeLesson(db);
		const draft = await add(trainee, lessonId);
		const [photo] = await worksOf(trainee, lessonId);
		await works.remove(db, tools(), draft, photo?.id ?? '');
		expect(await codeOf(submissions.send(db, trainee, draft, ''))).toBe('work_none');
		const id = newId();
		const receiver = workReceiver(storage, folder());
		const announced = { id, size: 6, metadata: { of: lessonId, kind: 'photo' } };
		await receiver.create(db, trainee, announced);
		expect(await codeOf(submissions.send(db, trainee, draft, ''))).toBe('work_arriving');
		await writeFile(join(folder(), id), 'flour!');
		await receiver.receive(db, id);
		await receiver.receive(db, id);
		expect(await worksOf(trainee, lessonId)).toMatchObject([
			{ state: 'failed', failureCode: 'photo_odd' }
		]);
		expect(existsSync(join(folder(), id))).toBe(false);
		expect(await codeOf(submissions.send(db, trainee, draft, ''))).toBe('work_failed');
	});

	test('is taken back while nobody looks, and not after', async () => {
		const { trainee, lessonId, instructor } = await aPracticeLesson(db);
		const id = await handIn(db, storage, { trainee, lessonId });
		const own = () => submissions.forOwner(db, trainee, id);
		await submissions.withdraw(db, await own());
		await submissions.withdraw(db, await own());
		expect(await own()).toMatchObject({ state: 'draft', sentAt: null });
		await expect(assessing.forAssessing(db, instructor, id)).rejects.toBeInstanceOf(NotFound);
		await submissions.send(db, trainee, await own(), '');
		const sent = await assessing.forAssessing(db, instructor, id);
		// Both at once: one of them is told.
		const both = await Promise.allSettled([
			submissions.withdraw(db, await own()),
			assessing.begin(db, sent, instructor, sent.revision)
		]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const now = await own();
		if (now.state === 'draft') await submissions.send(db, trainee, now, '');
		const again = await assessing.forAssessing(db, instructor, id);
		await assessing.begin(db, again, instructor, again.revision);
		await expect(submissions.withdraw(db, await own())).rejects.toBeInstanceOf(Conflict);
		await expect(works.erase(db, tools(), await own())).rejects.toBeInstanceOf(Conflict);
	});

	test('a new try is a new round; the earlier one stays as it was', async () => {
		const { trainee, lessonId, instructor } = await aPracticeLesson(db);
		const first = await handIn(db, storage, { trainee, lessonId }, '第一次');
		await assess(db, instructor, first, ['great', 'notYet'], 'again');
		expect((await submissions.standingsOf(db, trainee)).get(lessonId)).toEqual({
			...{ state: 'again', isNew: true }
		});
		await submissions.noteSeen(db, await submissions.forOwner(db, trainee, first));
		const second = await handIn(db, storage, { trainee, lessonId }, '第二次');
		expect((await mine(trainee, lessonId)).rounds).toMatchObject([
			{ id: second, round: 2, state: 'sent', comment: '第二次' },
			{ id: first, round: 1, state: 'again', comment: '第一次' }
		]);
		await assess(db, instructor, second, ['great', 'good'], 'passed');
		expect(await codeOf(add(trainee, lessonId))).toBe('Conflict');
		expect((await submissions.standingsOf(db, trainee)).get(lessonId)).toMatchObject({
			state: 'passed'
		});
	});

	test('is erased with all its files, and what was answered', async () => {
		const { trainee, lessonId, instructor } = await aPracticeLesson(db);
		const id = await handIn(db, storage, { trainee, lessonId });
		const [work] = await worksOf(trainee, lessonId);
		const key = await works.forFetching(db, trainee, work?.id ?? '', 'photo.jpg');
		await assess(db, instructor, id, ['great', 'good'], 'passed');
		await works.erase(db, tools(), await submissions.forOwner(db, trainee, id));
		expect(await storage.stat(key)).toBeUndefined();
		for (const table of ['practice_submission', 'practice_work', 'practice_assessment'] as const) {
			const column = table === 'practice_submission' ? 'id' : 'submission_id';
			const left = await db
				.selectFrom(table)
				.where(column as 'id', '=', id)
				.selectAll()
				.execute();
			expect(left).toEqual([]);
		}
		await handIn(db, storage, { trainee, lessonId });
		await works.eraseAllOf(db, tools(), trainee.id);
		expect((await mine(trainee, lessonId)).rounds).toEqual([]);
	});

	test('what stopped on its way leaves after two weeks', async () => {
		const { trainee, lessonId } = await aPracticeLesson(db);
		const id = newId();
		const announced = { id, size: 6, metadata: { of: lessonId, kind: 'video' } };
		await workReceiver(storage, folder()).create(db, trainee, announced);
		await writeFile(join(folder(), id), 'half');
		await works.cleanUp(db, tools());
		expect(await worksOf(trainee, lessonId)).toHaveLength(1);
		await works.cleanUp(db, tools(), new Date(Date.now() + 15 * 86_400_000));
		expect(await worksOf(trainee, lessonId)).toEqual([]);
		expect(existsSync(join(folder(), id))).toBe(false);
	});

	describe('is nobody else’s', () => {
		test('to hand in for, to see, to send, or to learn of', async () => {
			const { trainee, lessonId, courseId, instructor } = await aPracticeLesson(db);
			const classmate = await made.anEnrolledTrainee(db, courseId);
			const stranger = await made.aTrainee(db);
			const others = [await aPerson(db, 'staff'), await aPerson(db, 'reviewer'), VISITOR, SYSTEM];
			for (const actor of [stranger, instructor, ...others])
				expect(await codeOf(add(actor, lessonId))).toBe('NotFound');
			const draft = await add(trainee, lessonId);
			const [work] = await worksOf(trainee, lessonId);
			const see = (actor: Actor) => works.forFetching(db, actor, work?.id ?? '', 'photo.jpg');
			const everybody = [classmate, stranger, await made.anInstructor(db), ...others];
			for (const actor of [instructor, ...everybody])
				expect(await codeOf(see(actor))).toBe('NotFound');
			await submissions.send(db, trainee, draft, '');
			for (const actor of everybody) {
				expect(await codeOf(see(actor))).toBe('NotFound');
				expect(await codeOf(submissions.forOwner(db, actor, draft.id))).toBe('NotFound');
				expect(await codeOf(assessing.forAssessing(db, actor, draft.id))).toBe('NotFound');
			}
			expect(await see(instructor)).toMatch(/photo\.jpg$/);
			expect(await codeOf(works.forFetching(db, trainee, work?.id ?? '', 'original'))).toBe(
				'NotFound'
			);
			expect((await mine(classmate, lessonId)).rounds).toEqual([]);
		});

		test('upload to go on with, or to answer', async () => {
			const { trainee, lessonId, courseId, instructor } = await aPracticeLesson(db);
			const receiver = workReceiver(storage, folder());
			const begin = (actor: Actor, of: string, kind: string) => {
				const id = newId();
				return receiver
					.create(db, actor, { id, size: 1000, metadata: { of, kind } })
					.then(() => id);
			};
			const id = await begin(trainee, lessonId, 'video');
			const classmate = await made.anEnrolledTrainee(db, courseId);
			for (const actor of [classmate, instructor, VISITOR, SYSTEM])
				expect(await codeOf(receiver.forSending(db, actor, id))).toBe('NotFound');
			const sent = await handIn(db, storage, { trainee: classmate, lessonId });
			expect(await codeOf(begin(trainee, sent, 'answer'))).toBe('NotFound');
			expect(await codeOf(begin(classmate, sent, 'answer'))).toBe('NotFound');
			const answer = await begin(instructor, sent, 'answer');
			expect(await receiver.forSending(db, instructor, answer)).toMatchObject({
				isFinished: false
			});
			expect(await codeOf(begin(instructor, sent, 'answer'))).toBe('works_many');
		});
	});
});
