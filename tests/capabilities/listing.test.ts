import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { deviceNamed, keptDevice, readDevice } from '#lib/domain/devices.ts';
import { EVERYBODY, listingOf, paged, patternOf, ROWS_A_PAGE } from '#lib/domain/listing.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as everybody from '#lib/server/people/everybody.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aClass, aPublishedLesson, aStaffMember, aTrainee } from '../support/people.ts';

const asked = (text: string) => listingOf(new URLSearchParams(text));

describe('a long list', () => {
	test('an odd address asks for nothing', () => {
		for (const odd of ['', 'page=0', 'page=-3', 'page=1.5', 'page=x', 'page=1e99', 'find=%00%0A'])
			expect(asked(odd)).toEqual(EVERYBODY);
		expect(asked(`find=${'长'.repeat(500)}`).find).toHaveLength(60);
		expect(asked('find= 甲 &page=2')).toEqual({ find: '甲', page: 2 });
	});

	test('the signs of patterns are no way to find everybody', () => {
		expect(patternOf('%_\\A')).toBe('%a%');
	});

	test('each row stands on one page, and a page beyond the end is the last', () => {
		const all = Array.from({ length: ROWS_A_PAGE * 2 + 3 }, (_, at) => `名字${at}`);
		const page = (number: number) => paged(all, { find: '', page: number }, String);
		expect([1, 2, 3].flatMap((number) => page(number).rows)).toEqual(all);
		expect(page(99)).toMatchObject({ page: 3, pages: 3, count: all.length });
		expect(paged(all, { find: '名字10', page: 1 }, String).rows).toEqual([
			...['名字10', '名字100', '名字101', '名字102']
		]);
	});
});

test('a device is told by kind and system, and nothing else of it is kept', () => {
	const iPad =
		'Mozilla/5.0 (iPad; CPU OS 17_1 like Mac OS X) AppleWebKit/605 Version/17 Mobile/15E';
	const iPhone =
		'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605 Mobile/15E';
	const tablet = 'Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537 Chrome/140 Safari/537';
	const huawei = 'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537 Chrome/114 Mobile';
	for (const [agent, kept] of [
		[iPad, 'tablet iPad'],
		[iPhone, 'phone iPhone'],
		[tablet, 'tablet Android'],
		[huawei, 'phone HarmonyOS'],
		['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140', 'computer Windows'],
		['', 'computer'],
		['x'.repeat(10_000), 'computer']
	] as const) {
		const device = deviceNamed(agent);
		expect(keptDevice(device)).toBe(kept);
		expect(readDevice(kept)).toEqual(device);
	}
	expect(readDevice(null)).toBeUndefined();
	expect(readDevice('toaster X')).toBeUndefined();
});

onBothDatabases('people in pages', (open) => {
	let db: Kysely<Tables>;
	let staff: PersonActor;
	let classId: string;
	const people: PersonActor[] = [];
	beforeAll(async () => {
		db = await open();
		staff = await aStaffMember(db);
		const { courseId } = await aPublishedLesson(db);
		({ classId } = await aClass(db, courseId, staff));
		for (let n = 0; n < ROWS_A_PAGE + 2; n++) people.push(await aTrainee(db));
		await db.transaction().execute((step) =>
			classes.takeSeats(
				step,
				classId,
				people.map(({ id }) => id)
			)
		);
	});
	const run = (find: string, page: number) =>
		classes.forRunning(db, staff, classId, { find, page });

	test('a class that is larger than a page loses nobody', async () => {
		const pages = [await run('', 1), await run('', 2)];
		expect(pages.map(({ trainees }) => trainees.length)).toEqual([ROWS_A_PAGE, 2]);
		const ids = pages.flatMap(({ trainees }) => trainees.map(({ id }) => id));
		expect(ids.sort()).toEqual(people.map(({ id }) => id).sort());
		expect(pages[0]?.listed).toMatchObject({ count: ROWS_A_PAGE + 2, pages: 2 });
	});

	test('somebody is found by part of a name in capitals or not, and by part of a number', async () => {
		const [one, other] = people as [PersonActor, PersonActor];
		await db
			.updateTable('person')
			.set({ display_name: 'Example Ünal' })
			.where('id', '=', one.id)
			.execute();
		await db
			.insertInto('person_number')
			.values({ person_id: other.id, number: 'TJ-77', given_by: staff.id, given_at: '2026' })
			.execute();
		for (const [find, who] of [
			['XAMPLE', one],
			['tj-7', other]
		] as const) {
			const { trainees, listed } = await run(find, 1);
			expect(trainees.map(({ id }) => id)).toEqual([who.id]);
			expect(listed).toMatchObject({ find, count: 1, pages: 1 });
			const { rows } = await everybody.onPage(db, staff, { find, page: 1 });
			expect(rows.map(({ id }) => id)).toEqual([who.id]);
		}
		expect((await run('nobody is called so', 1)).trainees).toEqual([]);
	});

	test('who may do more than learn comes first', async () => {
		const { rows, count } = await everybody.onPage(db, staff, EVERYBODY);
		expect(count).toBeGreaterThan(ROWS_A_PAGE);
		const isMore = rows.map(({ roles }) => roles.some((role) => role !== 'trainee'));
		expect(isMore).toEqual(isMore.toSorted((a, b) => Number(b) - Number(a)));
		expect(rows.some(({ id }) => id === staff.id)).toBe(true);
	});
});
