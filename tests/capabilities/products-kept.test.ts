/** What is kept of a shop's products: their currency, our copies of their pictures, and nothing for long. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { Conflict, NotFound } from '#lib/server/errors.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import { aConnectableShop, later } from '../support/connectable.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aPicture, aWooShop } from '../support/shops.ts';

onBothDatabases('what is kept of connected shops', (open) => {
	const own = aConnectableShop(open);

	test('a price in another currency is not taken for the same; staff are told once, and decide', async () => {
		const { db, staff, storefrontId, shop, woo, refresh, told, change } = own;
		await shop.connect(woo.origin);
		await refresh();
		change(11, { currency: 'USD', price: 1800 });
		woo.goods.push({ id: 14, name: '外币的', price: 500, currency: 'USD' });
		await refresh(later(1));
		expect(await shop.products()).toMatchObject([
			{ title: '广式月饼礼盒', priceMinor: 12_800, currency: 'CNY', isStale: true },
			{ title: '桂花糕', currency: 'CNY', isStale: false }
		]);
		expect(await shop.state()).toMatchObject({ currency: 'CNY', otherCurrency: 'USD' });
		expect(await told()).toEqual([['shop_products', storefrontId]]);
		await notifications.read(db, staff);
		await refresh(later(2));
		expect(await told()).toHaveLength(1);

		await shop.takeCurrency();
		await refresh();
		expect(await shop.state()).toMatchObject({ currency: 'USD', otherCurrency: 'CNY' });
		expect(await shop.products()).toMatchObject([
			{ title: '广式月饼礼盒', priceMinor: 1800, currency: 'USD', isStale: false },
			{ title: '桂花糕', priceMinor: 3550, currency: 'CNY', isStale: true },
			{ title: '外币的', currency: 'USD', isStale: false }
		]);
		change(12, { currency: 'USD' });
		await refresh(later(1));
		await expect(shop.takeCurrency()).rejects.toEqual(new Conflict('stale'));
	});

	test('a picture is copied and made anew; the shop’s own address is shown to nobody', async () => {
		const { storage, shop, woo, refresh, change } = own;
		change(11, { picture: `${woo.origin}/a.jpg` });
		await shop.connect(woo.origin);
		await refresh();
		const [product] = await shop.products();
		expect(product?.pictureFile).toMatch(/^[\da-f]{24}\.webp$/);
		expect(JSON.stringify(product)).not.toContain('a.jpg');
		const key = `products/${product?.id}/${product?.pictureFile}`;
		const picture = await sharp(await buffer(await storage.read(key))).metadata();
		expect(picture).toMatchObject({ format: 'webp', width: 640, height: 640 });
		expect(picture.exif).toBeUndefined();

		woo.server.asked.length = 0;
		await shop.refresh();
		await refresh();
		expect(woo.server.asked.map(({ path }) => path)).not.toContain('/a.jpg');

		woo.picture = await aPicture('#8e2334');
		change(11, { picture: `${woo.origin}/b.jpg` });
		await shop.refresh();
		await refresh();
		expect((await shop.products())[0]?.pictureFile).not.toBe(product?.pictureFile);
		expect(existsSync(join(own.folder, key))).toBe(false);

		change(11, { picture: undefined });
		await shop.refresh();
		await refresh();
		expect((await shop.products())[0]?.pictureFile).toBeNull();
		expect(existsSync(join(own.folder, `products/${product?.id}`))).toBe(false);
	});

	test('what is sold no more leaves with its picture', async () => {
		const { shop, woo, refresh, change } = own;
		change(11, { picture: `${woo.origin}/a.jpg` });
		await shop.connect(woo.origin);
		await refresh();
		const [product] = await shop.products();
		expect(existsSync(join(own.folder, `products/${product?.id}`))).toBe(true);
		woo.goods = woo.goods.filter(({ id }) => id !== 11);
		await shop.refresh();
		await refresh();
		expect(existsSync(join(own.folder, `products/${product?.id}`))).toBe(false);
	});

	test.each([
		['is no picture', (at: string) => `${at}/wp-json/wc/store/v1/products`],
		['is gone', (at: string) => `${at}/gone.png`],
		['lies inside', () => 'http://169.254.169.254/a.jpg']
	])('a picture that %s does not keep the product back', async (_, addressAt) => {
		const { shop, woo, refresh, change } = own;
		change(11, { picture: addressAt(woo.origin) });
		await shop.connect(woo.origin);
		await refresh();
		expect((await shop.products())[0]).toMatchObject({ title: '广式月饼礼盒', pictureFile: null });
		expect(await shop.state()).toMatchObject({ failureCode: null });
	});

	test('what is disconnected is gone at once, with its pictures and its rounds', async () => {
		const { shop, woo, refresh, change } = own;
		change(11, { picture: `${woo.origin}/a.jpg` });
		await shop.connect(woo.origin);
		await refresh();
		const [product] = await shop.products();
		await shop.disconnect();
		expect(await shop.products()).toEqual([]);
		expect(await shop.state()).toBeUndefined();
		expect(existsSync(join(own.folder, `products/${product?.id}`))).toBe(false);
		woo.server.asked.length = 0;
		await refresh(later(1.1));
		expect(woo.server.asked).toEqual([]);
		await expect(shop.refresh()).rejects.toThrow(NotFound);
		await expect(shop.disconnect()).rejects.toThrow(NotFound);
	});

	test('connected otherwise, it is the new shop’s products and no others', async () => {
		const { shop, woo, refresh } = own;
		await shop.connect(woo.origin);
		await refresh();
		const other = await aWooShop([{ id: 11, name: '别家的月饼', price: 5, currency: 'USD' }]);
		await shop.connect(other.origin);
		await refresh();
		expect(await shop.products()).toMatchObject([{ title: '别家的月饼', currency: 'USD' }]);
		expect(await shop.state()).toMatchObject({ otherCurrency: null });
		await other.server.close();
	});
});
