/** Products kept by hand, and who sees products and their pictures, from when to when. */
import type { Kysely } from 'kysely';
import * as v from 'valibot';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import {
	MAX_PRODUCTS,
	ProductForm,
	SHOWN_PRODUCTS,
	SOURCE_PROBLEMS,
	SourceForm
} from '#lib/domain/products.ts';
import { type PersonActor, VISITOR } from '#lib/server/access/actor.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import { read } from '#lib/server/input.ts';
import * as showcase from '#lib/server/showcase/showcase.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import * as products from '#lib/server/storefronts/products.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { say } from '#lib/words/problems.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { refreshDue, shopOf } from '../support/connected.ts';
import { aGraduate, aPerson, aProposal, begin, step } from '../support/placing.ts';
import { aPicture, aWooShop } from '../support/shops.ts';

const DAY_MS = 24 * 60 * 60_000;
const NO_PICTURE = new Uint8Array();

const form = (over: Record<string, unknown> = {}) => ({
	...{ id: newId(), title: '绿豆糕', price: '28.5', currency: 'CNY', availability: 'in_stock' },
	...{ address: 'https://item.example/1', picture: new File([], '') },
	...over
});

onBothDatabases('products as they are shown', (open) => {
	let db: Kysely<Tables>;
	let storage: Storage;
	let staff: PersonActor;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
		staff = await aPerson(db, 'staff');
	});

	let count = 0;
	let graduate: PersonActor;
	let name: string;
	let placementId: string;
	let storefrontId: string;
	let shop: ReturnType<typeof shopOf>;
	/** A graduate is proposed to a shop of a name of its own. */
	beforeEach(async () => {
		graduate = await aGraduate(db);
		name = `店 ${++count}`;
		({ placementId, storefrontId } = await aProposal(db, { staff, graduate }, { name }));
		shop = shopOf(db, storage, staff, storefrontId);
	});
	async function goToWork() {
		await step(db, graduate, 'consent', placementId);
		await step(db, graduate, 'show', placementId);
		await begin(db, staff, placementId);
	}
	async function keep(over: Record<string, unknown> = {}, picture: Uint8Array = NO_PICTURE) {
		const product = { ...v.parse(ProductForm, form(over)), picture };
		await products.keepByHand(db, storage, await shop.editable(), product);
		return product.id;
	}
	const shown = async () =>
		(await showcase.shops(db)).find((one) => one.name === name)?.products ?? [];

	test('staff keep a product by hand, change it, and take it out', async () => {
		const id = await keep();
		await keep({ title: '红豆糕' });
		expect(await shop.products()).toMatchObject([
			{ id, title: '绿豆糕', priceMinor: 2850, currency: 'CNY', isByHand: true, isStale: false },
			{ title: '红豆糕' }
		]);
		await keep({ id, price: '30', availability: 'out_of_stock' });
		expect((await shop.products())[0]).toMatchObject({ priceMinor: 3000, title: '绿豆糕' });
		await products.removeByHand(db, storage, await shop.editable(), id);
		expect(await shop.titles()).toEqual(['红豆糕']);
		await expect(products.removeByHand(db, storage, await shop.editable(), id)).rejects.toThrow(
			NotFound
		);
	});

	test('a form sent twice keeps one product', async () => {
		const id = newId();
		await Promise.all([keep({ id }), keep({ id })]);
		expect(await shop.titles()).toEqual(['绿豆糕']);
	});

	test('its picture is made anew, and replaced by the next', async () => {
		const id = await keep({}, await aPicture('#8e2334'));
		const [first] = await shop.products();
		expect(first?.pictureFile).toMatch(/\.webp$/);
		await keep({ id });
		expect((await shop.products())[0]?.pictureFile).toBe(first?.pictureFile);
		await keep({ id }, await aPicture('#d9982b'));
		const [second] = await shop.products();
		expect(second?.pictureFile).not.toBe(first?.pictureFile);
		expect(await storage.stat(`products/${id}/${first?.pictureFile}`)).toBeUndefined();
		await expect(keep({}, Buffer.from('<svg onload="alert(1)"/>'))).rejects.toThrow(Invalid);
		await expect(keep({}, Buffer.from('%PDF-1.7\n'))).rejects.toThrow(Invalid);
	});

	test('no more than a list holds, and nobody else’s', async () => {
		const id = await keep();
		const other = shopOf(
			db,
			storage,
			staff,
			await storefronts.create(db, staff, {
				...{ name: '别的店', platform: 'taobao', address: 'https://x.example/' },
				...{ wares: '糕', helpNeeded: ['packing'] }
			})
		);
		const product = { ...v.parse(ProductForm, form({ id })), picture: NO_PICTURE };
		await expect(products.keepByHand(db, storage, await other.editable(), product)).rejects.toThrow(
			NotFound
		);
		await expect(products.removeByHand(db, storage, await other.editable(), id)).rejects.toThrow(
			NotFound
		);
		for (let more = 1; more < MAX_PRODUCTS; more++) await keep();
		await expect(keep()).rejects.toThrow(Invalid);
	});

	test('what the shop itself gives is not changed by hand, and both stand side by side', async () => {
		const woo = await aWooShop();
		await shop.connect(woo.origin);
		await keep();
		await refreshDue(db, storage);
		expect(await shop.titles()).toEqual(['广式月饼礼盒', '桂花糕', '绿豆糕']);
		const [given] = await shop.products();
		await expect(keep({ id: given?.id })).rejects.toThrow(NotFound);
		await expect(
			products.removeByHand(db, storage, await shop.editable(), given?.id ?? '')
		).rejects.toThrow(NotFound);
		await shop.disconnect();
		expect(await shop.titles()).toEqual(['绿豆糕']);
		await woo.server.close();
	});

	test('kept by hand it is old after a month, and not because a shop fails', async () => {
		const woo = await aWooShop();
		woo.isDown = true;
		await shop.connect(woo.origin);
		await refreshDue(db, storage);
		const id = await keep();
		expect((await shop.products())[0]?.isStale).toBe(false);
		const seen_at = new Date(Date.now() - 31 * DAY_MS).toISOString();
		await db.updateTable('product').set({ seen_at }).where('id', '=', id).execute();
		expect((await shop.products())[0]?.isStale).toBe(true);
		await woo.server.close();
	});

	test('everybody sees them while the shop is shown, and from the moment it is not, nobody', async () => {
		const id = await keep({}, await aPicture('#8e2334'));
		const file = (await shop.products())[0]?.pictureFile ?? '';
		const picture = () => showcase.pictureOf(db, id, file);
		expect(await shown()).toEqual([]);
		await expect(picture()).rejects.toThrow(NotFound);
		await goToWork();
		expect(await shown()).toMatchObject([{ title: '绿豆糕', pictureFile: file }]);
		expect(await picture()).toBe(`products/${id}/${file}`);
		await expect(showcase.pictureOf(db, id, 'another.webp')).rejects.toThrow(NotFound);
		await shop.suspend();
		await expect(picture()).rejects.toThrow(NotFound);
		await shop.resume();
		await step(db, graduate, 'withdraw', placementId);
		expect(await shown()).toEqual([]);
		await expect(picture()).rejects.toThrow(NotFound);
	});

	test('the showcase shows the first of many', async () => {
		for (let number = 0; number < SHOWN_PRODUCTS + 2; number++)
			await keep({ title: `糕 ${number}` });
		await goToWork();
		expect((await shown()).map(({ title }) => title)).toEqual(
			Array.from({ length: SHOWN_PRODUCTS }, (_, number) => `糕 ${number}`)
		);
	});

	test('pictures are for staff, and for a graduate from being asked until she has left', async () => {
		const id = await keep({}, await aPicture('#8e2334'));
		const file = (await shop.products())[0]?.pictureFile ?? '';
		const mayLook = (who: Parameters<typeof products.pictureFor>[1], name = file) =>
			products.pictureFor(db, who, id, name).then(
				() => true,
				(error: unknown) => {
					expect(error).toBeInstanceOf(NotFound);
					return false;
				}
			);
		expect(await mayLook(staff)).toBe(true);
		expect(await mayLook(staff, 'another.webp')).toBe(false);
		expect(await mayLook(graduate)).toBe(true);
		for (const other of [await aGraduate(db), await aPerson(db, 'instructor'), VISITOR])
			expect(await mayLook(other)).toBe(false);
		await goToWork();
		expect(await mayLook(graduate)).toBe(true);
		await step(db, graduate, 'withdraw', placementId);
		expect(await mayLook(graduate)).toBe(false);
	});
});

