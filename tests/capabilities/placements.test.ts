import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Actor, type PersonActor, SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, Invalid, NotAllowed, NotFound } from '#lib/server/errors.ts';
import { now } from '#lib/server/ids.ts';
import * as graduates from '#lib/server/placements/graduates.ts';
import * as queries from '#lib/server/placements/placements.queries.ts';
import * as placements from '#lib/server/placements/placements.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aGraduate, aPerson, aProposal, aShop, giveCertificate, step } from '../support/placing.ts';

const STALE = new Conflict('stale');

onBothDatabases('placements', (open) => {
	let db: Kysely<Tables>;
	let staff: PersonActor;
	let graduate: PersonActor;
	beforeAll(async () => {
		db = await open();
		staff = await aPerson(db, 'staff', '王老师');
		graduate = await aGraduate(db, '李静怡');
	});

	const rowOf = (id: string) =>
		db.selectFrom('placement').where('id', '=', id).selectAll().executeTakeFirstOrThrow();
	const eventsOf = (id: string) =>
		db
			.selectFrom('placement_event')
			.where('placement_id', '=', id)
			.orderBy('revision')
			.selectAll()
			.execute();

	test('from proposal to work, every step is kept with who, when, from and to', async () => {
		const { placementId } = await aProposal(db, { staff, graduate });
		await step(db, graduate, 'consent', placementId, 1);
		await step(db, graduate, 'show', placementId, 2);
		await step(db, staff, 'introduce', placementId, 3);
		await step(db, staff, 'begin_trial', placementId, 4);
		await step(db, staff, 'activate', placementId, 5);
		await step(db, graduate, 'hide', placementId, 6);
		await step(db, graduate, 'withdraw', placementId, 7);
		const events = await eventsOf(placementId);
		expect(
			events.map((event) => [
				event.revision,
				event.action,
				event.from_state,
				event.to_state,
				event.by_person_id
			])
		).toEqual([
			[1, 'propose', null, 'proposed', staff.id],
			[2, 'consent', 'proposed', 'consented', graduate.id],
			[3, 'show', 'consented', 'consented', graduate.id],
			[4, 'introduce', 'consented', 'introduced', staff.id],
			[5, 'begin_trial', 'introduced', 'on_trial', staff.id],
			[6, 'activate', 'on_trial', 'active', staff.id],
			[7, 'hide', 'active', 'active', graduate.id],
			[8, 'withdraw', 'active', 'withdrawn', graduate.id]
		]);
		for (const event of events) expect(event.happened_at <= now()).toBe(true);
		expect(await rowOf(placementId)).toMatchObject({ state: 'withdrawn', showing: 'hidden' });
	});

	test('a double click takes one step: the second press is told and changes nothing', async () => {
		const { placementId } = await aProposal(db, { staff, graduate });
		const presses = await Promise.allSettled([
			step(db, graduate, 'consent', placementId, 1),
			step(db, graduate, 'consent', placementId, 1)
		]);
		expect(presses.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(presses.find((press) => press.status === 'rejected')?.reason).toEqual(STALE);
		expect(await eventsOf(placementId)).toHaveLength(2);
		expect(await rowOf(placementId)).toMatchObject({ state: 'consented', revision: 2 });
	});

	test('two staff at once: both saw the same, one acts, the other is told', async () => {
		const other = await aPerson(db, 'staff');
		const { placementId } = await aProposal(db, { staff, graduate });
		await step(db, graduate, 'consent', placementId);
		const mine = await placements.forStaff(db, staff, placementId, 2);
		const hers = await placements.forStaff(db, other, placementId, 2);
		const [introduced, ended] = await Promise.allSettled([
			placements.introduce(db, mine),
			placements.end(db, hers, { reason: 'other', note: '' })
		]);
		expect([introduced.status, ended.status]).toEqual(['fulfilled', 'rejected']);
		expect(ended).toMatchObject({ reason: STALE });
		expect(await rowOf(placementId)).toMatchObject({ state: 'introduced', revision: 3 });
	});

	test('the graduate reads why staff have ended it, and is told of each of their steps', async () => {
		const own = await aGraduate(db);
		const { placementId } = await aProposal(db, { staff, graduate: own });
		await step(db, own, 'consent', placementId);
		await db.deleteFrom('notification').execute();
		const why = { reason: 'shop_closed', note: '房东收回了店面' } as const;
		await placements.end(db, await placements.forStaff(db, staff, placementId), why);
		const [placement] = await placements.of(db, own);
		expect(placement?.events.map(({ action, reason, note }) => [action, reason, note])).toEqual([
			['propose', null, null],
			['consent', null, null],
			['end', why.reason, why.note]
		]);
		expect(await db.selectFrom('notification').select(['person_id', 'kind']).execute()).toEqual([
			{ person_id: own.id, kind: 'placement_moved' }
		]);
	});

	test('a graduate who withdraws is not made active by a page opened before', async () => {
		const { placementId } = await aProposal(db, { staff, graduate });
		await step(db, graduate, 'consent', placementId);
		await step(db, staff, 'introduce', placementId);
		await step(db, staff, 'begin_trial', placementId);
		const seen = await placements.forStaff(db, staff, placementId);
		await step(db, graduate, 'withdraw', placementId);
		await expect(placements.activate(db, seen)).rejects.toEqual(STALE);
		await expect(step(db, staff, 'activate', placementId, seen.revision)).rejects.toEqual(STALE);
		expect(await rowOf(placementId)).toMatchObject({ state: 'withdrawn' });
	});

	test('the same revision cannot be written twice, even past the capability', async () => {
		const { placementId } = await aProposal(db, { staff, graduate });
		const seen = await placements.forGraduate(db, graduate, placementId);
		await queries.addEvent(db, {
			id: crypto.randomUUID(),
			placementId,
			revision: 2,
			action: 'consent',
			fromState: 'proposed',
			toState: 'consented',
			byPersonId: graduate.id,
			happenedAt: now()
		});
		await expect(placements.consent(db, seen)).rejects.toEqual(STALE);
		// The step that could not be kept was not taken either.
		expect(await rowOf(placementId)).toMatchObject({ state: 'proposed', revision: 1 });
	});

	test('a move from a revision that has passed moves nothing', async () => {
		const { placementId } = await aProposal(db, { staff, graduate });
		await step(db, graduate, 'consent', placementId);
		const to = { state: 'declined', showing: 'unanswered' } as const;
		expect(await queries.movePlacement(db, { id: placementId, revision: 1 }, to)).toBe(false);
		expect(await rowOf(placementId)).toMatchObject({ state: 'consented', revision: 2 });
	});

	test('staff take no step towards a shop that the graduate has not agreed to', async () => {
		const { placementId } = await aProposal(db, { staff, graduate });
		for (const action of ['introduce', 'begin_trial', 'activate'] as const)
			await expect(step(db, staff, action, placementId)).rejects.toEqual(
				new Conflict('step_not_possible')
			);
		expect(await eventsOf(placementId)).toHaveLength(1);
	});

	describe('proposing', () => {
		const proposable = async (storefrontId: string) =>
			[
				await graduates.forProposing(db, staff, graduate.id),
				await storefronts.forProposing(db, staff, storefrontId)
			] as const;

		test('pressed twice it is proposed once, and again only after it is over', async () => {
			const { placementId, storefrontId } = await aProposal(db, { staff, graduate });
			const [person, shop] = await proposable(storefrontId);
			await expect(placements.propose(db, person, shop, 'packing')).rejects.toEqual(
				new Conflict('proposed_already')
			);
			await placements.propose(db, person, shop, 'supplier');
			await step(db, graduate, 'decline', placementId);
			await placements.propose(db, person, shop, 'packing');
			const own = await placements.ofGraduate(db, staff, graduate.id);
			expect(
				own
					.filter((placement) => placement.storefrontId === storefrontId)
					.map(({ role, state }) => `${role} ${state}`)
					.sort()
			).toEqual(['packing declined', 'packing proposed', 'supplier proposed']);
		});

		test('only a role the shop needs', async () => {
			const storefrontId = await storefronts.create(db, staff, aShop({ helpNeeded: ['packing'] }));
			await expect(
				placements.propose(db, ...(await proposable(storefrontId)), 'livestream_host')
			).rejects.toThrow(Invalid);
		});

		test('only to somebody whose certificate holds', async () => {
			const trainee = await aPerson(db, 'trainee');
			await expect(graduates.forProposing(db, staff, trainee.id)).rejects.toThrow(NotFound);
			const number = await giveCertificate(db, trainee);
			const seen = await graduates.forProposing(db, staff, trainee.id);
			await db
				.updateTable('certificate')
				.set({ revoked_at: now(), revoked_reason: 'mistake' })
				.where('number', '=', number)
				.execute();
			const shop = await storefronts.create(db, staff, aShop());
			await expect(
				placements.propose(db, seen, await storefronts.forProposing(db, staff, shop), 'packing')
			).rejects.toEqual(new Conflict('not_a_graduate'));
			expect(await placements.ofGraduate(db, staff, trainee.id)).toEqual([]);
			expect((await graduates.all(db, staff)).map(({ id }) => id)).not.toContain(trainee.id);
		});

		test('the list of graduates shows certificates and what is open, not what is over', async () => {
			const person = await aGraduate(db);
			await giveCertificate(db, person);
			const first = await aProposal(db, { staff, graduate: person }, { name: '甲店' });
			await aProposal(db, { staff, graduate: person }, { name: '乙店' });
			await step(db, person, 'decline', first.placementId);
			const row = (await graduates.all(db, staff)).find(({ id }) => id === person.id);
			expect(row?.certificates).toHaveLength(2);
			expect(row?.placements.map(({ shopName }) => shopName)).toEqual(['乙店']);
		});
	});

	test('while a shop is suspended nobody enters it, but everybody can leave', async () => {
		const asked = await aProposal(db, { staff, graduate });
		const agreed = await aProposal(db, { staff, graduate });
		await step(db, graduate, 'consent', agreed.placementId);
		for (const { storefrontId } of [asked, agreed])
			await storefronts.suspend(db, await storefronts.forEditing(db, staff, storefrontId));
		const suspended = new Conflict('storefront_suspended');
		await expect(step(db, graduate, 'consent', asked.placementId)).rejects.toEqual(suspended);
		await expect(step(db, staff, 'introduce', agreed.placementId)).rejects.toEqual(suspended);
		await step(db, graduate, 'decline', asked.placementId);
		await step(db, graduate, 'withdraw', agreed.placementId);
	});

	test('nothing of one graduate is open to anybody else', async () => {
		const { placementId, storefrontId } = await aProposal(db, { staff, graduate });
		await step(db, graduate, 'consent', placementId);
		const others: Record<string, Actor> = {
			'another graduate': await aGraduate(db),
			'a trainee': await aPerson(db, 'trainee'),
			'an instructor': await aPerson(db, 'instructor'),
			'a visitor': VISITOR,
			'the system': SYSTEM
		};
		for (const [name, actor] of Object.entries(others)) {
			for (const open of [placements.forGraduate, placements.forStaff])
				await expect(open(db, actor, placementId), name).rejects.toThrow(NotFound);
			await expect(placements.ofGraduate(db, actor, graduate.id), name).rejects.toThrow(NotFound);
			await expect(graduates.forProposing(db, actor, graduate.id), name).rejects.toThrow(NotFound);
			await expect(graduates.all(db, actor), name).rejects.toThrow(NotAllowed);
			await expect(storefronts.forProposing(db, actor, storefrontId), name).rejects.toThrow(
				NotFound
			);
			if (actor.type === 'person') expect(await placements.of(db, actor), name).toEqual([]);
		}
		// Not even staff take the graduate's steps, and he does not take theirs.
		await expect(placements.forGraduate(db, staff, placementId)).rejects.toThrow(NotFound);
		await expect(placements.forStaff(db, graduate, placementId)).rejects.toThrow(NotFound);
		// "Not yours" and "not there" are one answer, whatever revision was seen.
		const stranger = await aGraduate(db);
		await expect(placements.forGraduate(db, stranger, placementId, 99)).rejects.toThrow(NotFound);
		await expect(placements.forGraduate(db, graduate, crypto.randomUUID(), 1)).rejects.toThrow(
			NotFound
		);
	});

	test('the graduate reads the names of those who acted for him', async () => {
		const own = await aGraduate(db, '陈默');
		const { placementId } = await aProposal(db, { staff, graduate: own });
		await step(db, own, 'decline', placementId);
		const [placement] = await placements.of(db, own);
		expect(placement?.events.map(({ action, byName }) => `${byName} ${action}`)).toEqual([
			'王老师 propose',
			'陈默 decline'
		]);
	});
});
