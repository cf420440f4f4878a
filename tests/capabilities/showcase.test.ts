import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as graduates from '#lib/server/placements/graduates.ts';
import * as placements from '#lib/server/placements/placements.ts';
import * as showcase from '#lib/server/showcase/showcase.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aGraduate, aPerson, aProposal, begin, step } from '../support/placing.ts';

onBothDatabases('the showcase', (open) => {
	let db: Kysely<Tables>;
	let staff: PersonActor;
	beforeAll(async () => {
		db = await open();
		staff = await aPerson(db, 'staff');
	});

	let count = 0;
	/** A graduate at work in a shop of a name of its own; shown unless he said otherwise. */
	async function atWork({ isShown = true } = {}) {
		const graduate = await aGraduate(db);
		const name = `店 ${++count}`;
		const proposal = await aProposal(db, { staff, graduate }, { name });
		await step(db, graduate, 'consent', proposal.placementId);
		if (isShown) await step(db, graduate, 'show', proposal.placementId);
		await begin(db, staff, proposal.placementId);
		return { graduate, name, ...proposal };
	}
	const find = async (name: string) =>
		(await showcase.shops(db)).find((shop) => shop.name === name);

	test('shows the shop, the name and the role of a graduate who agreed, and nothing else', async () => {
		const { graduate, name } = await atWork();
		expect(await find(name)).toEqual({
			name,
			platform: 'taobao',
			address: 'https://shop.example/moon',
			wares: '月饼和糕点',
			graduates: [{ name: graduate.displayName, role: 'packing' }],
			products: []
		});
	});

	test('shows nobody who was not asked, said no, or has not begun', async () => {
		const unasked = await atWork({ isShown: false });
		expect(await find(unasked.name)).toBeUndefined();
		await step(db, unasked.graduate, 'hide', unasked.placementId);
		expect(await find(unasked.name)).toBeUndefined();

		const graduate = await aGraduate(db);
		const { placementId } = await aProposal(db, { staff, graduate }, { name: '还没开始' });
		await step(db, graduate, 'consent', placementId);
		await step(db, graduate, 'show', placementId);
		for (const action of ['introduce', 'begin_trial', 'activate'] as const) {
			expect(await find('还没开始'), action).toBeUndefined();
			await step(db, staff, action, placementId);
		}
		expect(await find('还没开始')).toBeDefined();
	});

	test.each(['withdraw', 'hide', 'end'] as const)('forgets at once after "%s"', async (action) => {
		const { graduate, name, placementId } = await atWork();
		expect(await find(name)).toBeDefined();
		await step(db, action === 'end' ? staff : graduate, action, placementId);
		expect(await find(name)).toBeUndefined();
		expect(JSON.stringify(await showcase.shops(db))).not.toContain(`"${graduate.displayName}"`);
	});

	test('forgets only the one who left when two work in one shop', async () => {
		const first = await atWork();
		const second = await aGraduate(db);
		const placementId = await placements.propose(
			db,
			await graduates.forProposing(db, staff, second.id),
			await storefronts.forProposing(db, staff, first.storefrontId),
			'supplier'
		);
		await step(db, second, 'consent', placementId);
		await step(db, second, 'show', placementId);
		await begin(db, staff, placementId);
		expect((await find(first.name))?.graduates).toHaveLength(2);
		await step(db, first.graduate, 'withdraw', first.placementId);
		expect((await find(first.name))?.graduates).toEqual([
			{ name: second.displayName, role: 'supplier' }
		]);
	});

	test('hides a suspended shop, and shows it again when it is resumed', async () => {
		const { name, storefrontId } = await atWork();
		await storefronts.suspend(db, await storefronts.forEditing(db, staff, storefrontId));
		expect(await find(name)).toBeUndefined();
		await storefronts.resume(db, await storefronts.forEditing(db, staff, storefrontId));
		expect(await find(name)).toBeDefined();
	});
});
