/** Shops whose server knows products and prices, and nothing of the pages that show them. */
import { expect, test } from 'vitest';
import { given, problem } from '../support/asking.ts';
import * as shops from '../support/shops.ts';

test('Medusa is asked for the prices of a region, in yuan where there is one, with its key', async () => {
	const { server } = await given(
		'medusa',
		() => (request, response) => {
			request.url = request.url?.replace('/api', '');
			shops.medusa(shops.GOODS)(request, response);
		},
		{ token: 'pk_123', path: '/api/store/products' }
	);
	const asked = server.asked.map(({ path }) => new URL(path, server.origin));
	expect(asked.map(({ pathname }) => pathname)).toEqual([
		'/api/store/regions',
		'/api/store/products'
	]);
	expect(asked[1]?.searchParams.get('region_id')).toBe('reg_cn');
	for (const { headers } of server.asked) expect(headers['x-publishable-api-key']).toBe('pk_123');
});

test('what Medusa has is told apart from what it can make, and from what it does not say', async () => {
	const { products, ...rest } = shops.medusaProducts(
		Array.from({ length: 4 }, (_, id) => ({ id, name: `糕 ${id}`, price: 100 }))
	);
	const stock = [
		{ manage_inventory: false, inventory_quantity: 0 },
		{ manage_inventory: true, inventory_quantity: 0, allow_backorder: true },
		{ manage_inventory: true, inventory_quantity: 0 },
		{ manage_inventory: true, inventory_quantity: undefined }
	];
	const answer = {
		products: products.map((product, at) => ({
			...product,
			variants: product.variants.map((variant) => ({ ...variant, ...stock[at] }))
		})),
		...rest
	};
	const { offers } = await given(
		'medusa',
		() => (request, response) =>
			shops.sendJson(request.url?.includes('regions') ? shops.MEDUSA_REGIONS : answer)(
				request,
				response
			)
	);
	expect(offers.map(({ availability }) => availability)).toEqual([
		...['in_stock', 'pre_order', 'out_of_stock', 'unknown']
	]);
	const nowhere = shops.sendJson({ regions: [] });
	expect(await problem('medusa', () => nowhere)).toBe('none');
});

test('of Vendure the cheapest of a product counts, in whatever way it tells what is there', async () => {
	const [product] = shops.vendureProducts(shops.GOODS).data.products.items;
	const variant = { priceWithTax: 500, currencyCode: 'CNY', stockLevel: '0' };
	const items = [
		[{ ...variant, priceWithTax: 900, stockLevel: '3' }, variant],
		[variant, { ...variant, stockLevel: 'OUT_OF_STOCK' }],
		[{ ...variant, stockLevel: 'LOW_STOCK' }],
		[]
	].map((variants, id) => ({ ...product, id: String(id), variants }));
	const answer = { data: { products: { items, totalItems: 4 } } };
	const { offers, unusable, server } = await given('vendure', () => shops.sendJson(answer), {
		...{ token: 'channel', path: '/shop-api/' }
	});
	expect(offers.map(({ priceMinor, availability }) => [priceMinor, availability])).toEqual([
		[500, 'in_stock'],
		[500, 'out_of_stock'],
		[500, 'in_stock']
	]);
	expect(unusable).toBe(1);
	expect(server.asked[0]).toMatchObject({
		path: '/shop-api',
		headers: { 'vendure-token': 'channel' }
	});
	const shut = shops.sendJson({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
	expect(await problem('vendure', () => shut)).toBe('refused');
});
