import type { Kysely } from 'kysely';
import * as v from 'valibot';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { joinCode } from '#lib/domain/classes.ts';
import { VISITOR } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotAllowed, NotFound, TooMany } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as everybody from '#lib/server/people/everybody.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { onBothDatabases } from '../support/databases.ts';
import { graduate as graduates } from '../support/graduating.ts';
import {
	aClass,
	aCourse,
	anInstructor,
	aPublishedLesson,
	aStaffMember,
	aTrainee,
	type Taught
} from '../support/people.ts';

onBothDatabases('classes', (open) => {
	let db: Kysely<Tables>;
	let taught: Taught;
	let address: string;
	beforeAll(async () => {
		db = await open();
		taught = await aPublishedLesson(db);
	});
	beforeEach(() => {
		address = newId();
		vi.useFakeTimers({ toFake: ['Date'] });
	});
	afterEach(() => {
		vi.useRealTimers();
	});
	const problemOf = (work: Promise<unknown>) =>
		work.then(
			() => 'none',
			(error: unknown) => (error instanceof Invalid ? error.problems.code?.code : error)
		);
	const newcomer = (signInName = newId()) => ({
		displayName: '新学员',
		signInName,
		password: '12345678'
	});
	const enrolled = async (staff: Parameters<typeof classes.forRunning>[1], classId: string) =>
		(await classes.forRunning(db, staff, classId)).trainees.map(({ id }) => id);

	test('a class is found by its code, and joined', async () => {
		const { staff, classId, joinCode: code } = await aClass(db, taught.courseId);
		expect(v.parse(joinCode, code)).toBe(code);
		expect(await classes.byJoinCode(db, code, address)).toMatchObject({ id: classId });
		const trainee = await aTrainee(db);
		await classes.join(db, trainee, classId);
		expect(await enrolled(staff, classId)).toEqual([trainee.id]);
	});

	test('joining twice, also at once, is joining once', async () => {
		const { staff, classId } = await aClass(db, taught.courseId);
		const trainee = await aTrainee(db);
		await Promise.all([classes.join(db, trainee, classId), classes.join(db, trainee, classId)]);
		await classes.join(db, trainee, classId);
		expect(await enrolled(staff, classId)).toEqual([trainee.id]);
	});

	test('who joins a class is a trainee from then on, whatever they were before', async () => {
		const { classId } = await aClass(db, taught.courseId);
		const instructor = await anInstructor(db);
		await classes.join(db, instructor, classId);
		const staff = await aStaffMember(db);
		const roles = (await everybody.holdersOf(db, staff, ['instructor', 'trainee']))
			.filter(({ id }) => id === instructor.id)
			.map(({ role }) => role);
		expect(roles).toEqual(['instructor', 'trainee']);
	});

	test('a code that nobody gave out and one whose class has ended are told apart', async () => {
		const { staff, classId, joinCode: code } = await aClass(db, taught.courseId);
		expect(await problemOf(classes.byJoinCode(db, '22222222', address))).toBe('join_code_unknown');
		await classes.close(db, staff, classId);
		expect(await problemOf(classes.byJoinCode(db, code, address))).toBe('class_closed');
	});

	test('closing a class twice keeps the first time; those enrolled stay', async () => {
		const { staff, classId } = await aClass(db, taught.courseId);
		const trainee = await aTrainee(db);
		await classes.join(db, trainee, classId);
		await classes.close(db, staff, classId);
		const { closedAt } = await classes.forRunning(db, staff, classId);
		vi.setSystemTime(Date.now() + 60_000);
		await classes.close(db, staff, classId);
		expect((await classes.forRunning(db, staff, classId)).closedAt).toBe(closedAt);
		expect(await enrolled(staff, classId)).toEqual([trainee.id]);
		await expect(classes.close(db, staff, newId())).rejects.toBeInstanceOf(NotFound);
	});

	test('who guesses codes must stop after 20, and a right code does not help them on', async () => {
		const { joinCode: code } = await aClass(db, taught.courseId);
		for (let guess = 0; guess < 20; guess++)
			expect(await problemOf(classes.byJoinCode(db, '22222222', address))).toBe(
				'join_code_unknown'
			);
		expect(await problemOf(classes.byJoinCode(db, code, address))).toBeInstanceOf(TooMany);
		expect(await problemOf(classes.byJoinCode(db, code, newId()))).toBe('none');
		vi.setSystemTime(Date.now() + 15 * 60_000 + 1000);
		expect(await problemOf(classes.byJoinCode(db, code, address))).toBe('none');
	});

	test('right codes in between do not give a guesser more tries', async () => {
		const { joinCode: code } = await aClass(db, taught.courseId);
		for (let guess = 0; guess < 20; guess++) {
			await problemOf(classes.byJoinCode(db, '22222222', address));
			if (guess < 19) await classes.byJoinCode(db, code, address);
		}
		expect(await problemOf(classes.byJoinCode(db, code, address))).toBeInstanceOf(TooMany);
	});

	test('a class of 22 joins from the one address of its classroom', async () => {
		const { joinCode: code } = await aClass(db, taught.courseId);
		// Each asks three times: the code form, the page of the class, and joining.
		for (let asked = 0; asked < 22 * 3; asked++)
			expect(await problemOf(classes.byJoinCode(db, code, address))).toBe('none');
	});

	test('somebody new gets an account and a place in the class', async () => {
		const { staff, classId } = await aClass(db, taught.courseId);
		const id = await classes.joinAsNewPerson(db, newcomer(), classId, 'here');
		expect(await enrolled(staff, classId)).toEqual([id]);
	});

	test('somebody new gets both, or neither', async () => {
		const nowhere = newcomer();
		await expect(classes.joinAsNewPerson(db, nowhere, newId(), 'here')).rejects.toThrow();
		const { staff, classId } = await aClass(db, taught.courseId);
		// The name is free: nothing of the first try was kept.
		await classes.joinAsNewPerson(db, nowhere, classId, 'here');
		const taken = classes.joinAsNewPerson(db, nowhere, classId, 'here');
		await expect(taken).rejects.toBeInstanceOf(Invalid);
		expect(await enrolled(staff, classId)).toHaveLength(1);
	});

	test('only staff open, close and look into classes', async () => {
		const { classId } = await aClass(db, taught.courseId);
		const input = { courseId: taught.courseId, title: '二班' };
		for (const actor of [taught.instructor, await aTrainee(db), VISITOR])
			for (const work of [
				classes.open(db, actor, input),
				classes.close(db, actor, classId),
				classes.all(db, actor),
				classes.forRunning(db, actor, classId)
			])
				await expect(work).rejects.toBeInstanceOf(NotAllowed);
	});

	test('no class is opened on a course without anything to watch', async () => {
		const { courseId } = await aCourse(db);
		const staff = await aStaffMember(db);
		const empty = classes.open(db, staff, { courseId, title: '空班' });
		await expect(empty).rejects.toBeInstanceOf(Invalid);
	});

	test('staff see how many are enrolled, how far each has come, and who graduated', async () => {
		const { courseId, lessonId } = await aPublishedLesson(db);
		const { staff, classId } = await aClass(db, courseId);
		const [graduate, beginner] = [await aTrainee(db), await aTrainee(db)];
		for (const trainee of [graduate, beginner]) await classes.join(db, trainee, classId);
		await progress.record(db, graduate, lessonId, {
			ranges: [[0, 60_000]],
			positionMs: 60_000,
			positionAt: new Date().toISOString()
		});
		await graduates(db, { staff, classId, trainee: graduate });
		const run = await classes.forRunning(db, staff, classId);
		expect(run.lessonCount).toBe(1);
		expect(run.trainees.find(({ id }) => id === graduate.id)).toMatchObject({
			completedCount: 1,
			certificateNumber: expect.stringMatching(/^YWS-/) as string
		});
		expect(run.trainees.find(({ id }) => id === beginner.id)).toMatchObject({
			completedCount: 0,
			certificateNumber: null
		});
		const listed = (await classes.all(db, staff)).find(({ id }) => id === classId);
		expect(listed).toMatchObject({ traineeCount: 2, graduateCount: 1 });
	});
});
