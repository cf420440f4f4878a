/** Where takes stand in a lesson: where their signing was made, and never over one another. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeTakes, sectionsOf, type Trimmed } from '#lib/domain/takes.ts';
import { isPlacementWithin, SignPlacement } from '#lib/domain/timeline.ts';
import * as v from 'valibot';

const aTake = (startMs: number, endMs: number, trim: Partial<Trimmed> = {}): Trimmed => ({
	...{ startMs, endMs, alignMs: 500, trimStartMs: 500, trimEndMs: 500 + endMs - startMs },
	...trim
});
const placesOf = (takes: Trimmed[], lessonMs = 10_000) =>
	placeTakes(takes, lessonMs).map(({ lessonFrame, fromFrame, frames, cutFrames }) => [
		...[lessonFrame, fromFrame, frames, cutFrames]
	]);

describe('a take', () => {
	test('untrimmed stands at its part, whatever the camera took to begin', () => {
		expect(placesOf([aTake(2000, 4000)])).toEqual([[60, 15, 60, 0]]);
		const slow = { alignMs: 1234, trimStartMs: 1234, trimEndMs: 3234 };
		expect(placesOf([aTake(2000, 4000, slow)])).toEqual([[60, 37, 60, 0]]);
	});
	test('without its first second is seen a second later', () => {
		expect(placesOf([aTake(2000, 4000, { trimStartMs: 1500 })])).toEqual([[90, 45, 30, 0]]);
	});
	test('longer than its part goes on, until the next one begins', () => {
		const long = aTake(0, 2000, { trimEndMs: 3500 });
		expect(placesOf([long])).toEqual([[0, 15, 90, 0]]);
		expect(placesOf([long, aTake(2000, 4000)])).toEqual([
			[0, 15, 60, 30],
			[60, 15, 60, 0]
		]);
	});
	test('is cut where the lesson ends, and before it begins', () => {
		expect(placesOf([aTake(8000, 10_000, { trimEndMs: 3500 })])).toEqual([[240, 15, 60, 30]]);
		expect(placesOf([aTake(0, 2000, { trimStartMs: 200 })])).toEqual([[0, 15, 60, 0]]);
	});
	test('of which nothing is left is left out', () => {
		expect(placesOf([aTake(9000, 12_000)], 9000)).toEqual([]);
	});
});

test('whatever is recorded, the sections are what a placement may be, to the frame', () => {
	const ms = (max: number) => fc.integer({ min: 0, max });
	const take = fc
		.tuple(ms(60_000), ms(20_000), ms(3000), ms(3000), ms(20_000))
		.map(([startMs, lengthMs, alignMs, trimStartMs, keptMs]) => ({
			...{ startMs, endMs: startMs + 200 + lengthMs, alignMs },
			...{ trimStartMs, trimEndMs: trimStartMs + 200 + keptMs }
		}));
	fc.assert(
		fc.property(
			fc.array(take, { maxLength: 40 }),
			fc.integer({ min: 500, max: 70_000 }),
			(all, lessonMs) => {
				const placed = placeTakes(all, lessonMs);
				const sections = sectionsOf(placed);
				const frames = placed.reduce((sum, each) => sum + each.frames, 0);
				const placement = { offsetMs: 0, sections };
				expect(v.is(SignPlacement, placement)).toBe(true);
				// As the joined film is measured.
				const filmMs = Math.round((frames * 1000) / 30);
				if (frames > 0) expect(isPlacementWithin(placement, lessonMs, filmMs)).toBe(true);
				sections.forEach(({ lessonMs: at, mediaMs, lengthMs }, index) => {
					const { lessonFrame = -1, frames: count = -1 } = placed[index] ?? {};
					expect(Math.floor((at * 30) / 1000)).toBe(lessonFrame);
					expect(
						Math.round(((mediaMs + lengthMs) * 30) / 1000) - Math.round((mediaMs * 30) / 1000)
					).toBe(count);
				});
			}
		),
		{ numRuns: 300 }
	);
});
