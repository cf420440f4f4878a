/** What happens while a shop is asked, and what is left for the next time. */
import { expect, test } from 'vitest';
import { PICTURES_AT_ONCE } from '#lib/server/storefronts/product-pictures.ts';
import { aConnectableShop, HOUR_MS, later } from '../support/connectable.ts';
import { askLoopback, refreshDue } from '../support/connected.ts';
import { onBothDatabases } from '../support/databases.ts';
import { GOODS } from '../support/shops.ts';

onBothDatabases('shops while they are asked', (open) => {
	const own = aConnectableShop(open);
	const pictured = (count: number) =>
		Array.from({ length: count }, (_, at) => ({
			...{ id: at + 1, name: `糕 ${at + 1}`, price: 100, picture: `${own.woo.origin}/${at}.jpg` }
		}));
	const fetched = () => own.woo.server.asked.filter(({ path }) => path.endsWith('.jpg')).length;

	test('what a shop answers after it was connected otherwise is not kept', async () => {
		const { db, storage, shop, woo, refresh } = own;
		await shop.connect(`${woo.origin}/old`);
		await refreshDue(db, storage, new Date(), async (question) => {
			await shop.connect(woo.origin);
			return askLoopback({ ...question, address: question.address.replace('/old', '') });
		});
		expect(await shop.products()).toEqual([]);
		expect(await shop.state()).toMatchObject({ address: woo.origin, goodAt: null, triedAt: null });
		expect(await refresh()).toBe(1);
		expect(await shop.titles()).toEqual(GOODS.map(({ name }) => name));
	});

	test('nor is what went wrong with it', async () => {
		const { db, storage, shop, woo } = own;
		woo.isDown = true;
		await shop.connect(`${woo.origin}/old`);
		await refreshDue(db, storage, new Date(), async (question) => {
			await shop.connect(woo.origin);
			return askLoopback(question);
		});
		expect(await shop.state()).toMatchObject({ failureCode: null, triedAt: null });
	});

	test('many pictures come a few at a time, the rest minutes later', async () => {
		const { shop, woo, refresh } = own;
		woo.goods = pictured(PICTURES_AT_ONCE + 3);
		await shop.connect(woo.origin);
		await refresh();
		expect(await shop.titles()).toHaveLength(PICTURES_AT_ONCE + 3);
		expect(fetched()).toBe(PICTURES_AT_ONCE);
		expect(await refresh(later(4 / 60))).toBe(0);
		expect(await refresh(later(5 / 60))).toBe(1);
		expect(fetched()).toBe(PICTURES_AT_ONCE + 3);
		expect((await shop.products()).every(({ pictureFile }) => pictureFile !== null)).toBe(true);
		expect(await refresh(later(0.9))).toBe(0);
	});

	test('as many as come at once leave nothing for later', async () => {
		const { shop, woo, refresh } = own;
		woo.goods = pictured(PICTURES_AT_ONCE);
		await shop.connect(woo.origin);
		await refresh();
		expect(fetched()).toBe(PICTURES_AT_ONCE);
		expect(await refresh(later(0.9))).toBe(0);
	});

	test('a picture is looked at again after a day, and one that could not be had is tried again', async () => {
		const { db, shop, woo, refresh, change } = own;
		change(11, { picture: `${woo.origin}/a.jpg` });
		change(12, { picture: `${woo.origin}/gone.png` });
		await shop.connect(woo.origin);
		await refresh();
		const tried = async (hoursAgo: number) => {
			const picture_tried_at = new Date(Date.now() - hoursAgo * HOUR_MS).toISOString();
			await db.updateTable('product').set({ picture_tried_at }).execute();
			woo.server.asked.length = 0;
			await shop.refresh();
			await refresh();
			return woo.server.asked.map(({ path }) => path).filter((path) => !path.includes('wp-json'));
		};
		expect(await tried(23)).toEqual([]);
		expect(await tried(25)).toEqual(['/a.jpg', '/gone.png']);
	});

	test('staff see the first of what would come, in the currency that counts', async () => {
		const { shop, woo } = own;
		woo.goods = [
			{ id: 1, name: '外币的', price: 5, currency: 'USD' },
			...Array.from({ length: 8 }, (_, at) => ({ id: at + 2, name: `糕 ${at}`, price: 100 }))
		];
		const tried = await shop.tryOut(woo.origin);
		expect(tried).toMatchObject({ count: 8, otherCurrency: 'USD' });
		expect(tried.first.map(({ title }) => title)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `糕 ${n}`));
	});

	test('a shop that waits for its turn for long is not said to be asked', async () => {
		const { db, shop, woo } = own;
		await shop.connect(woo.origin);
		expect(await shop.state()).toMatchObject({ isBeingAsked: true });
		const next_at = new Date(Date.now() - 6 * 60_000).toISOString();
		await db.updateTable('product_source').set({ next_at }).execute();
		expect(await shop.state()).toMatchObject({ isBeingAsked: false });
	});
});
