import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameAt, FRAME_MS } from '#lib/player/clock/frames.ts';
import {
	coveredOf,
	isCovered,
	lessonOf,
	sectionFor,
	sectionsOf,
	type Section
} from '#lib/player/clock/sections.ts';
import { frameOf, lesson, type SimTrack } from './world.ts';

/** Frame that a track of these sections must show at a lesson time; NaN where it stands. */
function frameFor(sections: Section[], atMs: number): number {
	const one = sections.find((s) => atMs >= s.lessonMs && atMs < s.lessonMs + s.lengthMs);
	return one ? frameAt(atMs - one.lessonMs + one.mediaMs) : NaN;
}

/** Two pieces of the track, taken from anywhere in it, with a gap between them or none. */
const anySections = fc
	.record({
		firstMs: fc.integer({ min: 0, max: 60 }),
		media: fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 })),
		frames: fc.tuple(fc.integer({ min: 30, max: 90 }), fc.integer({ min: 30, max: 90 })),
		gap: fc.constantFrom(0, 1, 4, 20, 60)
	})
	.map(({ firstMs, media, frames, gap }): Section[] => {
		const [first, second] = [firstMs, firstMs + frames[0] + gap];
		const ms = (count: number): number => count * FRAME_MS;
		return [
			{ lessonMs: ms(first), mediaMs: ms(media[0]), lengthMs: ms(frames[0]) },
			{ lessonMs: ms(second), mediaMs: ms(media[1]), lengthMs: ms(frames[1]) }
		];
	});

/** What was on screen at each refresh, where the demonstration was, and who moved. */
function watch(sections: Section[], life = {}, rate = 1) {
	const { world, clock, tracks } = lesson({}, { ...life, sections });
	const seen: { atMs: number; main: number; sign: number; isRunning: boolean }[] = [];
	clock.setRate(rate);
	clock.play();
	world.pass(12_000 / rate, () =>
		seen.push({
			atMs: clock.positionMs,
			main: frameOf(tracks[0]),
			sign: frameOf(tracks[1]),
			isRunning: clock.isRunning && !tracks[1].isPaused
		})
	);
	return { world, clock, tracks, seen };
}

