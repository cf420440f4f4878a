import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalOf, decimalsOf, isCurrency, MAX_MINOR, minorOf } from '#lib/domain/money.ts';

test.each([
	['128', 'CNY', 12_800],
	['128.5', 'CNY', 12_850],
	['１２８．５０', 'CNY', 12_850],
	[' 1,280.00 ', 'CNY', 128_000],
	['0.01', 'CNY', 1],
	['0.29', 'CNY', 29],
	['1.005', 'CNY', 101],
	['19.989999999999998', 'CNY', 1999],
	['1280', 'JPY', 1280],
	['1280.4', 'JPY', 1280],
	['1.234', 'KWD', 1234],
	['12.3', 'CLF', 123_000]
] as const)('%s %s are %i of its smallest unit', (text, currency, minor) => {
	expect(minorOf(text, currency)).toBe(minor);
});

test.each([
	'',
	'abc',
	'-1',
	'1e5',
	'1.2.3',
	'1,28',
	'12,80.00',
	'.5',
	'5.',
	'0',
	'0.001',
	'NaN',
	'∞'
])('“%s” is no price', (text) => {
	expect(minorOf(text, 'CNY')).toBeUndefined();
});

test('what is dearer than anything is a mistake', () => {
	expect(minorOf('1000000000', 'CNY')).toBe(MAX_MINOR);
	expect(minorOf('1000000000.01', 'CNY')).toBeUndefined();
});

test('every amount reads as it was written', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: MAX_MINOR }),
			fc.constantFrom('CNY', 'JPY', 'KWD', 'CLF'),
			(minor, currency) => minorOf(decimalOf(minor, currency), currency) === minor
		)
	);
});

test('decimals are those of ISO 4217, not of habit', () => {
	expect(['CNY', 'JPY', 'KWD', 'IDR', 'HUF'].map(decimalsOf)).toEqual([2, 0, 3, 2, 2]);
	expect(['CNY', 'RMB', 'cny', ''].map(isCurrency)).toEqual([true, false, false, false]);
});
