/** Products in words, the same for showcase, graduate and staff. */
import { decimalOf, decimalsOf } from '#lib/domain/money.ts';
import type { Availability } from '#lib/domain/products.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

/** A product as a page gets it. */
export type ShownProduct = {
	id: string;
	title: string;
	priceMinor: number;
	currency: string;
	availability: Availability;
	address: string;
	/** Our own copy of its picture, if it has one. */
	picture: string | undefined;
	seenAt: string;
	isStale: boolean;
};

type Product = Omit<ShownProduct, 'picture'> & { pictureFile: string | null };

/** @param folder where whoever looks finds pictures of products */
export const shownProduct = (product: Product, folder: string): ShownProduct => {
	const { id, title, priceMinor, currency, availability, address, seenAt, isStale } = product;
	const file = product.pictureFile;
	const picture = file === null ? undefined : `${folder}/${id}/${file}`;
	return { id, title, priceMinor, currency, availability, address, picture, seenAt, isStale };
};

/** For everybody, while the shop is shown; and for staff, and graduates who are asked. */
export const SHOWCASE_PICTURES = '/showcase/pictures';
export const OWN_PICTURES = '/media/products';

export const availabilityWords: Record<Availability, { icon: IconName; label: () => string }> = {
	in_stock: { icon: 'check', label: m.goods_in_stock },
	out_of_stock: { icon: 'cross', label: m.goods_out_of_stock },
	pre_order: { icon: 'clock', label: m.goods_pre_order },
	unknown: { icon: 'help', label: m.goods_unknown }
};

/** As it is written where one reads: ¥128.00. */
export function priceIn(minor: number, currency: string, language: string): string {
	const digits = decimalsOf(currency);
	return new Intl.NumberFormat(language, {
		...{ style: 'currency', currency },
		...{ minimumFractionDigits: digits, maximumFractionDigits: digits }
	}).format(decimalOf(minor, currency) as `${number}`);
}

const SPANS = [
	['day', 24 * 60 * 60_000],
	['hour', 60 * 60_000],
	['minute', 60_000]
] as const;

/** How long ago something was: 3小时前. Less than a minute is one. */
export function ageIn(instant: string, language: string, at = Date.now()): string {
	const ageMs = Math.max(60_000, at - Date.parse(instant));
	const [unit, length] = SPANS.find(([, ms]) => ageMs >= ms) ?? SPANS[2];
	return new Intl.RelativeTimeFormat(language).format(-Math.floor(ageMs / length), unit);
}
