/** Each kind of shop, asked over HTTP by its published schema. */
import { expect, test } from 'vitest';
import { MAX_PRODUCT_TITLE, MAX_PRODUCTS } from '#lib/domain/products.ts';
import { linkedDataIn, MAX_LINKED } from '#lib/server/storefronts/sources/linked-data-in.ts';
import { ANSWERS, given, KINDS, problem } from '../support/asking.ts';
import * as shops from '../support/shops.ts';

test.each(KINDS)(
	'a shop that speaks %s gives name, price, whether it is there, and where',
	async (kind) => {
		const picture = '/pictures/11.jpg';
		const { offers, doubled, unusable, beyond, server } = await given(kind, (origin) =>
			ANSWERS[kind](
				shops.GOODS.map((good) => ({
					...good,
					...(good.id === 11 && { picture: origin + picture })
				})),
				origin
			)
		);
		expect({ doubled, unusable, beyond }).toEqual({ doubled: 0, unusable: 0, beyond: 0 });
		expect(offers).toHaveLength(2);
		expect(offers[0]).toMatchObject({
			...{ title: '广式月饼礼盒', priceMinor: 12_800, currency: 'CNY', availability: 'in_stock' },
			pictureAddress: server.origin + picture
		});
		expect(offers[1]).toMatchObject({
			...{ title: '桂花糕', priceMinor: 3550, currency: 'CNY', availability: 'out_of_stock' },
			pictureAddress: null
		});
		// Medusa and Vendure know no pages: who wants the product goes to the shop.
		const place = ['medusa', 'vendure'].includes(kind) ? '/home' : '/p';
		for (const { address } of offers) expect(address).toContain(`${server.origin}${place}`);
		expect(new Set(offers.map(({ externalId }) => externalId)).size).toBe(2);
	}
);

test.each(KINDS)('in %s an id that comes twice counts once, the first time', async (kind) => {
	const [first, second] = shops.GOODS;
	if (!first || !second) throw new Error('no goods');
	const goods = [first, { ...first, name: '又一个', price: 1 }, second];
	const { offers, doubled } = await given(kind, (origin) => ANSWERS[kind](goods, origin));
	expect(offers.map(({ title }) => title)).toEqual([first.name, second.name]);
	expect(doubled).toBe(1);
});

test.each(KINDS)(
	'in %s what has no price, no name or an unknown currency is left out',
	async (kind) => {
		const goods = [
			...shops.GOODS,
			{ id: 13, name: '没有价格', price: 0 },
			{ id: 14, name: ' ', price: 100 },
			{ id: 15, name: '比特币的', price: 100, currency: 'XBX' }
		];
		const { offers, unusable } = await given(kind, (origin) => ANSWERS[kind](goods, origin));
		expect(offers).toHaveLength(2);
		expect(unusable).toBe(3);
	}
);

test.each(KINDS)(
	'of %s no more than a hundred are taken, and it is told that there are more',
	async (kind) => {
		const goods = Array.from({ length: MAX_PRODUCTS + 20 }, (_, n) => ({
			...{ id: n + 1, name: `月饼 ${n + 1}`, price: 1000 + n }
		}));
		const { offers, beyond } = await given(kind, (origin) => ANSWERS[kind](goods, origin));
		expect(offers).toHaveLength(MAX_PRODUCTS);
		expect(beyond).toBe(20);
	}
);

test.each(KINDS)('titles of %s are words alone, and no longer than a line', async (kind) => {
	const goods = [
		{ id: 1, name: '<b>礼盒</b> &amp; \u202eabc\n\t茶', price: 100 },
		{ id: 2, name: '长'.repeat(500), price: 100 }
	];
	const { offers } = await given(kind, (origin) => ANSWERS[kind](goods, origin));
	// Where titles are no markup, what looks like it was meant.
	const isMarkup = ['woocommerce', 'feed', 'page'].includes(kind);
	expect(offers[0]?.title).toBe(isMarkup ? '礼盒 & abc 茶' : '<b>礼盒</b> &amp; abc 茶');
	expect([...(offers[1]?.title ?? '')]).toHaveLength(MAX_PRODUCT_TITLE);
});

