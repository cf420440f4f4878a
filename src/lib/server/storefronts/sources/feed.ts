/**
 * Product feeds as Google Merchant Center takes them, RSS 2.0 or Atom, which most shop systems can
 * write: https://support.google.com/merchants/answer/7052112
 */
import { setImmediate } from 'node:timers/promises';
import type { Availability } from '#lib/domain/products.ts';
import { textOf } from '../outside/text.ts';
import { addressOf, gather, MAX_LOOKED, type ProductSource, type Raw } from './source.ts';
import {
	attributeOf,
	childOf,
	childrenOf,
	elementOf,
	prefixFor,
	rootAt,
	type Tag,
	wordsOf
} from './xml.ts';

const TYPES = [
	'application/xml',
	'text/xml',
	'application/rss+xml',
	'application/atom+xml'
] as const;
const GOOGLE = 'http://base.google.com/ns/1.0';

/** As the specification has them, and as they were written before it. */
const AVAILABILITY: ReadonlyMap<string, Availability> = new Map([
	['in_stock', 'in_stock'],
	['out_of_stock', 'out_of_stock'],
	['preorder', 'pre_order'],
	['backorder', 'pre_order']
]);

/** `128.00 CNY`; some write the currency first. */
function priceOf(text: string): { price: string; currency: string } | undefined {
	const [, before, price, after] =
		/^([A-Z]{3})?\s*([\d.,]+)\s*([A-Z]{3})?$/i.exec(text.trim()) ?? [];
	const currency = after ?? before;
	return price !== undefined && currency !== undefined ? { price, currency } : undefined;
}

/** Of RSS its text, of Atom what its first plain link leads to. */
function linkOf(item: Tag): string | undefined {
	const links = childrenOf(item, 'link');
	const plain = links.find((link) => ['alternate', ''].includes(attributeOf(link, 'rel') ?? ''));
	return wordsOf(links[0]) || (plain && attributeOf(plain, 'href'));
}

function rawOf(item: Tag, prefix: string, base: string): Raw | undefined {
	const said = (name: string) => wordsOf(childOf(item, `${prefix}${name}`));
	const title = said('title') || wordsOf(childOf(item, 'title'));
	const price = priceOf(said('sale_price')) ?? priceOf(said('price'));
	const link = said('link') || linkOf(item);
	if (!price || !link) return undefined;
	return {
		id: said('id') || wordsOf(childOf(item, 'guid')) || wordsOf(childOf(item, 'id')),
		...{ title, isMarkup: true },
		...price,
		availability:
			AVAILABILITY.get(said('availability').toLowerCase().replace(' ', '_')) ?? 'unknown',
		address: link,
		picture: addressOf(said('image_link'), base),
		base
	};
}

/**
 * A feed cut into its items, and what stands around them. Megabytes in one go would keep everybody
 * who uses this server waiting; of a long feed most is never read.
 * @throws OutsideFailure 'unreadable'
 */
export function cut(text: string): { around: Tag; items: string[] } {
	const whole = text.slice(rootAt(text));
	const name = whole.startsWith('<feed') ? 'entry' : 'item';
	const opening = new RegExp(`<${name}(?=[\\s>])`, 'g');
	const closing = `</${name}>`;
	const items: string[] = [];
	let [first, last] = [whole.length, whole.length];
	for (let found; (found = opening.exec(whole));) {
		const end = whole.indexOf(closing, found.index);
		if (end < 0) break;
		first = Math.min(first, found.index);
		last = opening.lastIndex = end + closing.length;
		items.push(whole.slice(found.index, last));
	}
	return { around: elementOf(whole.slice(0, first) + whole.slice(last)), items };
}

/** One after the other; between two of them others have their turn. */
async function read(items: readonly string[]): Promise<(Tag | undefined)[]> {
	const tags: (Tag | undefined)[] = [];
	for (const item of items) {
		try {
			tags.push(elementOf(item));
		} catch {
			tags.push(undefined); // one that is damaged takes none of the others with it
		}
		await setImmediate();
	}
	return tags;
}

export const feed: ProductSource = {
	async give({ address }, outside, signal) {
		const answer = await outside({ address, accept: TYPES, signal });
		const { around, items } = cut(textOf(answer));
		const prefix = prefixFor(around, GOOGLE) ?? 'g:';
		const tags = await read(items.slice(0, MAX_LOOKED));
		const toRaw = (tag: unknown) => (tag ? rawOf(tag as Tag, prefix, answer.address) : undefined);
		return gather(tags, toRaw, items.length);
	}
};
