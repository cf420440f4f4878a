import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameAt, FRAME_MS } from '#lib/player/clock/frames.ts';
import { STEADY_LIMIT } from '#lib/player/clock/nudge.ts';
import { SyncClock } from '#lib/player/clock/sync-clock.ts';
import { apart, frameOf, lesson, LENGTH_MS, World } from './world.ts';

const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];

/** Phones and laptops as they are: slow to start, one clock a little fast, a hiccup now and then. */
const anyLife = fc.record({
	startMs: fc.integer({ min: 0, max: 180 }),
	seekMs: fc.integer({ min: 5, max: 250 }),
	fast: fc.double({ min: -0.004, max: 0.004, noNaN: true }),
	hiccups: fc.array(
		fc.record({
			atMs: fc.integer({ min: 1000, max: 12_000 }),
			forMs: fc.integer({ min: 10, max: 200 })
		}),
		{ maxLength: 2 }
	)
});

const steadyLife = fc.record({
	startMs: fc.integer({ min: 0, max: 180 }),
	seekMs: fc.integer({ min: 5, max: 250 }),
	fast: fc.double({ min: -0.004, max: 0.004, noNaN: true })
});

describe('steady play', () => {
	test('whatever the starts and clocks, the pictures are within half a frame after a second', () => {
		fc.assert(
			fc.property(steadyLife, steadyLife, fc.constantFrom(...RATES), (a, b, rate) => {
				const { world, clock, tracks } = lesson(a, b);
				clock.setRate(rate);
				clock.play();
				world.pass(1500);
				const drifts: number[] = [];
				world.pass(6000, () => drifts.push(apart(tracks[0], tracks[1])));
				expect(Math.max(...drifts)).toBeLessThanOrEqual(FRAME_MS / 2);
			}),
			{ numRuns: 60 }
		);
	});

	test('no track is ever sought, whatever the hiccups', () => {
		fc.assert(
			fc.property(anyLife, anyLife, fc.constantFrom(...RATES), (a, b, rate) => {
				const { world, clock, tracks } = lesson(a, b);
				clock.setRate(rate);
				clock.play();
				world.pass(12_000);
				for (const track of tracks) expect(track.seeks).toEqual([]);
			}),
			{ numRuns: 60 }
		);
	});

	test('rates stay within seven percent of the chosen one', () => {
		fc.assert(
			fc.property(steadyLife, steadyLife, fc.constantFrom(...RATES), (a, b, rate) => {
				const { world, clock, tracks } = lesson(a, b);
				clock.setRate(rate);
				clock.play();
				world.pass(1500);
				for (const track of tracks) track.rates.length = 0;
				world.pass(10_000);
				for (const track of tracks) {
					for (const asked of track.rates)
						expect(Math.abs(asked / rate - 1)).toBeLessThanOrEqual(STEADY_LIMIT + 1e-9);
				}
			}),
			{ numRuns: 60 }
		);
	});

	test('two start a little beside their rate, before they move, and play at it soon after', () => {
		for (const rate of [0.75, 1, 1.25, 2]) {
			const { world, clock, tracks } = lesson({}, {});
			clock.setRate(rate);
			clock.play();
			while (tracks.some((track) => track.isPaused)) world.pass(4);
			for (const track of tracks) {
				expect(track.positionMs).toBe(0);
				expect(track.rate / rate).toBeGreaterThan(1.02);
				expect(track.rate / rate).toBeLessThanOrEqual(1 + STEADY_LIMIT);
			}
			world.pass(1000);
			for (const track of tracks) expect(track.rate).toBe(rate);
		}
	});

	test('in slow motion, and alone, a picture starts at its rate', () => {
		const slow = lesson({}, {});
		slow.clock.setRate(0.5);
		const alone = lesson({});
		for (const { world, clock, tracks } of [slow, alone]) {
			clock.play();
			while (tracks.some((track) => track.isPaused)) world.pass(4);
			for (const track of tracks) expect(track.rate).toBe(clock.state.rate);
		}
	});

	test('a hiccup of one never takes the other more than an eighth of a second away', () => {
		fc.assert(
			fc.property(anyLife, anyLife, (a, b) => {
				const { world, clock, tracks } = lesson(a, b);
				clock.play();
				world.pass(1500);
				let worst = 0;
				world.pass(12_000, () => (worst = Math.max(worst, apart(tracks[0], tracks[1]))));
				expect(worst).toBeLessThanOrEqual(125);
			}),
			{ numRuns: 60 }
		);
	});

	test('a change of rate reaches every track', () => {
		const { world, clock, tracks } = lesson({}, {}, { fast: 0.001 });
		clock.play();
		world.pass(2000);
		clock.setRate(0.5);
		const before = tracks.map((t) => t.positionMs);
		world.pass(2000);
		tracks.forEach((t, i) => expect(t.positionMs - (before[i] ?? 0)).toBeCloseTo(1000, -2));
		expect(apart(tracks[0], tracks[1])).toBeLessThan(FRAME_MS / 2);
	});
});