const problemsOf = (schema: typeof ProductForm | typeof SourceForm, input: unknown) => {
	try {
		read(schema, input);
		return {};
	} catch (error) {
		if (!(error instanceof Invalid)) throw error;
		return Object.fromEntries(
			Object.entries(error.problems).map(([field, { code }]) => [field, code])
		);
	}
};

test.each([
	[{ price: '1,5' }, { price: 'price_odd' }],
	[{ price: '0' }, { price: 'price_odd' }],
	[{ price: '' }, { price: 'required' }],
	[{ currency: 'RMB' }, { currency: 'choose_one' }],
	[{ address: 'javascript:alert(1)' }, { address: 'not_an_address' }],
	[{ address: 'https://shop@evil.example/' }, { address: 'not_an_address' }],
	[{ title: '证 110101199003070017' }, { title: 'personal_number' }],
	[
		{ picture: new File([new Uint8Array(11 * 1024 * 1024)], 'a.jpg') },
		{ picture: 'picture_too_large' }
	]
])('a product kept by hand with %o is refused in its field', (over, problems) => {
	expect(problemsOf(ProductForm, form(over))).toEqual(problems);
});

test('why a shop gives nothing is said in words, each in its own', () => {
	const sentences = SOURCE_PROBLEMS.map((code) => say({ code: `source_${code}` }));
	expect(new Set([...sentences, say({ code: 'unknown' })]).size).toBe(SOURCE_PROBLEMS.length + 1);
});

test('a connection is refused field by field, and a token can end no header', () => {
	const input = { kind: 'shopify', address: 'https://shop.example/', token: '' };
	expect(read(SourceForm, input)).toEqual({ ...input, token: null });
	expect(problemsOf(SourceForm, { ...input, token: 'a\r\nhost: inside' })).toEqual({
		token: 'odd_characters'
	});
	expect(problemsOf(SourceForm, { ...input, kind: 'taobao', address: 'ftp://x/' })).toEqual({
		...{ kind: 'choose_one', address: 'not_an_address' }
	});
});