test.each(KINDS)('%s is not taken for another kind', async (kind) => {
	const others = KINDS.filter((other) => other !== kind);
	const problems = await Promise.all(
		others.map((other) => problem(kind, (origin) => ANSWERS[other](shops.GOODS, origin)))
	);
	for (const one of problems) expect(one).toMatch(/^(?:type|unreadable)$/);
});

test.each(['woocommerce', 'shopify', 'medusa', 'vendure', 'feed'] as const)(
	'%s that has nothing to sell says so; that is no failure',
	async (kind) => {
		expect((await given(kind, (origin) => ANSWERS[kind]([], origin))).offers).toEqual([]);
	}
);

test('a token that a shop refuses is told as such, and sent as a header only', async () => {
	const refusing = shops.sendJson({ errors: [{ extensions: { code: 'ACCESS_DENIED' } }] });
	expect(await problem('shopify', () => refusing, { token: 'wrong' })).toBe('refused');
	const { server } = await given(
		'shopify',
		() => shops.sendJson(shops.shopifyProducts(shops.GOODS)),
		{
			...{ token: 'public-token', path: '/collections/all?x=1' }
		}
	);
	expect(server.asked).toHaveLength(1);
	const [asked] = server.asked;
	expect(asked?.path).toMatch(/^\/api\/\d{4}-\d\d\/graphql\.json$/);
	expect(asked?.headers['x-shopify-storefront-access-token']).toBe('public-token');
	expect(asked?.body).not.toContain('public-token');
	const throttled = shops.sendJson({ errors: [{ extensions: { code: 'THROTTLED' } }] });
	expect(await problem('shopify', () => throttled)).toBe('busy');
});

test('WooCommerce is found below wherever the shop stands, and counts in its own decimals', async () => {
	const product = (minor: number, price: string) => {
		const [one] = shops.wooProducts(shops.GOODS, 'https://shop.example');
		return { ...one, prices: { ...one?.prices, price, currency_minor_unit: minor } };
	};
	const { offers, server } = await given(
		'woocommerce',
		() => shops.sendJson([product(0, '98'), product(4, '985000')].map((p, id) => ({ ...p, id }))),
		{ path: '/shop/wp-json/wc/store/v1/products?page=3' }
	);
	expect(offers.map(({ priceMinor }) => priceMinor)).toEqual([9800, 9850]);
	expect(server.asked[0]?.path).toBe('/shop/wp-json/wc/store/v1/products?per_page=100');
	// Twice a slash is no other host.
	const odd = await given('woocommerce', () => shops.sendJson([]), { path: '//elsewhere/' });
	expect(odd.server.asked[0]?.path).toBe('/elsewhere/wp-json/wc/store/v1/products?per_page=100');
});

test('a feed may be Atom, or name Google’s fields as it likes', async () => {
	const atom = await given('feed', (origin) =>
		shops.send('application/atom+xml', shops.atomOf(shops.GOODS, origin))
	);
	expect(atom.offers.map(({ priceMinor }) => priceMinor)).toEqual([12_800, 3550]);
	expect(atom.offers[0]).toMatchObject({ availability: 'in_stock' });
	const renamed = await given('feed', (origin) =>
		shops.send('text/xml', shops.feedOf(shops.GOODS, origin, 'shopping'))
	);
	expect(renamed.offers).toHaveLength(2);
	expect(renamed.offers[0]?.address).toMatch(/\/p\/11\?a=1&b=2$/);
});

