/**
 * As much as is taken of a shop, all of it made to be slow to read: it costs little time, and others
 * have their turn meanwhile.
 */
import { expect, test } from 'vitest';
import type { SourceKind } from '#lib/domain/products.ts';
import { OutsideFailure } from '#lib/server/storefronts/outside/failure.ts';
import { MAX_BYTES } from '#lib/server/storefronts/outside/outside.ts';
import { SOURCES } from '#lib/server/storefronts/sources/all.ts';

/** Many times what each takes on the slowest machine this was tried on; what is quadratic takes minutes. */
const MAX_MS = 10_000;
/** The largest item that is read at all. */
const ITEM = 49_900;

const much = (unit: string, size = MAX_BYTES): string =>
	unit.repeat(Math.floor(size / unit.length));
const counted = (size: number, unit: (n: number) => string): string =>
	Array.from({ length: Math.floor(size / unit(100_000).length) }, (_, n) => unit(n)).join('');
const inFeed = (items: string) =>
	`<rss xmlns:g="http://base.google.com/ns/1.0"><channel>${items}</channel></rss>`;
/** A hundred items, each as long as one may be. */
const items = (inside: (size: number) => string) =>
	inFeed(`<item>${inside(ITEM - 50)}</item>`.repeat(100));
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
		'instructions': () => much('<?a?>'),
		'a comment without end': () => `<!--${much(' ')}`,
		'openings of tags': () => `<rss>${much('<')}`,
		'items that are never closed': () => `<rss>${much('<item>')}`,
		'closings alone': () => `<rss>${much('</item>')}`,
		'empty items': () => inFeed(much('<item></item>')),
		'a million attributes': () => `<rss ${much('a="" ')}/>`,
		'attributes in each item': () => items((size) => `<t ${counted(size, (n) => `a${n}="" `)}/>`),
		'children in each item': () => items((size) => counted(size, (n) => `<a${n}/>`)),
		'tags within tags': () => items((size) => much('<a>', size / 3) + much('</a>', size / 2)),
		'tags that are never closed': () => items((size) => much('<a>', size)),
		'brackets in each item': () => items((size) => much('<', size)),
		'an attribute without end': () => items((size) => `<t a="${much('x', size)}`),
		'an attribute far away': () => items((size) => `<t a${much(' ', size - 20)}b/>`),
		'names without end': () => items((size) => `<${much('a', size)}>`),
		'ampersands': () => tag((size) => much('&', size)),
		'entities': () => tag((size) => much('&#65;', size)),
		'sections': () => tag((size) => much('<![CDATA[x]]>', size)),
		'comments in each item': () => tag((size) => much('<!--x-->', size)),
		'words between tags': () => tag((size) => much('x<b/>', size)),
		'a price of digits and spaces': () =>
			items((size) => `<g:price>${much('1', size / 3)}${much(' ', size / 3)}x</g:price>`)
	},
	page: {
		comments: () => much('<!---->'),
		'script tags': () => much('<script>'),
		'scripts': () => much('<script></script>'),
		'attributes': () => `<script ${much(' type = "   ')}>x</script>`,
		'an attribute far away': () => `<script type ${much(' ')}>x</script>`,
		'empty data': () => much(page('{}')),
		'damaged data': () => much(page('{')),
		'nothings': () => page(`[${much('0,')}0]`),
		'empty things': () => page(`[${much('{},')}0]`),
		'lists within lists': () => page(much('[', MAX_BYTES / 2) + much(']', MAX_BYTES / 2)),
		'names': () => page(`{${counted(MAX_BYTES - 100, (n) => `"k${n}":0,`)}"z":0}`),
		'products without anything': () => page(`[${much('{"@type":"Product"},')}0]`),
		'types': () => page(`{"@type":[${much('"a",')}"b"]}`),
		'a type without end': () => page(`{"@type":"${much('/')}"}`),
		'offers': () => product(`"offers":[${much('{"price":9},')}{}]`),
		'variants': () => product(`"hasVariant":[${much('{"offers":{}},')}{}]`),
		'a price within lists': () =>
			product(`"offers":{"price":${much('[', 2e6)}${much(']', 2e6)},"priceCurrency":"CNY"}`),
		'a price without end': () => product(`"offers":{"price":"${much('ﷺ')}","priceCurrency":"CNY"}`),
		'a name of brackets': () => product(`${PRICED},"description":"${much('<')}"`),
		'an address of steps': () => product(`${PRICED},"url":"${much('../')}"`),
		'an address of names': () => product(`${PRICED},"url":"http://${much('é.')}"`)
	},
	woocommerce: {
		nothings: () => `[${much('0,')}0]`,
		'empty products': () => `[${much('{},')}0]`,
		'pictures that are none': () => woo(`"images":[${much('0,')}0]`),
		'pictures': () => woo(`"images":[${much('{"src":""},')}{"src":""}]`),
		'names': () => woo(counted(MAX_BYTES - 500, (n) => `"k${n}":0,`) + '"z":0')
	},
	shopify: {
		errors: () => `{"errors":[${much('0,')}0]}`,
		'errors without a name': () => `{"errors":[${much('{},')}{}]}`
	}
};

for (const [kind, documents] of Object.entries(LARGE))
	test.each(Object.entries(documents))(`of ${kind} 5 MB of %s are over soon`, async (_, made) => {
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
