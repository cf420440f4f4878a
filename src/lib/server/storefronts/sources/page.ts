/** Any page that says what it sells as schema.org has it: https://schema.org/Product, as JSON-LD. */
import type { Availability } from '#lib/domain/products.ts';
import { OutsideFailure } from '../outside/failure.ts';
import { textOf } from '../outside/text.ts';
import { linkedDataIn } from './linked-data-in.ts';
import { gather, type ProductSource, type Raw } from './source.ts';

const TYPES = ['text/html', 'application/xhtml+xml'] as const;

type Thing = Readonly<Record<string, unknown>>;
const isThing = (given: unknown): given is Thing =>
	typeof given === 'object' && given !== null && !Array.isArray(given);
const all = (given: unknown): unknown[] => (Array.isArray(given) ? given : [given]);
const things = (given: unknown): Thing[] => all(given).slice(0, MAX_PARTS).filter(isThing);

/** Longer than any of schema.org's. */
const MAX_WORD = 60;
/** Of one thing so many types, and so many offers or variants of one product. */
const MAX_PARTS = 200;

/** Of `https://schema.org/Product`, `http://schema.org/Product` and `Product` the last word. */
const wordOf = (given: unknown): string =>
	typeof given === 'string' ? (given.slice(-MAX_WORD).split(/[/:#]/).at(-1) ?? '') : '';
const isOf = (thing: Thing, ...types: string[]): boolean =>
	all(thing['@type'])
		.slice(0, MAX_PARTS)
		.some((type) => types.includes(wordOf(type)));

const AVAILABILITY: ReadonlyMap<string, Availability> = new Map([
	...['InStock', 'InStoreOnly', 'OnlineOnly', 'LimitedAvailability'].map(
		(word) => [word, 'in_stock'] as const
	),
	...['OutOfStock', 'SoldOut', 'Discontinued'].map((word) => [word, 'out_of_stock'] as const),
	...['PreOrder', 'PreSale', 'BackOrder', 'MadeToOrder'].map((word) => [word, 'pre_order'] as const)
]);

/** Deeper and longer than any page has it; a page that is neither ends there. */
const MAX_DEPTH = 12;
const MAX_THINGS = 10_000;

/** Every product among what a page says, not those that a product only mentions. */
export function productsIn(said: readonly unknown[]): Thing[] {
	const found: Thing[] = [];
	let looked = 0;
	const look = (given: unknown, depth: number): void => {
		if (depth > MAX_DEPTH || ++looked > MAX_THINGS || typeof given !== 'object' || !given) return;
		if (isThing(given) && isOf(given, 'Product', 'ProductGroup', 'IndividualProduct'))
			found.push(given);
		else for (const part of Object.values(given)) look(part, depth + 1);
	};
	look(said, 0);
	return found;
}

/** The cheapest of what is offered, as a shop shows it: from so much. */
function offerIn(product: Thing): Thing | undefined {
	const own = things(product.offers);
	const offers =
		own.length > 0 ? own : things(product.hasVariant).flatMap((one) => things(one.offers));
	const priced = offers.map((offer) => ({ offer, price: Number(priceOf(offer).price) }));
	const usable = priced.filter(({ price }) => price > 0);
	const [first] = usable.sort((a, b) => a.price - b.price);
	return first?.offer ?? offers[0];
}

function priceOf(offer: Thing): { price: unknown; currency: unknown } {
	const [specified = {}] = things(offer.priceSpecification);
	return {
		price: first(offer.price, offer.lowPrice, specified.price),
		currency: first(offer.priceCurrency, specified.priceCurrency)
	};
}

const pictureOf = (given: unknown): unknown => {
	const [first] = all(given);
	return isThing(first) ? (first.url ?? first.contentUrl) : first;
};

const first = (...given: unknown[]): unknown =>
	given.find((one) => (typeof one === 'string' && one !== '') || typeof one === 'number');

function rawOf(product: Thing, base: string): Raw | undefined {
	const offer = offerIn(product);
	if (!offer) return undefined;
	const { sku, productID, productGroupID, name, url } = product;
	return {
		id: first(productID, sku, productGroupID, product['@id'], url, name),
		...{ title: name, isMarkup: true },
		...priceOf(offer),
		availability: AVAILABILITY.get(wordOf(offer.availability)) ?? 'unknown',
		address: first(url, offer.url),
		picture: pictureOf(product.image),
		base
	};
}

export const page: ProductSource = {
	async give({ address }, outside, signal) {
		const answer = await outside({ address, accept: TYPES, signal });
		const products = productsIn(linkedDataIn(textOf(answer)));
		// No API: a page without products is not one that has sold them all.
		if (products.length === 0) throw new OutsideFailure('none');
		return gather(products, (product) => rawOf(product as Thing, answer.address));
	}
};