describe('pausing, seeking, stepping', () => {
	test('paused at any moment, every picture is the same frame', () => {
		fc.assert(
			fc.property(
				anyLife,
				anyLife,
				fc.constantFrom(...RATES),
				fc.integer({ min: 100, max: 9000 }),
				(a, b, rate, atMs) => {
					const { world, clock, tracks } = lesson(a, b);
					clock.setRate(rate);
					clock.play();
					world.pass(atMs);
					clock.pause();
					world.pass(1200);
					expect(frameOf(tracks[1])).toBe(frameOf(tracks[0]));
					expect(clock.state.phase).toBe('paused');
				}
			),
			{ numRuns: 80 }
		);
	});

	test('after a seek nothing moves before both show the right frame', () => {
		fc.assert(
			fc.property(steadyLife, steadyLife, fc.integer({ min: 0, max: 55_000 }), (a, b, toMs) => {
				const { world, clock, tracks } = lesson(a, b);
				clock.play();
				world.pass(1500);
				let isChecked = false;
				clock.listen(() => {
					if (isChecked || !clock.isRunning) return;
					isChecked = true;
					for (const track of tracks) expect(frameOf(track)).toBe(frameAt(toMs));
				});
				clock.seek(toMs);
				world.pass(1500);
				expect(isChecked).toBe(true);
				world.pass(1500);
				expect(apart(tracks[0], tracks[1])).toBeLessThanOrEqual(FRAME_MS / 2);
			}),
			{ numRuns: 60 }
		);
	});

	test('a slow starter is known after its first start, and the other let go in time', () => {
		for (const slow of [0, 1]) {
			const starts = [{ startMs: 20 }, { startMs: 20 }];
			starts[slow] = { startMs: 180 };
			const { world, clock, tracks } = lesson(...starts);
			clock.play();
			world.pass(2000);
			clock.seek(20_000);
			let worst = 0;
			world.pass(100);
			world.pass(2000, () => (worst = Math.max(worst, apart(tracks[0], tracks[1]))));
			expect(worst).toBeLessThanOrEqual(FRAME_MS);
		}
	});

	test('of many seeks in a row (a drag) the last one wins', () => {
		const { world, clock, tracks } = lesson({ seekMs: 90 }, { seekMs: 200 });
		for (let ms = 1000; ms < 20_000; ms += 500) {
			clock.seek(ms);
			world.pass(30);
		}
		world.pass(800);
		for (const track of tracks) expect(frameOf(track)).toBe(frameAt(19_500));
		expect(tracks[1].seeks.length).toBeLessThan(25);
	});

	test('stepping moves both by one frame, forwards and back', () => {
		const { world, clock, tracks } = lesson({}, { seekMs: 120 });
		clock.seek(5000);
		world.pass(400);
		for (const by of [1, 1, -1]) {
			clock.step(by);
			world.pass(400);
		}
		for (const track of tracks) expect(frameOf(track)).toBe(frameAt(5000) + 1);
	});

	test('a viewer who resumes starts at the place where he left', () => {
		const world = new World();
		const clock = new SyncClock(world, LENGTH_MS, 31_000);
		const tracks = [world.track(), world.track()];
		tracks.forEach((player, i) => clock.add({ id: String(i), player }));
		expect(tracks.some((t) => t.isPrepared)).toBe(false);
		clock.play();
		world.pass(1000);
		for (const track of tracks) expect(track.positionMs).toBeGreaterThan(31_000);
	});
});

describe('a stall', () => {
	test('of either track holds the other within one frame, and not a frame of signing is lost', () => {
		fc.assert(
			fc.property(
				fc.boolean(),
				fc.constantFrom(0.5, 1, 1.5, 2),
				fc.integer({ min: 0, max: 180 }),
				(isSignStalled, rate, startMs) => {
					const { world, clock, tracks } = lesson({ network: 3 }, { network: 3, startMs });
					const [stalled, other] = isSignStalled ? [tracks[1], tracks[0]] : tracks;
					clock.setRate(rate);
					clock.play();
					world.pass(1500);
					stalled.network = 0;
					world.pass(9000 / rate);
					expect(clock.state.phase).toBe('waiting');
					const stoodAt = other.positionMs;
					world.pass(2000);
					expect(other.positionMs).toBe(stoodAt);
					expect(apart(tracks[0], tracks[1])).toBeLessThanOrEqual(FRAME_MS);
					stalled.network = 3;
					const firstAfter = tracks[1].shown.length;
					world.pass(2000);
					expect(clock.state.phase).toBe('playing');
					expect(tracks[1].seeks).toEqual([]);
					const around = tracks[1].shown.slice(firstAfter - 3, firstAfter + 5);
					const steps = around.slice(1).map((frame, i) => frame - (around[i] ?? 0));
					for (const step of steps) expect(step).toBeLessThanOrEqual(Math.ceil(rate) + 1);
					expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
				}
			),
			{ numRuns: 30 }
		);
	});

	test('says for whom it waits', () => {
		const { world, clock, tracks } = lesson({}, { network: 2 });
		clock.play();
		world.pass(500);
		tracks[1].network = 0;
		world.pass(4000);
		expect(clock.state.waitingFor).toEqual(['track 1']);
	});
});
