/** What is no shop, or one that means harm: nothing of it is read, and it costs no time. */
import { expect, test } from 'vitest';
import type { SourceKind } from '#lib/domain/products.ts';
import { given, problem } from '../support/asking.ts';
import * as shops from '../support/shops.ts';

const broken: [kind: SourceKind, what: string, type: string, body: string][] = [
	['woocommerce', 'half a list', 'application/json', '[{"id":1'],
	['woocommerce', 'an object', 'application/json', '{"code":"rest_no_route"}'],
	['shopify', 'an error', 'application/json', '{"errors":[{"message":"no"}]}'],
	['shopify', 'null', 'application/json', 'null'],
	['feed', 'no XML', 'text/xml', 'hello'],
	['feed', 'XML that does not end', 'text/xml', '<rss><channel><item>'],
	['feed', 'tags crossed', 'text/xml', '<rss><a></rss></a>'],
	['feed', 'brackets without end', 'text/xml', '<'.repeat(100_000)],
	['feed', 'a deep well', 'text/xml', '<a>'.repeat(200_000) + '</a>'.repeat(200_000)],
	['woocommerce', 'a deep well', 'application/json', '['.repeat(200_000) + ']'.repeat(200_000)]
];
test.each(broken)('of %s %s cannot be read', async (kind, _, type, body) => {
	expect(await problem(kind, () => shops.send(type, body))).toMatch(/^(?:unreadable|none)$/);
});

const bombs = {
	'entities that grow': `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">${Array.from(
		{ length: 20 },
		(_, n) => `<!ENTITY a${n} "${`&a${n - 1 < 0 ? '' : n - 1};`.repeat(10)}">`
	).join('')}]><rss><channel><item><title>&a19;</title></item></channel></rss>`,
	'a file of ours': `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>`,
	'a type after a comment': `<!-- a --> <?x y?> <!DOCTYPE rss [<!ENTITY x "y">]><rss>&x;</rss>`
};
test.each(Object.entries(bombs))('a feed that brings %s is not read', async (_, body) => {
	const begun = performance.now();
	expect(await problem('feed', () => shops.send('text/xml', body))).toBe('unreadable');
	expect(performance.now() - begun).toBeLessThan(2000);
});

test('an entity that is declared further down stays what is written', async () => {
	const body = shops
		.feedOf([{ id: 1, name: 'X', price: 100 }], 'https://shop.example')
		.replace('<title>X</title>', '<title>&bomb; &lt;b&gt;&#26376;&amp;amp;</title>');
	const { offers } = await given('feed', () => shops.send('text/xml', body));
	expect(offers[0]?.title).toBe('&bomb; 月&');
});

const hostilePages: [string, unknown][] = [
	['more things than anybody has', Array.from({ length: 50_000 }, () => ({ a: {} }))],
	['a prototype', JSON.parse('{"__proto__":{"@type":"Product","name":"x"},"@type":"Thing"}')]
];
test.each(hostilePages)('a page with %s has no products, and takes no time', async (_, said) => {
	const begun = performance.now();
	const page = shops.pageOf(said);
	expect(await problem('page', () => shops.send('text/html', page))).toMatch(/^none/);
	expect(performance.now() - begun).toBeLessThan(2000);
});

test.each([
	['script tags without end', '<script '.repeat(200_000)],
	['comments without end', '<!--'.repeat(300_000)],
	['scripts that never close', '<script type="application/ld+json">'.repeat(50_000)]
])('a page of %s is over at once', async (_, body) => {
	const begun = performance.now();
	expect(await problem('page', () => shops.send('text/html', body))).toBe('none');
	expect(performance.now() - begun).toBeLessThan(2000);
});

test('a page with a chain of things within things has none to sell', async () => {
	const deep = 100_000;
	const linked = '{"a":'.repeat(deep) + '{}' + '}'.repeat(deep);
	const body = `<script type="application/ld+json">${linked}</script>`;
	expect(await problem('page', () => shops.send('text/html', body))).toBe('none');
});

test.each(['Infinity', '1e999', '-5', '2.5', 'many', ''])(
	'a shop that says to have %s products has as many as it gives',
	async (total) => {
		const { offers, beyond } = await given('woocommerce', (origin) =>
			shops.sendJson(shops.wooProducts(shops.GOODS, origin), { 'x-wp-total': total })
		);
		expect([offers.length, beyond]).toEqual([2, 0]);
	}
);

test('ids that would be another text once stored are none', async () => {
	const products = shops.wooProducts(shops.GOODS, 'https://shop.example');
	const ids = ['\ud800', 'a\0b', 'a\nb', '月饼'];
	const list = ids.map((id) => ({ ...products[0], id }));
	const { offers, unusable } = await given('woocommerce', () => shops.sendJson(list));
	expect(offers.map(({ externalId }) => externalId)).toEqual(['月饼']);
	expect(unusable).toBe(3);
});

test('half a letter in a name breaks no address', async () => {
	const answer = shops.shopifyProducts(shops.GOODS);
	const nodes = answer.data.products.nodes.map((node) => ({ ...node, handle: '\ud800' }));
	answer.data.products.nodes = nodes;
	const { offers } = await given('shopify', () => shops.sendJson(answer));
	expect(offers).toHaveLength(2);
	expect(offers[0]?.address).toContain('/products/%EF%BF%BD');
});

test('an item that is damaged, or longer than anything, takes none of the others with it', async () => {
	const body = shops
		.feedOf(
			[...shops.GOODS, { id: 13, name: 'LONG', price: 100 }, { id: 14, name: 'BAD', price: 100 }],
			'https://shop.example'
		)
		.replace('LONG', 'x'.repeat(60_000))
		.replace('BAD', '</g:id>');
	const { offers, unusable } = await given('feed', () => shops.send('text/xml', body));
	expect(offers.map(({ externalId }) => externalId)).toEqual(['11', '12']);
	expect(unusable).toBe(2);
});

test('a feed of megabytes is not read to its end', async () => {
	const goods = Array.from({ length: 17_000 }, (_, id) => ({ id, name: `月饼 ${id}`, price: 100 }));
	const body = shops.feedOf(goods, 'https://shop.example');
	expect(Buffer.byteLength(body)).toBeGreaterThan(4_000_000);
	const { offers, beyond } = await given('feed', () => shops.send('text/xml', body));
	expect([offers.length, beyond]).toEqual([100, 16_900]);
});