test('a feed’s price may be reduced, or name its currency first; its link may stand among others', async () => {
	const item = (id: number, inside: string) =>
		`<item><guid>${id}</guid><title>糕</title>${inside}</item>`;
	const link = '<link>/p</link>';
	const body = [
		item(1, `${link}<g:price>30 CNY</g:price><g:sale_price>25.00 CNY</g:sale_price>`),
		item(2, `${link}<g:price>CNY 30</g:price><g:availability>backorder</g:availability>`),
		item(3, `${link}<g:price>30</g:price>`),
		item(4, '<g:price>30 CNY</g:price>'),
		item(
			5,
			'<link rel="self" href="/self"/><link rel="alternate" href="/page"/><g:price>30 CNY</g:price>'
		)
	].join('');
	const { offers, unusable, server } = await given('feed', () =>
		shops.send('text/xml', `<rss><channel>${body}</channel></rss>`)
	);
	expect(offers.map(({ externalId, priceMinor }) => [externalId, priceMinor])).toEqual([
		['1', 2500],
		['2', 3000],
		['5', 3000]
	]);
	expect(offers.map(({ availability }) => availability)).toEqual([
		...['unknown', 'pre_order', 'unknown']
	]);
	expect(offers[2]?.address).toBe(`${server.origin}/page`);
	expect(unusable).toBe(2);
});

test('a page in the letters of older Chinese systems is read', async () => {
	const linked = {
		'@type': 'Product',
		sku: 1,
		name: '\u6708\u997c',
		offers: { price: 88, priceCurrency: 'CNY' }
	};
	const head = Buffer.from('<meta charset="gb18030"><script type="application/ld+json">');
	// 月饼 in GB 18030.
	const [before = '', after = ''] = JSON.stringify(linked).split('月饼');
	const name = Buffer.from([0xd4, 0xc2, 0xb1, 0xfd]);
	const body = Buffer.concat([head, Buffer.from(before), name, Buffer.from(`${after}</script>`)]);
	const { offers } = await given('page', () => shops.send('text/html', body));
	expect(offers).toMatchObject([{ title: '月饼', priceMinor: 8800 }]);
});

test('of several offers the cheapest counts, and a group counts by what it has', async () => {
	const things = [
		{
			...{ '@type': 'https://schema.org/Product', '@id': '#a', name: '甲' },
			offers: { '@type': 'AggregateOffer', lowPrice: '12', highPrice: 30, priceCurrency: 'CNY' }
		},
		{
			...{ '@type': 'Product', '@id': '#b', name: '乙' },
			offers: [
				{ price: '30.00', priceCurrency: 'CNY' },
				{ price: 20, priceCurrency: 'CNY', availability: 'InStock' }
			]
		},
		{
			...{ '@type': 'ProductGroup', productGroupID: 'c', name: '丙' },
			hasVariant: [{ '@type': 'Product', sku: 'c1', offers: { price: 9, priceCurrency: 'CNY' } }]
		},
		{
			...{ '@type': 'Product', name: '丁', image: { '@type': 'ImageObject', url: '/d.png' } },
			offers: {
				priceSpecification: { price: 7.5, priceCurrency: 'CNY' },
				url: 'javascript:alert(1)'
			}
		},
		{ '@type': 'Product', name: '戊', offers: { price: 7.5, priceCurrency: 'CNY' } }
	];
	const { offers, unusable, server } = await given('page', () =>
		shops.send('text/html', shops.pageOf(things))
	);
	expect(offers.map(({ title, priceMinor }) => [title, priceMinor])).toEqual([
		['甲', 1200],
		['乙', 2000],
		['丙', 900],
		['戊', 750]
	]);
	// A product whose link is none is not shown under another one.
	expect(unusable).toBe(1);
	expect(offers[3]?.address).toBe(`${server.origin}/`);
});

test('of a page so much data is read and no more; what is short enough after it still is', () => {
	const piece = (json: string) => `<script type="application/ld+json">${json}</script>`;
	const long = (size: number) => `"${'x'.repeat(size - 2)}"`;
	const half = MAX_LINKED / 2;
	expect(linkedDataIn(piece(long(MAX_LINKED + 1)) + piece('1'))).toEqual([1]);
	const four = [long(half), long(half - 1), '2', '3'].map(piece).join('');
	expect(linkedDataIn(four).slice(2)).toEqual([2]);
});
