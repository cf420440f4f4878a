/** What every way of giving products has in common. */
import * as v from 'valibot';
import {
	type Availability,
	MAX_PRODUCT_TITLE,
	MAX_PRODUCTS,
	type SourceKind
} from '#lib/domain/products.ts';
import { isCurrency, minorOf } from '#lib/domain/money.ts';
import { OutsideFailure } from '../outside/failure.ts';
import type { Outside } from '../outside/outside.ts';
import { plainLine } from '../outside/text.ts';

/** One product as its shop gives it, checked. */
export type Offer = {
	/** The shop's own name for it: how it is known again. */
	externalId: string;
	title: string;
	priceMinor: number;
	currency: string;
	availability: Availability;
	address: string;
	pictureAddress: string | null;
};
export type Given = {
	offers: Offer[];
	/** Under an id that was there before: the first counts. */
	doubled: number;
	/** Without a name, a price or a page. */
	unusable: number;
	/** More than are taken of one shop. */
	beyond: number;
};
export type Connection = {
	kind: SourceKind;
	/** Where it is asked. */
	address: string;
	token: string | null;
	/** The shop as people open it: where a protocol that knows no pages leads. */
	home: string;
};

/** A protocol in which shops give their products. Another one is another of these, and a row in `all.ts`. */
export interface ProductSource {
	/**
	 * All that is taken of a shop, in the shop's own order; none is an answer too.
	 * @throws OutsideFailure when it could not be had, or not be understood
	 */
	give(connection: Connection, outside: Outside, signal?: AbortSignal): Promise<Given>;
}

export const JSON_TYPES = ['application/json'] as const;
/** What a stranger sent, as a schema has it; undefined for anything else: where it is wrong is nobody's concern. */
export function readAs<T extends v.GenericSchema>(
	schema: T,
	sent: unknown
): v.InferOutput<T> | undefined {
	const read = v.safeParse(schema, sent, { abortEarly: true });
	return read.success ? read.output : undefined;
}

const MAX_ID = 200;
/** What would be another text once it is stored: two ids could become one there, and one not be found again. */
const NO_ID = /[\p{Cc}\p{Cs}]/u;
/** So many are looked at, of which some may not be usable: of a list of a million nothings the rest is never read. */
export const MAX_LOOKED = 3 * MAX_PRODUCTS;
const MAX_STATED = 1_000_000;
const MAX_ADDRESS = 1000;

/** What a protocol read of a product; `undefined` where it said nothing, or nothing that is any. */
export type Raw = {
	id: unknown;
	title: unknown;
	/** A decimal number, as text or number. */
	price: unknown;
	currency: unknown;
	availability: Availability;
	address: unknown;
	picture: unknown;
	/** What addresses are relative to; a product without a page of its own leads there. */
	base: string;
	/** Whether its title is written as in HTML. */
	isMarkup: boolean;
};

/** An address of the web, absolute; never one that hides its host behind a name. */
export function addressOf(given: unknown, base: string): string | undefined {
	if (typeof given !== 'string' || given.trim() === '') return undefined;
	const url = URL.parse(given.trim(), base);
	const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
	if (!url || !isWeb || url.username !== '' || url.password !== '') return undefined;
	return url.href.length <= MAX_ADDRESS ? url.href : undefined;
}

const textOf = (given: unknown): string =>
	typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';

/** @returns undefined for what cannot be shown: without a name, a price, or a currency there is */
export function offerOf(raw: Raw): Offer | undefined {
	const title = plainLine(textOf(raw.title), MAX_PRODUCT_TITLE, raw.isMarkup);
	const currency = textOf(raw.currency).toUpperCase();
	const priceMinor = isCurrency(currency) ? minorOf(textOf(raw.price), currency) : undefined;
	const externalId = textOf(raw.id);
	const address = raw.address === undefined ? raw.base : addressOf(raw.address, raw.base);
	if (title === '' || priceMinor === undefined || address === undefined) return undefined;
	if (externalId === '' || externalId.length > MAX_ID || NO_ID.test(externalId)) return undefined;
	const pictureAddress = addressOf(raw.picture, raw.base) ?? null;
	const { availability } = raw;
	return { externalId, title, priceMinor, currency, availability, address, pictureAddress };
}

/**
 * The first products of a list that can be shown, each once.
 * @param count how many there are, where the list is only the first of them; a shop may say anything
 */
export function gather(
	list: readonly unknown[],
	toRaw: (item: unknown) => Raw | undefined,
	count = 0
): Given {
	const offers = new Map<string, Offer>();
	let [doubled, unusable, looked] = [0, 0, 0];
	for (const item of list) {
		if (offers.size === MAX_PRODUCTS || looked === MAX_LOOKED) break;
		looked++;
		const raw = toRaw(item);
		const offer = raw && offerOf(raw);
		if (!offer) unusable++;
		else if (offers.has(offer.externalId)) doubled++;
		else offers.set(offer.externalId, offer);
	}
	const stated = Number.isInteger(count) ? Math.min(count, MAX_STATED) : 0;
	const beyond = Math.max(stated, list.length) - looked;
	return { offers: [...offers.values()], doubled, unusable, beyond };
}

/** @throws OutsideFailure 'address' */
export function urlOf(address: string): URL {
	const url = URL.parse(address);
	if (!url) throw new OutsideFailure('address');
	return url;
}

/**
 * Where an interface lies below wherever its shop stands, whichever of its own addresses was given.
 * @param root the folder that the interface's addresses begin with
 * @throws OutsideFailure 'address'
 */
export function endpointBelow(address: string, root: string, path: string): string {
	const { origin, pathname } = urlOf(address);
	const at = `${pathname}/`.indexOf(`/${root}/`);
	const folder = (at < 0 ? pathname : pathname.slice(0, at)).split('/').filter(Boolean);
	return [origin, ...folder, path].join('/');
}