describe('a sign track of pieces', () => {
	test('shows the right frame of the right piece whenever it moves', () => {
		fc.assert(
			fc.property(anySections, fc.constantFrom(0.25, 1, 2), (sections, rate) => {
				const { seen } = watch(sections, { seekMs: 120, startMs: 60 }, rate);
				const starts = sections.map((s) => s.lessonMs);
				const moving = seen.filter(({ isRunning, atMs }) => {
					const sinceMs = Math.min(...starts.map((ms) => Math.abs(atMs - ms)));
					return isRunning && sinceMs > 300 * rate && !Number.isNaN(frameFor(sections, atMs));
				});
				for (const { atMs, sign } of moving)
					expect(Math.abs(sign - frameFor(sections, atMs))).toBeLessThanOrEqual(2);
			}),
			{ numRuns: 40 }
		);
	});

	test('never shows a moment that belongs to no piece, not for one frame', () => {
		fc.assert(
			fc.property(anySections, fc.integer({ min: 5, max: 250 }), (sections, seekMs) => {
				const { tracks } = watch(sections, { seekMs });
				const isMeant = (frame: number): boolean =>
					sections.some(({ mediaMs, lengthMs }) => {
						const from = frameAt(mediaMs);
						return frame >= from && frame < frameAt(mediaMs + lengthMs);
					});
				const first = sections[0] as Section;
				const foreign = tracks[1].shown.filter((frame) => !isMeant(frame));
				expect(foreign.filter((frame) => frame !== 0 || first.mediaMs === 0)).toEqual([]);
			}),
			{ numRuns: 40 }
		);
	});

	test('plays every frame of every piece, and nothing twice', () => {
		fc.assert(
			fc.property(anySections, (sections) => {
				const { seen } = watch(sections, { seekMs: 100 });
				for (const { lessonMs, lengthMs, mediaMs } of sections) {
					const from = frameAt(mediaMs);
					const count = Math.round(lengthMs / FRAME_MS);
					const shown = new Set(
						seen
							.filter(({ atMs }) => Math.abs(atMs - lessonMs - lengthMs / 2) < lengthMs / 2 + 60)
							.map(({ sign }) => sign - from)
							.filter((frame) => frame >= 0 && frame < count)
					);
					expect(shown.size).toBeGreaterThanOrEqual(count - 2);
				}
			}),
			{ numRuns: 30 }
		);
	});

	test('in a gap it stands on the first frame of the next piece while the other goes on', () => {
		const sections = [
			{ lessonMs: 0, mediaMs: 5000, lengthMs: 2000 },
			{ lessonMs: 4000, mediaMs: 1000, lengthMs: 2000 }
		];
		const { world, clock, tracks } = lesson({}, { sections });
		clock.play();
		world.pass(3200);
		expect(clock.state.phase).toBe('playing');
		expect(tracks[0].positionMs).toBeGreaterThan(2800);
		expect(frameOf(tracks[1])).toBe(30);
		const seeks = tracks[1].seeks.length;
		world.pass(2000);
		expect(Math.abs(tracks[1].positionMs + 3000 - tracks[0].positionMs)).toBeLessThan(17);
		expect(tracks[1].seeks.length).toBe(seeks);
	});

	test('where a piece follows at once from elsewhere, both wait for it and start together', () => {
		const sections = [
			{ lessonMs: 0, mediaMs: 0, lengthMs: 2000 },
			{ lessonMs: 2000, mediaMs: 20_000, lengthMs: 14_000 }
		];
		const { seen, tracks } = watch(sections, { seekMs: 250 });
		const waits = seen.filter(({ atMs }) => atMs > 1950 && atMs < 2060);
		expect(new Set(waits.map(({ main }) => main)).size).toBeLessThanOrEqual(4);
		const after = seen.filter(({ main, sign }) => main > 62 && sign < 600);
		expect(after).toEqual([]);
		expect(Math.abs(tracks[1].positionMs - 18_000 - tracks[0].positionMs)).toBeLessThan(17);
	});

	test('pieces that are contiguous go on without a seek or a pause', () => {
		const sections = [0, 1, 2].map((i) => ({
			...{ lessonMs: 1000 + i * 1500, mediaMs: 3000 + i * 1500, lengthMs: 1500 }
		}));
		const { seen, tracks } = watch(sections);
		const seeksInside = tracks[1].seeks.filter((ms) => ms > 3100);
		expect(seeksInside).toEqual([]);
		const frames = [...new Set(seen.map(({ sign }) => sign))].filter((frame) => frame >= 90);
		expect(frames.length).toBeGreaterThanOrEqual(132);
	});

	test('a seek into any piece shows its moment, and into a gap the next first frame', () => {
		const sections = [
			{ lessonMs: 1000, mediaMs: 8000, lengthMs: 3000 },
			{ lessonMs: 6000, mediaMs: 2000, lengthMs: 3000 }
		];
		const { world, clock, tracks } = lesson({}, { sections });
		const expected: [number, number][] = [
			[7000, 90],
			[2000, 270],
			[5000, 60],
			[500, 240],
			[20_000, 149]
		];
		for (const [toMs, frame] of expected) {
			clock.seek(toMs);
			world.pass(500);
			expect(frameOf(tracks[1])).toBe(frame);
			expect(frameOf(tracks[0])).toBe(frameAt(toMs));
		}
	});

	test('alone on the stage it lets the lesson go on where it has nothing to show', () => {
		const { world, clock, tracks } = lesson(
			{},
			{ sections: [{ lessonMs: 2000, mediaMs: 0, lengthMs: 1000 }] }
		);
		clock.setResting('track 0', true);
		clock.play();
		world.pass(1500);
		expect(clock.positionMs).toBeGreaterThan(1200);
		world.pass(1100);
		expect(Math.abs(tracks[1].positionMs + 2000 - clock.positionMs)).toBeLessThan(40);
		world.pass(2000);
		expect(clock.positionMs).toBeGreaterThan(4200);
		world.pass(60_000);
		expect(clock.state.phase).toBe('ended');
	});

	test('stalls, pauses and returns work in every piece', () => {
		const sections = [
			{ lessonMs: 0, mediaMs: 9000, lengthMs: 3000 },
			{ lessonMs: 3000, mediaMs: 30_000, lengthMs: 20_000 }
		];
		const { world, clock, tracks } = lesson({}, { sections, network: 3 });
		const sign: SimTrack = tracks[1];
		clock.play();
		world.pass(5000);
		sign.network = 0;
		world.pass(12_000);
		expect(clock.state.phase).toBe('waiting');
		sign.network = 3;
		world.pass(1000);
		expect(Math.abs(sign.positionMs - 27_000 - tracks[0].positionMs)).toBeLessThan(FRAME_MS);
		clock.pause();
		world.pass(500);
		expect(frameOf(sign) - frameAt(27_000)).toBe(frameOf(tracks[0]));
		clock.setResting('track 1', true);
		clock.play();
		world.pass(1000);
		clock.setResting('track 1', false);
		world.pass(1500);
		expect(Math.abs(sign.positionMs - 27_000 - tracks[0].positionMs)).toBeLessThan(17);
	});
});

describe('the map of pieces', () => {
	test('leads from lesson to media and back', () => {
		fc.assert(
			fc.property(anySections, fc.double({ min: 0, max: 1, noNaN: true }), (pieces, share) => {
				const sections = sectionsOf(0, pieces);
				const piece = pieces[share < 0.5 ? 0 : 1] as Section;
				const atMs = piece.lessonMs + share * (piece.lengthMs - FRAME_MS);
				expect(isCovered(sections, atMs, NaN)).toBe(true);
				const section = sectionFor(sections, atMs, NaN);
				const mediaMs = atMs - section.lessonMs + section.mediaMs;
				expect(lessonOf(sections, section, mediaMs)).toBeCloseTo(atMs);
			})
		);
	});

	test('knows what of a span is signed', () => {
		const sections = sectionsOf(0, [
			{ lessonMs: 1000, mediaMs: 0, lengthMs: 1000 },
			{ lessonMs: 5000, mediaMs: 1000, lengthMs: 1000 }
		]);
		const covered = (startMs: number, endMs: number) =>
			coveredOf(sections, { startMs, endMs }, 9000);
		expect(covered(0, 10_000)).toEqual({ startMs: 1000, endMs: 6000 });
		expect(covered(1500, 3000)).toEqual({ startMs: 1500, endMs: 2000 });
		expect(covered(2000, 5000)).toBe(null);
	});
});
