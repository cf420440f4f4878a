import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
	COMPLETE_SHARE,
	isComplete,
	type Range,
	union,
	watchedMs,
	within
} from '#lib/domain/ranges.ts';
import { MAX_RANGES_AN_EVENT, WatchedEvent } from '#lib/domain/watching.ts';

const LENGTH = 400;
const range = fc
	.tuple(fc.nat(LENGTH - 1), fc.nat(LENGTH - 1))
	.map(([a, b]): Range => [Math.min(a, b), Math.max(a, b) + 1]);
const ranges = fc.array(range, { maxLength: 12 });

/** The slow truth: every millisecond for itself. */
const milliseconds = (all: readonly Range[]): Set<number> => {
	const seen = new Set<number>();
	for (const [from, to] of all) for (let ms = from; ms < to; ms++) seen.add(ms);
	return seen;
};

describe('the union of watched ranges', () => {
	test('holds exactly what either held', () => {
		fc.assert(
			fc.property(ranges, ranges, (one, other) => {
				expect(milliseconds(union(one, other))).toEqual(milliseconds([...one, ...other]));
			})
		);
	});

	test('is sorted, and no two of its ranges touch', () => {
		fc.assert(
			fc.property(ranges, ranges, (one, other) => {
				const joined = union(one, other);
				for (const [index, [from, to]] of joined.entries()) {
					expect(from).toBeLessThan(to);
					const before = joined[index - 1];
					if (before) expect(before[1]).toBeLessThan(from);
				}
			})
		);
	});

	test('does not care about order, grouping or repetition', () => {
		fc.assert(
			fc.property(ranges, ranges, ranges, (a, b, c) => {
				expect(union(a, b)).toEqual(union(b, a));
				expect(union(union(a, b), c)).toEqual(union(a, union(b, c)));
				expect(union(union(a, b), b)).toEqual(union(a, b));
			})
		);
	});

	test('counts every millisecond once', () => {
		fc.assert(
			fc.property(ranges, (all) => {
				expect(watchedMs(union([], all))).toBe(milliseconds(all).size);
			})
		);
	});

	test('leaves what it was given as it was', () => {
		const one: Range[] = [[0, 10]];
		union(one, [[5, 20]]);
		expect(one).toEqual([[0, 10]]);
	});
});

test('nothing beyond the end of the film counts', () => {
	fc.assert(
		fc.property(ranges, fc.nat(LENGTH), (all, end) => {
			const cut = within(union([], all), end);
			expect(milliseconds(cut)).toEqual(new Set([...milliseconds(all)].filter((ms) => ms < end)));
			for (const [from, to] of cut) expect(from).toBeLessThan(to);
		})
	);
});

describe('a lesson is complete', () => {
	const DURATION = 100_000;
	test.each<[what: string, ranges: Range[], is: boolean]>([
		['watched whole', [[0, DURATION]], true],
		['watched to the last 5 %', [[0, DURATION * COMPLETE_SHARE]], true],
		['a millisecond short of that', [[0, DURATION * COMPLETE_SHARE - 1]], false],
		['not watched at all', [], false],
		['only its last half', [[DURATION / 2, DURATION]], false],
		[
			'with gaps as long as a seek leaves',
			[
				[100, 40_000],
				[40_100, DURATION * COMPLETE_SHARE]
			],
			true
		],
		[
			'with a gap longer than that, and no more than was asked',
			[
				[0, 40_000],
				[40_101, DURATION * COMPLETE_SHARE]
			],
			false
		]
	])('%s: %s → %s', (_what, all, is) => {
		expect(isComplete(all, DURATION)).toBe(is);
	});

	test('never without a length', () => {
		expect(isComplete([], 0)).toBe(false);
	});

	test('and stays so whatever else is watched', () => {
		fc.assert(
			fc.property(ranges, ranges, (one, more) => {
				const before = union([], one);
				fc.pre(isComplete(before, LENGTH));
				expect(isComplete(union(before, more), LENGTH)).toBe(true);
			})
		);
	});
});

describe("the player's message", () => {
	const event = { ranges: [[0, 5000]], positionMs: 5000, positionAt: '2026-11-23T10:00:00.000Z' };
	const isWellFormed = (change: object) => v.is(WatchedEvent, { ...event, ...change });

	test('is taken when it is well formed', () => {
		expect(isWellFormed({})).toBe(true);
		expect(isWellFormed({ ranges: [] })).toBe(true);
	});

	test.each([
		{ ranges: [[5, 5]] },
		{ ranges: [[6, 5]] },
		{ ranges: [[-1, 5]] },
		{ ranges: [[0, 1.5]] },
		{ ranges: [[0, Number.MAX_SAFE_INTEGER]] },
		{ ranges: [[0, 1, 2]].map(([from]) => [from]) },
		{ ranges: 'all of it' },
		{ ranges: Array.from({ length: MAX_RANGES_AN_EVENT + 1 }, (_, i) => [i, i + 1]) },
		{ positionMs: -1 },
		{ positionMs: '5000' },
		{ positionAt: 'yesterday' },
		{ positionAt: 1_700_000_000 },
		{ positionAt: undefined }
	])('is refused with %j', (change) => {
		expect(isWellFormed(change)).toBe(false);
	});

	test('tells its time one way, however it was written', () => {
		const at = (positionAt: string) => v.parse(WatchedEvent, { ...event, positionAt }).positionAt;
		expect(at('2026-11-23T18:00:00+08:00')).toBe('2026-11-23T10:00:00.000Z');
		expect(at('2026-11-23T10:00:00Z')).toBe('2026-11-23T10:00:00.000Z');
	});
});
