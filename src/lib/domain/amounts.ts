/**
 * Amounts as a kitchen has them: kept in thousandths of their unit, reckoned for another number of
 * pieces, and rounded to what can be weighed, counted or spooned.
 */
import type { Unit } from './materials.ts';

const FRACTIONS: readonly (readonly [share: number, sign: string])[] = [
	[0, ''],
	[1 / 4, '¼'],
	[1 / 3, '⅓'],
	[1 / 2, '½'],
	[2 / 3, '⅔'],
	[3 / 4, '¾'],
	[1, '']
];
export const MAX_THOUSANDTHS = 1_000_000_000;
/** Of pieces that a lesson's amounts are for, or that somebody wants to make. */
export const MAX_PIECES = 9999;

/**
 * What somebody typed: `1.5`, `1,5`, `1/2`, `1 1/2`, `1½`, in digits of either width.
 * @returns thousandths; undefined for what is no amount
 */
export function thousandthsOf(text: string): number | undefined {
	// NFKC makes 1⁄2 of ½; a space in between keeps 1½ from becoming 11/2.
	const plain = text
		.replaceAll(/[¼⅓½⅔¾⅛]/g, (sign) => ` ${sign.normalize('NFKC')}`)
		.normalize('NFKC')
		.replaceAll('⁄', '/')
		.replace(',', '.')
		.trim();
	const decimal = /^\d{0,7}(?:\.\d{1,3})?$/.exec(plain);
	const parts = /^(?:(\d{1,4})\s+)?(\d{1,3})\s*\/\s*(\d{1,3})$/.exec(plain);
	const [, whole = '0', over = '', under = ''] = parts ?? [];
	const value = parts ? Number(whole) + Number(over) / Number(under) : Number(plain);
	if ((!decimal && !parts) || plain === '' || !Number.isFinite(value)) return undefined;
	const thousandths = Math.round(value * 1000);
	return thousandths > 0 && thousandths <= MAX_THOUSANDTHS ? thousandths : undefined;
}

export type Amount = { thousandths: number; unit: Unit };

/** So much of it for `wanted` pieces, where it is given for `count`. The very number is left as it is. */
export function amountFor(given: Amount, count: number, wanted: number): Amount {
	if (wanted === count) return given;
	const exact = (given.thousandths * wanted) / count;
	const { unit } = given;
	if (unit === 'g' || unit === 'ml') return weighed(exact, unit);
	if (unit === 'kg' || unit === 'l') return weighed(exact * 1000, unit === 'kg' ? 'g' : 'ml');
	// A sheet of paper cannot be taken in part.
	if (unit === 'sheet') return { unit, thousandths: Math.ceil(exact / 1000) * 1000 };
	return { unit, thousandths: counted(exact) };
}

/** A kitchen's scales show whole grams, small ones tenths; from a kilogram on, tens are enough. */
function weighed(exact: number, unit: 'g' | 'ml'): Amount {
	const stepOf = exact < 10_000 ? 100 : exact < 1_000_000 ? 1000 : 10_000;
	const thousandths = Math.max(100, Math.round(exact / stepOf) * stepOf);
	if (thousandths < 1_000_000) return { unit, thousandths };
	return { unit: unit === 'g' ? 'kg' : 'l', thousandths: thousandths / 1000 };
}

/** To the nearest quarter or third; from ten on to whole ones; never nothing. */
function counted(exact: number): number {
	if (exact >= 10_000) return Math.round(exact / 1000) * 1000;
	const whole = Math.floor(exact / 1000);
	const share = nearest(exact / 1000 - whole);
	return Math.max(250, Math.round((whole + share) * 1000));
}

const nearest = (share: number): number =>
	FRACTIONS.reduce(
		(best, [one]) => (Math.abs(one - share) < Math.abs(best - share) ? one : best),
		0
	);

/** `250`, `1.25`, `1½`: metric units as decimals, what is counted as fractions where there is a sign. */
export function figureOf({ thousandths, unit }: Amount): string {
	const isMetric = ['g', 'kg', 'ml', 'l'].includes(unit);
	const whole = Math.floor(thousandths / 1000);
	const share = thousandths / 1000 - whole;
	const sign = FRACTIONS.find(([one]) => Math.abs(one - share) < 0.0015)?.[1];
	if (isMetric || share === 0 || !sign) return String(thousandths / 1000);
	return `${whole === 0 ? '' : whole}${sign}`;
}
