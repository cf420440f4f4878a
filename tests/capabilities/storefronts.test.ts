import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import { SYSTEM, VISITOR } from '#lib/server/access/actor.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Conflict, NotAllowed, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aPerson, aProposal, aGraduate, aShop, begin, step } from '../support/placing.ts';

onBothDatabases('storefronts', (open) => {
	let db: Kysely<Tables>;
	let staff: PersonActor;
	beforeAll(async () => {
		db = await open();
		staff = await aPerson(db, 'staff');
	});

	test('staff register a shop and find it as they wrote it', async () => {
		const id = await storefronts.create(db, staff, aShop({ name: '桂花糕铺' }));
		expect(await storefronts.forEditing(db, staff, id)).toMatchObject({
			...aShop({ name: '桂花糕铺' }),
			revision: 1,
			suspendedAt: null
		});
	});

	test('a form sent twice adds one shop', async () => {
		const id = newId();
		const name = `只有一家 ${id}`;
		await storefronts.create(db, staff, aShop({ name }), id);
		await storefronts.create(db, staff, aShop({ name }), id);
		const all = await storefronts.all(db, staff);
		expect(all.filter((shop) => shop.name === name)).toHaveLength(1);
	});

	test('of two staff who change one shop at once, one is told and overwrites nothing', async () => {
		const id = await storefronts.create(db, staff, aShop());
		const other = await aPerson(db, 'staff');
		const [first, second] = [
			await storefronts.forEditing(db, staff, id),
			await storefronts.forEditing(db, other, id)
		];
		await storefronts.change(db, first, aShop({ wares: '月饼' }));
		await expect(storefronts.change(db, second, aShop({ wares: '糕' }))).rejects.toEqual(
			new Conflict('stale')
		);
		await expect(storefronts.forEditing(db, other, id, 1)).rejects.toEqual(new Conflict('stale'));
		expect(await storefronts.forEditing(db, other, id, 2)).toMatchObject({ wares: '月饼' });
	});

	test('a suspended shop is not among those to propose, and can be resumed', async () => {
		const id = await storefronts.create(db, staff, aShop());
		await storefronts.suspend(db, await storefronts.forEditing(db, staff, id));
		expect((await storefronts.open(db, staff)).map((shop) => shop.id)).not.toContain(id);
		await expect(storefronts.forProposing(db, staff, id)).rejects.toEqual(
			new Conflict('storefront_suspended')
		);
		const row = await db
			.selectFrom('storefront')
			.where('id', '=', id)
			.selectAll()
			.executeTakeFirstOrThrow();
		expect(row.suspended_by).toBe(staff.id);

		await expect(
			storefronts.suspend(db, await storefronts.forEditing(db, staff, id))
		).rejects.toEqual(new Conflict('stale'));
		await storefronts.resume(db, await storefronts.forEditing(db, staff, id));
		await expect(
			storefronts.resume(db, await storefronts.forEditing(db, staff, id))
		).rejects.toEqual(new Conflict('stale'));
		expect((await storefronts.open(db, staff)).map((shop) => shop.id)).toContain(id);
	});

	test('a shop shows how many graduates are active in it, not how many were asked', async () => {
		const graduate = await aGraduate(db);
		const { placementId, storefrontId } = await aProposal(db, { staff, graduate });
		const activeCount = async () =>
			(await storefronts.all(db, staff)).find((shop) => shop.id === storefrontId)?.activeCount;
		expect(await activeCount()).toBe(0);
		await step(db, graduate, 'consent', placementId);
		await begin(db, staff, placementId);
		expect(await activeCount()).toBe(1);
	});

	test('only staff keep shops', async () => {
		const id = await storefronts.create(db, staff, aShop());
		const others = [
			await aPerson(db, 'trainee'),
			await aGraduate(db),
			await aPerson(db, 'instructor'),
			VISITOR,
			SYSTEM
		];
		for (const other of others) {
			await expect(storefronts.create(db, other, aShop())).rejects.toThrow(NotAllowed);
			await expect(storefronts.all(db, other)).rejects.toThrow(NotAllowed);
			await expect(storefronts.open(db, other)).rejects.toThrow(NotAllowed);
			await expect(storefronts.forEditing(db, other, id)).rejects.toThrow(NotFound);
			await expect(storefronts.forProposing(db, other, id)).rejects.toThrow(NotFound);
		}
		await expect(storefronts.forEditing(db, staff, newId())).rejects.toThrow(NotFound);
	});
});
