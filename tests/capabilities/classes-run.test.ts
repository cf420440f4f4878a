import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { type ClassRun, ClassRunForm } from '#lib/domain/classes.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as run from '#lib/server/classes/run.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotAllowed, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { read } from '#lib/server/input.ts';
import { onBothDatabases } from '../support/databases.ts';
import {
	aClass,
	anInstructor,
	aPublishedLesson,
	aStaffMember,
	aTrainee,
	type Taught
} from '../support/people.ts';

const problemsOf = (work: Promise<unknown>) =>
	work.then(
		() => ({}),
		(error: unknown) => (error instanceof Invalid ? error.problems : error)
	);

onBothDatabases('a class as it is run', (open) => {
	let db: Kysely<Tables>;
	let taught: Taught;
	let staff: PersonActor;
	beforeAll(async () => {
		db = await open();
		taught = await aPublishedLesson(db);
		staff = await aStaffMember(db);
	});
	const input = (over: Partial<ClassRun> = {}): ClassRun & { title: string } => ({
		title: '秋季班',
		startsOn: null,
		endsOn: null,
		where: 'place',
		place: null,
		seats: null,
		instructorIds: [],
		inChargeIds: [],
		...over
	});
	const aRun = async (over: Partial<ClassRun>) => {
		const classId = await classes.open(db, staff, { courseId: taught.courseId, ...input(over) });
		const { joinCode } = await classes.forRunning(db, staff, classId);
		return { classId, joinCode };
	};
	const newcomer = () => ({ displayName: '新学员', signInName: newId(), password: '12345678' });
	const count = async (classId: string) =>
		(await classes.forRunning(db, staff, classId)).trainees.length;

	test('trainees see before joining when, where and with whom it is held', async () => {
		const instructor = await anInstructor(db);
		const { joinCode } = await aRun({
			startsOn: '2026-12-01',
			endsOn: '2026-12-20',
			place: '示例路 1 号',
			seats: 2,
			instructorIds: [instructor.id],
			inChargeIds: [staff.id]
		});
		expect(await classes.byJoinCode(db, joinCode, 'here')).toMatchObject({
			startsOn: '2026-12-01',
			endsOn: '2026-12-20',
			isOnline: false,
			place: '示例路 1 号',
			seats: 2,
			traineeCount: 0,
			isFull: false,
			instructors: [{ id: instructor.id }],
			inCharge: [{ id: staff.id }]
		});
	});

	test('what is said of a class can be changed; an online class has no place', async () => {
		const { classId } = await aRun({ place: '示例路 1 号', inChargeIds: [staff.id] });
		const other = await aStaffMember(db);
		await run.change(
			db,
			staff,
			classId,
			input({ where: 'online', place: '示例路 1 号', inChargeIds: [other.id] })
		);
		expect(await classes.forRunning(db, staff, classId)).toMatchObject({
			isOnline: true,
			place: null,
			inCharge: [{ id: other.id }]
		});
	});

	test('only who holds the role is chosen; who runs it already stays, whatever becomes of her', async () => {
		const trainee = await aTrainee(db);
		for (const field of ['instructorIds', 'inChargeIds'] as const)
			expect(await problemsOf(aRun({ [field]: [trainee.id] }))).toEqual({
				[field]: { code: 'choose_one' }
			});
		const instructor = await anInstructor(db);
		const { classId } = await aRun({ instructorIds: [instructor.id] });
		await db
			.updateTable('role_grant')
			.set({ revoked_at: new Date().toISOString() })
			.where('person_id', '=', instructor.id)
			.execute();
		const again = input({ instructorIds: [instructor.id], seats: 3 });
		await run.change(db, staff, classId, again);
		expect(await classes.forRunning(db, staff, classId)).toMatchObject({
			seats: 3,
			instructors: [{ id: instructor.id }]
		});
	});

	test('only staff change a class, and only one that is there', async () => {
		const { classId } = await aRun({});
		for (const actor of [taught.instructor, await aTrainee(db)]) {
			await expect(run.change(db, actor, classId, input())).rejects.toBeInstanceOf(NotAllowed);
			await expect(run.whoCanRun(db, actor)).rejects.toBeInstanceOf(NotAllowed);
		}
		await expect(run.change(db, staff, newId(), input())).rejects.toBeInstanceOf(NotFound);
	});

	test('a full class lets nobody more in, neither somebody known nor somebody new', async () => {
		const { classId, joinCode } = await aRun({ seats: 1 });
		const first = await aTrainee(db);
		await classes.join(db, first, classId);
		expect(await classes.byJoinCode(db, joinCode, 'here')).toMatchObject({ isFull: true });
		const full = { '': { code: 'class_full' } };
		expect(await problemsOf(classes.join(db, await aTrainee(db), classId))).toEqual(full);
		const person = newcomer();
		expect(await problemsOf(classes.joinAsNewPerson(db, person, classId, 'here'))).toEqual(full);
		// Nothing of her was kept: the name is still free in a class that has a seat.
		await classes.joinAsNewPerson(db, person, (await aRun({})).classId, 'here');
		// Who is in it already comes in again.
		await classes.join(db, first, classId);
		expect(await count(classId)).toBe(1);
	});

	test('of many who want the last two seats at the same moment, two get them', async () => {
		const { classId } = await aRun({ seats: 2 });
		const six = await Promise.all(Array.from({ length: 6 }, () => aTrainee(db)));
		const answers = await Promise.allSettled(six.map((one) => classes.join(db, one, classId)));
		expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
		expect(await count(classId)).toBe(2);
	});

	test('fewer seats than people send nobody away', async () => {
		const { classId } = await aRun({ seats: 2 });
		for (let n = 0; n < 2; n++) await classes.join(db, await aTrainee(db), classId);
		await run.change(db, staff, classId, input({ seats: 1 }));
		expect(await count(classId)).toBe(2);
		expect(await problemsOf(classes.join(db, await aTrainee(db), classId))).toMatchObject({
			'': { code: 'class_full' }
		});
	});

	test('a class that ended while somebody looked at it lets her in no more', async () => {
		const { classId } = await aClass(db, taught.courseId, staff);
		await classes.close(db, staff, classId);
		expect(await problemsOf(classes.join(db, await aTrainee(db), classId))).toEqual({
			'': { code: 'class_closed' }
		});
	});
});

test.each([
	[{ startsOn: '2026-12-02', endsOn: '2026-12-01' }, { endsOn: 'ends_before_start' }],
	[{ startsOn: '2026-12-01', endsOn: '2026-12-01' }, {}],
	[{ startsOn: '', endsOn: '2026-12-01' }, {}],
	[{ startsOn: '2026-02-30' }, { startsOn: 'day_odd' }],
	[{ startsOn: '1.12.2026' }, { startsOn: 'day_odd' }],
	[{ seats: '0' }, { seats: 'seats_odd' }],
	[{ seats: '-3' }, { seats: 'seats_odd' }],
	[{ seats: '12' }, {}],
	[{ title: ' ' }, { title: 'required' }],
	[{ where: 'moon' }, { where: 'choose_one' }]
])('the form %j has wrong %j', (over, wrong) => {
	let found = {};
	try {
		read(ClassRunForm, { title: '班', instructorIds: [], inChargeIds: [], ...over });
	} catch (error) {
		if (!(error instanceof Invalid)) throw error;
		found = Object.fromEntries(
			Object.entries(error.problems).map(([field, { code }]) => [field, code])
		);
	}
	expect(found).toEqual(wrong);
});
