/** What a shop sells: given by the shop itself, or kept by hand where its platform is closed. */
import * as v from 'valibot';
import { attachmentKindOf } from './attachments.ts';
import { id, line, oneOf, withoutPersonalNumber } from './fields.ts';
import { minorOf } from './money.ts';
import { shopAddress } from './storefronts.ts';

/** Ways in which shops that speak an open protocol give their products. */
export const SOURCE_KINDS = [
	'woocommerce',
	'shopify',
	'medusa',
	'vendure',
	'feed',
	'page'
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const AVAILABILITIES = ['in_stock', 'out_of_stock', 'pre_order', 'unknown'] as const;
export type Availability = (typeof AVAILABILITIES)[number];

/** Of one shop: what both APIs give in one answer. */
export const MAX_PRODUCTS = 100;
/** Of one shop on a page of many: enough to see what it is like; the rest is in the shop. */
export const SHOWN_PRODUCTS = 8;
export const MAX_PRODUCT_TITLE = 120;
/** Of a picture that staff send. */
export const MAX_PRODUCT_PICTURE_BYTES = 10 * 1024 * 1024;

/**
 * Why a shop gives nothing, each with its own words (`problem_source_…`): `ours` is a fault of this
 * server's.
 */
export const SOURCE_PROBLEMS = [
	'address',
	'name',
	'inward',
	'redirects',
	'no_answer',
	'certificate',
	'slow',
	'large',
	'type',
	'refused',
	'missing',
	'busy',
	'fault',
	'unreadable',
	'none',
	'ours'
] as const;
export type SourceProblem = (typeof SOURCE_PROBLEMS)[number];

const MAX_TOKEN = 200;

export const SourceForm = v.object({
	kind: oneOf(SOURCE_KINDS),
	address: shopAddress,
	token: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.maxLength(MAX_TOKEN, 'too_long'),
		// It becomes a header: nothing in it may end one.
		v.regex(/^[!-~]*$/, 'odd_characters'),
		v.transform((token) => (token === '' ? null : token))
	)
});
export type SourceInput = v.InferOutput<typeof SourceForm>;

/** What hands can keep a price in. */
export const HAND_CURRENCIES = ['CNY', 'HKD', 'MOP', 'TWD', 'USD', 'EUR', 'JPY'] as const;

/** A chosen picture, told by its bytes later; none chosen is an empty file. */
const picture = v.pipe(
	v.optional(v.file('not_a_picture')),
	v.check((file) => !file || file.size <= MAX_PRODUCT_PICTURE_BYTES, 'picture_too_large')
);

/** The row's id is made with the page: a form sent twice keeps one product. */
export const ProductForm = v.pipe(
	v.object({
		id,
		title: v.pipe(line(MAX_PRODUCT_TITLE), withoutPersonalNumber),
		price: line(20),
		currency: oneOf(HAND_CURRENCIES),
		availability: oneOf(AVAILABILITIES),
		address: shopAddress,
		picture
	}),
	v.forward(
		v.check(({ price, currency }) => minorOf(price, currency) !== undefined, 'price_odd'),
		['price']
	),
	v.transform(({ price, ...product }) => ({
		...product,
		priceMinor: minorOf(price, product.currency) ?? 0
	}))
);
export type ProductInput = v.InferOutput<typeof ProductForm>;

/** Whether bytes are a picture of a kind that may be opened at all. */
export const isPicture = (bytes: Uint8Array): boolean =>
	!['pdf', undefined].includes(attachmentKindOf(bytes));

const HOUR_MS = 60 * 60_000;
/** Shops are asked every hour; nobody knows of one that was not reached for two whether it holds. */
export const STALE_AFTER_MS = 2 * HOUR_MS;
/** Whoever keeps products by hand cannot look every hour. */
export const HAND_STALE_AFTER_MS = 30 * 24 * HOUR_MS;

type Seen = { seenAt: string; isByHand: boolean; isHeld: boolean; isFailing: boolean };

/**
 * Whether what is shown may no longer be so: the shop does not answer, was not asked, or now says
 * something that nobody has agreed to; or nobody has looked for a month.
 */
export function isStale({ seenAt, isByHand, isHeld, isFailing }: Seen, at = Date.now()): boolean {
	const ageMs = at - Date.parse(seenAt);
	if (isByHand) return ageMs > HAND_STALE_AFTER_MS;
	return isHeld || isFailing || ageMs > STALE_AFTER_MS;
}

/** An hour after it went well; after failures longer each time, a day at most. */
export const pauseAfter = (failures: number): number =>
	Math.min(24, 2 ** Math.max(0, failures - 1)) * HOUR_MS;
