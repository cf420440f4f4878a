/** Shops that give their products: asked every hour, and kept as they were when they fail. */
import { expect, test } from 'vitest';
import { pauseAfter } from '#lib/domain/products.ts';
import { Invalid, TooMany } from '#lib/server/errors.ts';
import { giveUp, TOLD_AFTER_FAILURES } from '#lib/server/storefronts/refresh.ts';
import { aConnectableShop, HOUR_MS, later } from '../support/connectable.ts';
import { onBothDatabases } from '../support/databases.ts';
import { type Good, GOODS } from '../support/shops.ts';

onBothDatabases('products of connected shops', (open) => {
	const own = aConnectableShop(open);

	test('staff see what would come before anything is kept', async () => {
		const { shop, woo, refresh } = own;
		const tried = await shop.tryOut(woo.origin);
		expect(tried).toMatchObject({ count: 2, doubled: 0, unusable: 0, otherCurrency: null });
		expect(tried.first.map(({ title }) => title)).toEqual(['广式月饼礼盒', '桂花糕']);
		expect(await shop.state()).toBeUndefined();
		expect(await shop.products()).toEqual([]);
		expect(await refresh()).toBe(0);
	});

	test('or why nothing would', async () => {
		const { db, shop, woo } = own;
		const why = async (address: string) => {
			const thrown: unknown = await shop.tryOut(address).catch((error: unknown) => error);
			return thrown instanceof Invalid ? thrown.problems.address?.code : thrown;
		};
		expect(await why(`${woo.origin}/nowhere/`)).toBe('source_missing');
		expect(await why('http://192.168.0.1/')).toBe('source_inward');
		woo.goods = [];
		expect(await why(woo.origin)).toBe('source_none');
		woo.isDown = true;
		expect(await why(woo.origin)).toBe('source_busy');
		await db.updateTable('rate_limit').set({ count: 1000 }).execute();
		await expect(shop.tryOut(woo.origin)).rejects.toThrow(TooMany);
	});

	test('a connected shop is asked at once, and then every hour', async () => {
		const { db, shop, woo, refresh, change } = own;
		await shop.connect(woo.origin);
		expect(await shop.state()).toMatchObject({ isBeingAsked: true, goodAt: null });
		expect(await refresh()).toBe(1);
		expect(await shop.products()).toMatchObject([
			{ title: '广式月饼礼盒', priceMinor: 12_800, availability: 'in_stock', isStale: false },
			{ title: '桂花糕', priceMinor: 3550, availability: 'out_of_stock', isStale: false }
		]);
		expect(await shop.state()).toMatchObject({ isBeingAsked: false, failureCode: null });

		change(11, { price: 9900, name: '月饼礼盒（大）' });
		expect(await refresh(later(0.5))).toBe(0);
		expect(await refresh(later(1))).toBe(1);
		expect((await shop.products())[0]).toMatchObject({ title: '月饼礼盒（大）', priceMinor: 9900 });
		expect(await refresh(later(0.9))).toBe(0);
		expect(await refresh(later(2))).toBe(1);
		// Rounds leave no rows behind.
		const rows = await db.selectFrom('job').select('state').execute();
		expect(rows.length).toBeLessThanOrEqual(2);
	});

	test('what the shop sells no more is gone, what is new comes, in the shop’s order', async () => {
		const { shop, woo, refresh } = own;
		await shop.connect(woo.origin);
		await refresh();
		const [first] = await shop.products();
		woo.goods = [{ id: 13, name: '新的', price: 100 }, ...woo.goods.slice(0, 1)];
		await shop.refresh();
		await refresh();
		expect(await shop.titles()).toEqual(['新的', '广式月饼礼盒']);
		expect((await shop.products())[1]?.id).toBe(first?.id);
		woo.goods = [];
		await shop.refresh();
		await refresh();
		expect(await shop.products()).toEqual([]);
		expect(await shop.state()).toMatchObject({ failureCode: null });
	});

	test('of a shop that fails the last good state stays, marked with how old it is', async () => {
		const { shop, woo, refresh } = own;
		await shop.connect(woo.origin);
		await refresh();
		const before = await shop.products();
		woo.isDown = true;
		await refresh(later(1));
		const { goodAt } = (await shop.state()) ?? {};
		expect(await shop.state()).toMatchObject({ failureCode: 'busy' });
		expect(await shop.products()).toEqual(before.map((one) => ({ ...one, isStale: true })));
		expect((await shop.products())[0]?.seenAt).toBe(goodAt);
		woo.isDown = false;
		await shop.refresh();
		await refresh();
		expect((await shop.products()).map(({ isStale }) => isStale)).toEqual([false, false]);
	});

	test('what was not looked at for two hours is old, even if nothing has failed', async () => {
		const { db, shop, woo, refresh } = own;
		await shop.connect(woo.origin);
		await refresh();
		const seenAt = new Date(Date.now() - 2.1 * HOUR_MS).toISOString();
		await db.updateTable('product').set({ seen_at: seenAt }).execute();
		expect((await shop.products())[0]?.isStale).toBe(true);
	});

	test('it is asked less and less often while it fails; staff are told once it is no passing trouble', async () => {
		const { storefrontId, shop, woo, refresh, told } = own;
		woo.isDown = true;
		await shop.connect(woo.origin);
		await refresh();
		const pauses: number[] = [];
		for (let failure = 1; failure <= 7; failure++) {
			const { nextAt = '', triedAt } = (await shop.state()) ?? {};
			pauses.push(Math.round((Date.parse(nextAt) - Date.parse(triedAt ?? '')) / HOUR_MS));
			expect(await told()).toEqual(
				failure < TOLD_AFTER_FAILURES ? [] : [['shop_products', storefrontId]]
			);
			expect(await refresh(new Date(Date.parse(nextAt) + 1))).toBe(1);
		}
		expect(pauses).toEqual([1, 2, 4, 8, 16, 24, 24]);
		expect(pauseAfter(0)).toBe(HOUR_MS);
		woo.isDown = false;
		await shop.refresh();
		await refresh();
		expect(await shop.state()).toMatchObject({ failureCode: null });
	});

	test('asked at once and by the hour, it is still asked once an hour', async () => {
		const { shop, woo, refresh } = own;
		await shop.connect(woo.origin);
		await refresh();
		for (let press = 0; press < 3; press++) await shop.refresh();
		woo.server.asked.length = 0;
		await refresh(later(0.1));
		expect(woo.server.asked).toHaveLength(1);
		await refresh(later(1.2));
		expect(woo.server.asked).toHaveLength(2);
	});

	test('a job that is done twice, as after a crash, does no more than once', async () => {
		const { db, shop, woo, refresh } = own;
		await shop.connect(woo.origin);
		const job = await db.selectFrom('job').selectAll().executeTakeFirstOrThrow();
		await refresh();
		await db
			.insertInto('job')
			.values({ ...job, id: `${job.id}-again` })
			.execute();
		woo.server.asked.length = 0;
		await refresh();
		expect(woo.server.asked).toEqual([]);
		expect(await shop.titles()).toHaveLength(2);
		expect(await refresh(later(1.1))).toBe(1);
	});

	test('a fault of ours is said, and the shop is asked again later', async () => {
		const { db, shop, woo, refresh } = own;
		await shop.connect(woo.origin);
		const { payload } = await db.selectFrom('job').select('payload').executeTakeFirstOrThrow();
		await db.deleteFrom('job').execute();
		await giveUp(db, JSON.parse(payload));
		expect(await shop.state()).toMatchObject({ failureCode: 'ours' });
		expect(await refresh(later(1))).toBe(1);
		expect(await shop.state()).toMatchObject({ failureCode: null });
	});

	test('products that come under one id twice are one, and it is said', async () => {
		const { shop, woo, refresh } = own;
		woo.goods.push({ ...(GOODS[0] as Good), name: '又一个', price: 1 });
		await shop.connect(woo.origin);
		await refresh();
		expect(await shop.titles()).toEqual(['广式月饼礼盒', '桂花糕']);
		expect(await shop.state()).toMatchObject({ doubled: 1 });
	});

	test('a suspended shop is not asked, and asked again when it is resumed', async () => {
		const { shop, woo, refresh } = own;
		await shop.connect(woo.origin);
		await refresh();
		await shop.suspend();
		woo.server.asked.length = 0;
		await refresh(later(1));
		expect(woo.server.asked).toEqual([]);
		await shop.resume();
		await refresh(later(2.1));
		expect(woo.server.asked).toHaveLength(1);
	});

	test('a token never comes back', async () => {
		const { shop, woo } = own;
		await shop.connect(woo.origin, 'shopify', 'the-token');
		expect(await shop.state()).toMatchObject({ hasToken: true });
		expect(JSON.stringify(await shop.state())).not.toContain('the-token');
	});
});
