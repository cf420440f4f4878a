/**
 * As much as is taken of a shop, all of it made to be slow to read: it costs little time, and others
 * have their turn meanwhile.
 */
import { expect, test } from 'vitest';
import type { SourceKind } from '#lib/domain/products.ts';
import { OutsideFailure } from '#lib/server/storefronts/outside/failure.ts';
import { MAX_BYTES } from '#lib/server/storefronts/outside/outside.ts';
import { SOURCES } from '#lib/server/storefronts/sources/all.ts';
import { MAX_LINKED } from '#lib/server/storefronts/sources/linked-data-in.ts';

/** Many times what each takes on the slowest machine this was tried on; what is quadratic takes minutes. */
const MAX_MS = 10_000;
/** The largest item that is read at all. */
const ITEM = 49_900;

const much = (unit: string, size = MAX_BYTES): string =>
	unit.repeat(Math.floor(size / unit.length));
/** All that is read of a page's data, less what stands around it. */
const linked = (unit: string, size = MAX_LINKED - 200): string => much(unit, size);
const HALF = MAX_LINKED / 2 - 200;
const lists = linked('[', HALF) + linked(']', HALF);
const counted = (size: number, unit: (n: number) => string): string =>
	Array.from({ length: Math.floor(size / unit(100_000).length) }, (_, n) => unit(n)).join('');
const inFeed = (items: string) =>
	`<rss xmlns:g="http://base.google.com/ns/1.0"><channel>${items}</channel></rss>`;
/** Fifty items, each as long as one may be. */
const items = (inside: (size: number) => string) =>
	inFeed(`<item>${inside(ITEM - 50)}</item>`.repeat(50));
const tag = (words: (size: number) => string) => items((size) => `<t>${words(size - 20)}</t>`);
const page = (json: string) => `<script type="application/ld+json">${json}</script>`;
const product = (rest: string) => page(`{"@type":"Product","name":"x",${rest}}`);
const PRICED = '"offers":{"price":1,"priceCurrency":"CNY"}';
const woo = (rest: string) =>
	`[{"id":1,"name":"x","permalink":"/x",${rest},` +
	'"prices":{"price":"1","currency_code":"CNY","currency_minor_unit":2}}]';

const LARGE: Partial<Record<SourceKind, Record<string, () => string>>> = {
	feed: {
		'white space': () => much(' '),
		comments: () => much('<!---->'),
		'a comment without end': () => `<!--${much(' ')}`,
		'openings of tags': () => `<rss>${much('<')}`,
		'items that are never closed': () => `<rss>${much('<item>')}`,
		'empty items': () => inFeed(much('<item></item>')),
		'a million attributes': () => `<rss ${much('a="" ')}/>`,
		'attributes in each item': () => items((size) => `<t ${counted(size, (n) => `a${n}="" `)}/>`),
		'tags within tags': () => items((size) => much('<a>', size / 3) + much('</a>', size / 2)),
		'brackets in each item': () => items((size) => much('<', size)),
		'names without end': () => items((size) => `<${much('a', size)}>`),
		entities: () => tag((size) => much('&#65;', size)),
		sections: () => tag((size) => much('<![CDATA[x]]>', size)),
		'a price of digits and spaces': () =>
			items((size) => `<g:price>${much('1', size / 3)}${much(' ', size / 3)}x</g:price>`)
	},
	page: {
		comments: () => much('<!---->'),
		'script tags': () => much('<script>'),
		attributes: () => `<script ${much(' type = "   ')}>x</script>`,
		'empty data': () => much(page('{}')),
		nothings: () => page(`[${linked('0,')}0]`),
		'lists within lists': () => page(lists),
		names: () => page(`{${counted(MAX_LINKED - 200, (n) => `"k${n}":0,`)}"z":0}`),
		'products without anything': () => page(`[${linked('{"@type":"Product"},')}0]`),
		types: () => page(`{"@type":[${linked('"a",')}"b"]}`),
		'a type without end': () => page(`{"@type":"${linked('/')}"}`),
		offers: () => product(`"offers":[${linked('{"price":9},')}{}]`),
		variants: () => product(`"hasVariant":[${linked('{"offers":{}},')}{}]`),
		'a price within lists': () => product(`"offers":{"price":${lists},"priceCurrency":"CNY"}`),
		'a price without end': () =>
			product(`"offers":{"price":"${linked('ﷺ')}","priceCurrency":"CNY"}`),
		'a name of brackets': () => product(`${PRICED},"description":"${linked('<')}"`),
		'an address of steps': () => product(`${PRICED},"url":"${linked('../')}"`),
		'an address of names': () => product(`${PRICED},"url":"http://${linked('é.')}"`)
	},
	woocommerce: {
		'empty products': () => `[${much('{},')}0]`,
		pictures: () => woo(`"images":[${much('{"src":""},')}{"src":""}]`)
	},
	shopify: {
		'errors without a name': () => `{"errors":[${much('{},')}{}]}`
	}
};

for (const [kind, documents] of Object.entries(LARGE))
	test.each(Object.entries(documents))(`of ${kind} much of %s is over soon`, async (_, made) => {
		const bytes = Buffer.from(made()).subarray(0, MAX_BYTES);
		const connection = { kind: kind as SourceKind, token: null, home: 'https://shop.example/' };
		const answer = { address: connection.home, type: '', headers: {}, bytes };
		const begun = performance.now();
		const given = await SOURCES[connection.kind]
			.give({ ...connection, address: answer.address }, async () => answer)
			.catch((error: unknown) => error);
		expect(performance.now() - begun).toBeLessThan(MAX_MS);
		if (given instanceof Error) expect(given).toBeInstanceOf(OutsideFailure);
		else expect(given).toMatchObject({ doubled: expect.any(Number) as number });
	});
