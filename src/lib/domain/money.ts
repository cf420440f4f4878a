/** Prices: whole minor units of a currency (ISO 4217), so that nothing is ever rounded on its way. */

/** How many decimals a currency has, where they are not two (ISO 4217, list one). */
const DECIMALS: ReadonlyMap<string, number> = new Map([
	...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI']
		.concat('VND', 'VUV', 'XAF', 'XOF', 'XPF')
		.map((code) => [code, 0] as const),
	...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
	...['CLF', 'UYW'].map((code) => [code, 4] as const)
]);
const KNOWN: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** A thousand million yuan: whatever is dearer is a mistake. */
export const MAX_MINOR = 100_000_000_000;

export const isCurrency = (code: string): boolean => KNOWN.has(code);
export const decimalsOf = (currency: string): number => DECIMALS.get(currency) ?? 2;

/** Shops count in floating point too: 19.989999999999998 is what some make of 19.99. */
const PLAIN = /^(\d{1,12})(?:\.(\d{1,20}))?$/;
const GROUPED = /^\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,20})?$/;

/**
 * `128`, `128.5`, `1,280.00`, in digits of either width, as minor units of a currency; decimals that
 * it does not have are rounded.
 * @returns undefined for what is no price, nothing, or more than there can be
 */
export function minorOf(text: string, currency: string): number | undefined {
	const given = text.normalize('NFKC').trim();
	const [, whole, fraction = ''] =
		PLAIN.exec(GROUPED.test(given) ? given.replaceAll(',', '') : given) ?? [];
	if (whole === undefined) return undefined;
	const decimals = decimalsOf(currency);
	const digits = fraction.padEnd(decimals + 1, '0');
	const minor = Number(whole + digits.slice(0, decimals)) + (Number(digits[decimals]) >= 5 ? 1 : 0);
	return minor > 0 && minor <= MAX_MINOR ? minor : undefined;
}

/** An amount in units of so many decimals, as a decimal number: `12850` of two are `128.50`. */
export function decimalFrom(units: string, decimals: number): string {
	const digits = units.padStart(decimals + 1, '0');
	return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The decimal number that minor units are: `12850` fen are `128.50`. */
export const decimalOf = (minor: number, currency: string): string =>
	decimalFrom(String(minor), decimalsOf(currency));
