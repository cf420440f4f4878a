import { describe, expect, test } from 'vitest';
import { amountFor, figureOf, thousandthsOf } from '#lib/domain/amounts.ts';
import {
	changedRows,
	MaterialsForm,
	piecesAsked,
	type RawRow,
	rowsAfter,
	type Unit
} from '#lib/domain/materials.ts';
import { Invalid } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';

test.each([
	['250', 250_000],
	[' 1.5 ', 1500],
	['1,5', 1500],
	['.5', 500],
	['1/2', 500],
	['1 1/2', 1500],
	['½', 500],
	['1½', 1500],
	['2 ⅓', 2333],
	['２５０', 250_000]
])('%s is understood', (text, thousandths) => {
	expect(thousandthsOf(text)).toBe(thousandths);
});

test.each(['', '.', '0', '-1', '1/0', '1e9', 'abc', '1/2/3', '12345678', '0.0001', '½½', '1.5.2'])(
	'“%s” is no amount',
	(text) => {
		expect(thousandthsOf(text)).toBeUndefined();
	}
);

describe('amounts for another number of pieces', () => {
	const scaled = (thousandths: number, unit: Unit, count: number, wanted: number) => {
		const amount = amountFor({ thousandths, unit }, count, wanted);
		return `${figureOf(amount)} ${amount.unit}`;
	};
	test.each([
		// As it was written, for the very number, whatever it is.
		[137_456, 'g', 12, 12, '137.456 g'],
		[2000, 'kg', 12, 12, '2 kg'],
		// Whole grams, small ones in tenths, from a kilogram on in tens.
		[100_000, 'g', 12, 7, '58 g'],
		[2000, 'g', 12, 5, '0.8 g'],
		[2000, 'g', 100, 1, '0.1 g'],
		[500_000, 'g', 12, 100, '4.17 kg'],
		[350_000, 'ml', 12, 36, '1.05 l'],
		[1500, 'kg', 12, 4, '500 g'],
		[1000, 'l', 4, 1, '250 ml'],
		// Quarters and thirds, whole ones from ten on, never nothing.
		[1000, 'piece', 12, 18, '1½ piece'],
		[1000, 'piece', 12, 4, '⅓ piece'],
		[1000, 'teaspoon', 12, 1, '¼ teaspoon'],
		[2000, 'spoon', 12, 11, '1¾ spoon'],
		[1000, 'piece', 12, 11, '1 piece'],
		[1000, 'piece', 12, 148, '12 piece'],
		// A sheet of paper cannot be taken in part.
		[1000, 'sheet', 12, 13, '2 sheet']
	] as const)(
		'%i thousandths of a %s for %i are for %i: %s',
		(thousandths, unit, count, wanted, is) => {
			expect(scaled(thousandths, unit, count, wanted)).toBe(is);
		}
	);

	test('more pieces never need less, and no rounding is off by more than a quarter', () => {
		for (const unit of ['g', 'piece', 'spoon'] as const)
			for (const thousandths of [500, 1000, 3000, 30_000, 250_000]) {
				let before = 0;
				for (let wanted = 1; wanted <= 60; wanted++) {
					const amount = amountFor({ thousandths, unit }, 12, wanted);
					const now = amount.thousandths * (amount.unit === 'kg' ? 1000 : 1);
					expect(now).toBeGreaterThanOrEqual(before);
					const exact = (thousandths * wanted) / 12;
					if (exact >= 1000) expect(Math.abs(now - exact) / exact).toBeLessThan(0.13);
					before = now;
				}
			}
	});
});

const fields = {
	...{ count: '12', product: '月饼', change: '' },
	...{ 'rows.0.kind': 'material', 'rows.0.name': '面粉', 'rows.0.amount': '250' },
	...{ 'rows.0.unit': 'g', 'rows.0.note': '' },
	...{ 'rows.1.kind': 'material', 'rows.1.name': '', 'rows.1.amount': '', 'rows.1.unit': 'g' },
	...{ 'rows.2.kind': 'tool', 'rows.2.name': '模具', 'rows.2.amount': '3', 'rows.2.note': '木头的' }
};

test('a form becomes the list: empty rows are none, tools have no amounts', () => {
	expect(read(MaterialsForm, fields)).toEqual({
		...{ count: 12, product: '月饼' },
		rows: [
			{ kind: 'material', name: '面粉', amount: 250_000, unit: 'g', note: '' },
			{ kind: 'tool', name: '模具', amount: null, unit: null, note: '木头的' }
		]
	});
	expect(read(MaterialsForm, {})).toEqual({ count: null, product: '', rows: [] });
});

test('what is wrong is told beside its own field', () => {
	const problemsOf = (changed: Record<string, string>) => {
		try {
			read(MaterialsForm, { ...fields, ...changed });
		} catch (error) {
			if (error instanceof Invalid) return Object.keys(error.problems);
		}
		return [];
	};
	expect(problemsOf({ 'rows.0.amount': '一点' })).toEqual(['rows.0.amount']);
	expect(problemsOf({ 'rows.1.amount': '5' })).toEqual(['rows.1.name']);
	expect(problemsOf({ 'rows.2.kind': 'x' })).toEqual(['rows.2.kind']);
	expect(problemsOf({ count: '0' })).toEqual(['count']);
	expect(problemsOf({ count: '1e3' })).toEqual(['count']);
});

test('rows change places within their kind', () => {
	const row = (kind: string, name: string): RawRow => ({
		kind,
		name,
		amount: '',
		unit: '',
		note: ''
	});
	const rows = [row('material', 'a'), row('tool', 'x'), row('material', 'b')];
	const after = (change: string) =>
		rowsAfter(rows, change)
			.map(({ name }) => name)
			.join('');
	expect(after('up.2')).toBe('bax');
	expect(after('down.0')).toBe('xba');
	for (const nothing of ['up.0', 'down.2', 'up.1', 'remove.9', '', 'x'])
		expect(after(nothing)).toBe('axb');
	expect(after('remove.1')).toBe('ab');
	const changed = changedRows({ ...fields, change: 'remove.0' });
	expect(read(MaterialsForm, changed).rows.map(({ name }) => name)).toEqual(['模具']);
});

test('an address asks for a sensible number of pieces or for none', () => {
	const asked = (query: string) => piecesAsked(new URLSearchParams(query));
	expect(asked('make=24')).toBe(24);
	expect(asked('make=24&step=-1')).toBe(23);
	expect(asked('step=-1&make=1')).toBe(1);
	expect(asked('make=99999')).toBe(9999);
	for (const odd of ['', 'make=', 'make=x', 'make=-3', 'make=1.5', 'make=3&step=x'])
		expect(asked(odd)).toBeUndefined();
});
