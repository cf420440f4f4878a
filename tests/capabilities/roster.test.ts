import type { Kysely } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import { VISITOR } from '#lib/server/access/actor.ts';
import * as cards from '#lib/server/classes/cards.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as roster from '#lib/server/classes/roster.ts';
import * as run from '#lib/server/classes/run.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid, NotAllowed, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as people from '#lib/server/people/people.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aClass, aPublishedLesson, aStaffMember, aTrainee } from '../support/people.ts';
import { csv } from '../support/sheets.ts';

const HEADERS = ['姓名', '编号'];

onBothDatabases('a roster', (open) => {
	let db: Kysely<Tables>;
	let courseId: string;
	let staff: PersonActor;
	/** So that numbers of one test are nobody's in another. */
	let own: string;
	let number = 0;
	beforeAll(async () => {
		db = await open();
		({ courseId } = await aPublishedLesson(db));
		staff = await aStaffMember(db);
	});
	beforeEach(() => {
		own = `T${++number}-`;
		vi.useFakeTimers({ toFake: ['Date'] });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	const filling = async (classId?: string) =>
		roster.forFilling(db, staff, classId ?? (await aClass(db, courseId, staff)).classId);
	const read = (of: roster.FillableClass, rows: readonly (readonly string[])[]) =>
		roster.read(db, of, {
			name: '名单.csv',
			bytes: new TextEncoder().encode(csv([HEADERS, ...rows]))
		});
	const imported = async (of: roster.FillableClass, rows: readonly (readonly string[])[]) => {
		const id = await read(of, rows);
		await roster.importNow(db, of, id);
		return id;
	};
	const inClass = async ({ of }: roster.FillableClass) =>
		(
			await db
				.selectFrom('enrolment')
				.innerJoin('person', 'person.id', 'enrolment.person_id')
				.where('class_id', '=', of.id)
				.select('display_name as displayName')
				.orderBy('display_name')
				.execute()
		).map(({ displayName }) => displayName);
	const counts = async (of: roster.FillableClass, id: string) =>
		(await roster.look(db, of, id)).counts;
	const everybody = async () =>
		Number(
			(
				await db
					.selectFrom('person')
					.select(({ fn }) => fn.countAll().as('n'))
					.executeTakeFirstOrThrow()
			).n
		);

	test('is looked at first: nobody is added, and it is said what would happen', async () => {
		const of = await filling();
		const before = await everybody();
		const id = await read(of, [
			['示例甲', `${own}1`],
			['', `${own}2`]
		]);
		expect(await roster.look(db, of, id)).toMatchObject({
			fileName: '名单.csv',
			importedAt: null,
			counts: { new: 1, joins: 0, here: 0, bad: 1 },
			lines: [
				{ line: 2, name: '示例甲', fate: 'new' },
				{ line: 3, fate: 'bad', problem: { code: 'roster_name_missing' } }
			]
		});
		expect(await everybody()).toBe(before);
		expect(await inClass(of)).toEqual([]);
	});

	test('brings in trainees who are in the class, without a password, and can have cards', async () => {
		const of = await filling();
		await imported(of, [['示例甲', `${own}1`], ['示例乙']]);
		expect(await inClass(of)).toEqual(expect.arrayContaining(['示例甲', '示例乙']));
		const making = await cards.forMaking(db, staff, of.of.id);
		const made = await cards.makeMissing(db, making);
		expect(made).toHaveLength(2);
		for (const { personId } of made) {
			expect(await people.rolesOf(db, personId)).toEqual(['trainee']);
			const person = await db
				.selectFrom('person')
				.where('id', '=', personId)
				.selectAll()
				.executeTakeFirstOrThrow();
			expect(person).toMatchObject({ sign_in_name: null, password_hash: null });
		}
	});

	test('nobody signs in as somebody who has no password', async () => {
		const of = await filling();
		await imported(of, [['示例甲', `${own}1`]]);
		for (const signInName of ['', 'null', `${own}1`])
			await expect(
				people.whoSignsIn(db, { signInName, password: '' }, newId())
			).rejects.toBeInstanceOf(Invalid);
	});

	test('imported twice adds nobody twice, with numbers and without', async () => {
		const of = await filling();
		const rows = [['示例甲', `${own}1`], ['示例乙'], ['示例丙', `${own}3`]];
		await imported(of, rows);
		const people = await everybody();
		expect(await counts(of, await read(of, rows))).toEqual({ new: 0, joins: 0, here: 3, bad: 0 });
		await imported(of, rows);
		expect(await everybody()).toBe(people);
		expect(await inClass(of)).toHaveLength(3);
	});

	test('the button pressed twice, also at once, imports once', async () => {
		const of = await filling();
		const id = await read(of, [['示例甲', `${own}1`]]);
		await Promise.all([roster.importNow(db, of, id), roster.importNow(db, of, id)]);
		await roster.importNow(db, of, id);
		expect(await inClass(of)).toEqual(['示例甲']);
		expect(await roster.importsOf(db, of)).toMatchObject([
			{ fileName: '名单.csv', newCount: 1, joinedCount: 0, importedBy: staff.displayName }
		]);
	});

	test('knows by the number who learns here already, and gives her a place in this class', async () => {
		await imported(await filling(), [['示例甲', `${own}1`]]);
		const before = await everybody();
		const next = await filling();
		const id = await read(next, [['示例甲', `${own}1`]]);
		expect(await counts(next, id)).toEqual({ new: 0, joins: 1, here: 0, bad: 0 });
		await roster.importNow(db, next, id);
		expect(await inClass(next)).toEqual(['示例甲']);
		expect(await everybody()).toBe(before);
	});

	test('a number that belongs to another name is bad; two people of one name are two', async () => {
		const of = await filling();
		await imported(of, [['示例甲', `${own}1`]]);
		const { lines } = await roster.look(
			db,
			of,
			await read(of, [
				['示例乙', `${own}1`],
				['示例甲', `${own}2`]
			])
		);
		expect(lines).toMatchObject([
			{ fate: 'bad', problem: { code: 'roster_number_others' } },
			{ fate: 'new' }
		]);
	});

	test('who joined by the code and has no number is not guessed to be the same', async () => {
		const of = await filling();
		const trainee = await aTrainee(db);
		await classes.join(db, trainee, of.of.id);
		const { lines } = await roster.look(db, of, await read(of, [[trainee.displayName, `${own}1`]]));
		expect(lines).toMatchObject([{ fate: 'bad', problem: { code: 'roster_namesake' } }]);
		const nameOnly = await roster.look(db, of, await read(of, [[trainee.displayName]]));
		expect(nameOnly.lines).toMatchObject([{ fate: 'here' }]);
	});

	test('of 10,000 lines every one of the 500 bad is named, and the others all come in', async () => {
		const of = await filling();
		const rows = Array.from({ length: 10_000 }, (_, n) =>
			n % 20 === 7 ? ['', `${own}${n}`] : [`示例 ${n}`, `${own}${n}`]
		);
		const id = await read(of, rows);
		const looked = await roster.look(db, of, id);
		expect(looked.counts).toEqual({ new: 9500, joins: 0, here: 0, bad: 500 });
		const bad = looked.lines.filter(({ fate }) => fate === 'bad').map(({ line }) => line);
		expect(bad).toEqual(Array.from({ length: 500 }, (_, n) => n * 20 + 7 + 2));
		await roster.importNow(db, of, id);
		expect(await inClass(of)).toHaveLength(9500);
		// What is left of the file are its bad lines, to be downloaded.
		const after = await roster.look(db, of, id);
		expect(after.lines.map(({ line }) => line)).toEqual(bad);
		expect(after).toMatchObject({ newCount: 9500, joinedCount: 0 });
	}, 60_000);

	test('when it breaks in the middle nobody at all has come in', async () => {
		const of = await filling();
		const rows = Array.from({ length: 1200 }, (_, n) => [`示例 ${n}`, `${own}${n}`]);
		const id = await read(of, rows);
		const before = await everybody();
		// A number twice passes no reading of a file: as if somebody had been faster, at the very end.
		await db
			.updateTable('roster')
			.set({
				lines: JSON.stringify([
					...rows.map(([name, number], index) => ({ line: index + 2, name, number })),
					{ line: 9999, name: '示例', number: `${own}0` }
				])
			})
			.where('id', '=', id)
			.execute();
		await expect(roster.importNow(db, of, id)).rejects.toBeInstanceOf(Conflict);
		expect(await everybody()).toBe(before);
		expect(await inClass(of)).toEqual([]);
		expect((await roster.look(db, of, id)).importedAt).toBeNull();
	});

	test('too few seats let nobody in', async () => {
		const of = await filling();
		const { title } = of.of;
		const nothing = { startsOn: null, endsOn: null, where: 'place' as const, place: null };
		const seats = { ...nothing, title, seats: 2, instructorIds: [], inChargeIds: [] };
		await run.change(db, staff, of.of.id, seats);
		const id = await read(of, [['示例甲'], ['示例乙'], ['示例丙']]);
		const importing = roster.importNow(db, of, id);
		await expect(importing).rejects.toMatchObject({
			problems: { '': { code: 'seats_short', values: { left: 2, count: 3 } } }
		});
		expect(await inClass(of)).toEqual([]);
	});

	test('a class that has ended takes no roster', async () => {
		const of = await filling();
		const id = await read(of, [['示例甲']]);
		await classes.close(db, staff, of.of.id);
		await expect(read(await filling(of.of.id), [['示例乙']])).rejects.toBeInstanceOf(Invalid);
		await expect(roster.importNow(db, of, id)).rejects.toBeInstanceOf(Invalid);
		expect(await inClass(of)).toEqual([]);
	});

	test('what was read is forgotten after a day; that it was imported stays known', async () => {
		const of = await filling();
		const waiting = await read(of, [['示例甲']]);
		const done = await imported(of, [['示例乙'], ['', 'x']]);
		vi.setSystemTime(Date.now() + 23 * 3_600_000);
		await roster.forgetOld(db);
		expect((await roster.look(db, of, done)).lines).toHaveLength(1);
		vi.setSystemTime(Date.now() + 2 * 3_600_000);
		await roster.forgetOld(db);
		await expect(roster.look(db, of, waiting)).rejects.toBeInstanceOf(NotFound);
		expect(await roster.look(db, of, done)).toMatchObject({ lines: [], newCount: 1 });
	});

	test('only staff import, and each class sees its own rosters', async () => {
		const of = await filling();
		for (const actor of [VISITOR, await aTrainee(db)])
			await expect(roster.forFilling(db, actor, of.of.id)).rejects.toBeInstanceOf(NotAllowed);
		const id = await read(of, [['示例甲']]);
		const other = await filling();
		await expect(roster.look(db, other, id)).rejects.toBeInstanceOf(NotFound);
		await expect(roster.importNow(db, other, id)).rejects.toBeInstanceOf(NotFound);
	});
});
