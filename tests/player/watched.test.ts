import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_MS } from '#lib/player/clock/frames.ts';
import { collector, union, type Range } from '#lib/player/watched.ts';

const lengthOf = (ranges: Range[]): number => ranges.reduce((sum, [a, b]) => sum + b - a, 0);
const anyRange = fc
	.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 2000 }))
	.map(([from, length]): Range => [from, from + length]);

/** Plays from a place for a while, frame by frame. */
function play(watched: ReturnType<typeof collector>, fromMs: number, forMs: number, rate = 1) {
	for (let ms = fromMs; ms < fromMs + forMs - 1; ms += FRAME_MS * rate) watched.see(ms, rate);
}

describe('what was watched', () => {
	test('the union holds every moment of every range once, sorted and apart', () => {
		fc.assert(
			fc.property(fc.array(anyRange), (ranges) => {
				const joined = union(ranges);
				const isIn = (list: Range[], ms: number): boolean =>
					list.some(([a, b]) => a <= ms && ms < b);
				for (let ms = 0; ms < 12_000; ms += 97)
					if (isIn(ranges, ms)) expect(isIn(joined, ms)).toBe(true);
				for (const [i, [from]] of joined.entries())
					if (i > 0) expect(from).toBeGreaterThan((joined[i - 1] as Range)[1]);
				expect(union(joined)).toEqual(joined);
			})
		);
	});

	test('plain play is one range from first to last frame', () => {
		const watched = collector();
		play(watched, 1000, 3000);
		expect(watched.take()).toEqual([[1000, 4000]]);
	});

	test('a click at the end earns nothing of what lies between', () => {
		const watched = collector();
		play(watched, 0, 1000);
		watched.interrupt();
		play(watched, 50_000, 500);
		expect(watched.take()).toEqual([
			[0, 1000],
			[50_000, 50_500]
		]);
	});

	test('never more is counted than was shown, whatever the jumps', () => {
		const anyPlay = fc.tuple(
			fc.integer({ min: 0, max: 50_000 }),
			fc.integer({ min: 100, max: 3000 }),
			fc.constantFrom(0.25, 0.5, 1, 1.5, 2)
		);
		fc.assert(
			fc.property(fc.array(anyPlay, { maxLength: 12 }), (plays) => {
				const watched = collector();
				let shownMs = 0;
				for (const [from, length, rate] of plays) {
					play(watched, from, length, rate);
					watched.interrupt();
					shownMs += length + 2 * FRAME_MS;
				}
				expect(lengthOf(watched.take())).toBeLessThanOrEqual(shownMs);
			})
		);
	});

	test('reports join without a gap and say nothing twice', () => {
		const watched = collector();
		play(watched, 0, 2000);
		const first = watched.take();
		play(watched, 2000, 2000);
		const second = watched.take();
		expect(union([...first, ...second])).toEqual([[0, 4000]]);
		expect(lengthOf(second)).toBe(2000);
		expect(watched.take()).toEqual([]);
	});
});
