import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameAt, FRAME_MS } from '#lib/player/clock/frames.ts';
import { apart, frameOf, lesson, paced, type SimTrack } from './world.ts';

describe('tracks that differ', () => {
	test('a sign track that begins later waits on its first frame, then plays in step', () => {
		const { world, clock, tracks } = lesson({}, { offsetMs: 3000, durationMs: 10_000 });
		clock.play();
		world.pass(2500);
		expect(tracks[1].positionMs).toBeLessThan(FRAME_MS);
		world.pass(3000);
		expect(Math.abs(tracks[1].positionMs + 3000 - tracks[0].positionMs)).toBeLessThan(FRAME_MS / 2);
	});

	test('a sign track that ends sooner lets the demonstration go on to the end of the lesson', () => {
		const { world, clock, tracks } = lesson({}, { durationMs: 4000 });
		clock.play();
		world.pass(8000);
		expect(tracks[0].positionMs).toBeGreaterThan(7000);
		world.pass(54_000);
		expect(clock.state.phase).toBe('ended');
	});

	test('a seek before and after its span works as well', () => {
		const { world, clock, tracks } = lesson({}, { offsetMs: 3000, durationMs: 10_000 });
		for (const toMs of [20_000, 5000, 1000]) {
			clock.seek(toMs);
			world.pass(600);
			expect(frameOf(tracks[0])).toBe(frameAt(toMs));
		}
		expect(tracks[1].positionMs).toBeLessThan(FRAME_MS);
		clock.play();
		world.pass(4000);
		expect(Math.abs(tracks[1].positionMs + 3000 - tracks[0].positionMs)).toBeLessThan(FRAME_MS / 2);
	});

	test('three pictures and sound stay together; the pictures never wait for the sound', () => {
		const sound = { hasPictures: false, network: 0.01, fast: 0.002 };
		const { world, clock, tracks } = lesson({}, { startMs: 120 }, { fast: -0.003 }, sound);
		clock.play();
		world.pass(3000);
		expect(tracks[0].positionMs).toBeGreaterThan(2500);
		const late = tracks[3] as SimTrack;
		late.network = 20;
		world.pass(4000);
		expect(apart(tracks[0], tracks[2] as SimTrack)).toBeLessThan(FRAME_MS / 2);
		expect(apart(tracks[0], late)).toBeLessThan(100);
	});

	test('one video alone plays as well', () => {
		const { world, clock, tracks } = lesson({});
		clock.play();
		world.pass(2000);
		expect(tracks[0].positionMs).toBeGreaterThan(1800);
		expect(tracks[0].seeks).toEqual([]);
	});

	test('a track that is lost is named, and the other goes on', () => {
		for (const lost of [0, 1]) {
			const { world, clock, tracks } = lesson({}, {});
			clock.play();
			world.pass(1500);
			(tracks[lost] as SimTrack).lose();
			const other = tracks[1 - lost] as SimTrack;
			const before = other.positionMs;
			world.pass(2000);
			expect(clock.state.lost).toEqual([`track ${lost}`]);
			expect(other.positionMs - before).toBeGreaterThan(1900);
		}
	});

	test('a track that was not shown comes back in step without stopping the other', () => {
		const { world, clock, tracks } = lesson({}, { seekMs: 150 });
		clock.play();
		world.pass(1000);
		clock.setResting('track 1', true);
		world.pass(5000);
		expect(tracks[1].positionMs).toBeLessThan(1200);
		clock.setResting('track 1', false);
		const before = tracks[0].positionMs;
		world.pass(1500);
		expect(tracks[0].positionMs - before).toBeGreaterThan(1450);
		expect(apart(tracks[0], tracks[1])).toBeLessThan(FRAME_MS / 2);
	});

	test('a browser that pauses one of them (a hidden tab) finds them in step within 500 ms', () => {
		const { world, clock, tracks } = lesson({}, {});
		clock.play();
		world.pass(2000);
		tracks[1].pause();
		world.pass(500);
		expect(apart(tracks[0], tracks[1])).toBeLessThan(FRAME_MS / 2);
		expect(tracks[1].isPaused).toBe(false);
	});
});

describe('a browser that has its own will', () => {
	test('one that plays one picture at a time is found out, and another choice of pictures tried', () => {
		const { world, clock, tracks } = lesson({}, {});
		world.allows = 'one';
		clock.play();
		world.pass(1500);
		expect(clock.state).toMatchObject({ isRefused: true, isPlaying: false, phase: 'paused' });
		clock.setResting('track 1', true);
		expect(clock.state.isRefused).toBe(false);
		clock.play();
		world.pass(2000);
		expect(clock.state.isRefused).toBe(false);
		expect(tracks[0].positionMs).toBeGreaterThan(1500);
	});

	test('one that lets nothing play is not taken for it', () => {
		const { world, clock } = lesson({}, {});
		world.allows = 'none';
		clock.play();
		world.pass(1500);
		expect(clock.state).toMatchObject({ isRefused: false, isPlaying: false, phase: 'paused' });
		world.allows = 'all';
		clock.play();
		world.pass(1000);
		expect(clock.state.phase).toBe('playing');
	});

	test('one that plays one picture at a time can take turns', () => {
		const turns = [0, 1, 2].map((i) => ({ startMs: i * 3000, endMs: (i + 1) * 3000 }));
		const { world, clock, pacing, hands } = paced(turns);
		world.allows = 'one';
		pacing.play();
		world.pass(8000);
		expect(clock.state).toMatchObject({ isRefused: false, isPlaying: true });
		expect(hands.positionMs).toBeGreaterThan(2900);
	});
});

describe('back from a hidden tab or a suspended device', () => {
	const rates = [0.25, 0.5, 1, 1.5, 2];

	test('whichever went on and however far, both are in step within 500 ms', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...rates),
				fc.integer({ min: 100, max: 8000 }),
				fc.constantFrom([0], [1], [0, 1], []),
				fc.integer({ min: 5, max: 200 }),
				(rate, awayMs, going, seekMs) => {
					const { world, clock, tracks } = lesson({ seekMs }, { seekMs, fast: 0.002 });
					clock.setRate(rate);
					clock.play();
					world.pass(2000);
					world.freeze(
						awayMs,
						going.map((i) => tracks[i] as SimTrack)
					);
					clock.wake();
					world.pass(500);
					expect(clock.state.phase).toBe('playing');
					expect(apart(tracks[0], tracks[1])).toBeLessThanOrEqual(FRAME_MS / 2);
				}
			),
			{ numRuns: 80 }
		);
	});

	test('a loop that was overrun meanwhile begins anew', () => {
		const { world, pacing, hands, signer } = paced(null);
		pacing.setLoop({ startMs: 1000, endMs: 3000 });
		pacing.play();
		world.pass(1000);
		world.freeze(5000, [hands, signer]);
		world.pass(500);
		expect(hands.positionMs).toBeGreaterThanOrEqual(1000);
		expect(hands.positionMs).toBeLessThan(1600);
	});
});

describe('a track that is not shown', () => {
	test('fetches nothing, and comes back in step at any rate', () => {
		for (const rate of [0.25, 1, 2]) {
			const { world, clock, tracks } = lesson({}, { seekMs: 150, network: 3 });
			clock.setRate(rate);
			clock.play();
			world.pass(1000);
			clock.setResting('track 1', true);
			world.pass(100);
			expect(tracks[1].isFetching).toBe(false);
			const had = tracks[1].bufferedAheadMs + tracks[1].positionMs;
			world.pass(6000);
			expect(tracks[1].bufferedAheadMs + tracks[1].positionMs).toBe(had);
			clock.setResting('track 1', false);
			expect(tracks[1].isFetching).toBe(true);
			const before = tracks[0].positionMs;
			world.pass(3000);
			expect(tracks[0].positionMs - before).toBeGreaterThan(2900 * rate);
			expect(apart(tracks[0], tracks[1])).toBeLessThan(FRAME_MS / 2);
		}
	});

	test('changes places with the other at once, without a moment skipped', () => {
		for (const isFirstBack of [true, false]) {
			const { world, clock, tracks } = lesson({}, { seekMs: 120 });
			clock.setResting('track 1', true);
			clock.play();
			world.pass(3000);
			const before = clock.positionMs;
			if (isFirstBack) clock.setResting('track 1', false);
			clock.setResting('track 0', true);
			if (!isFirstBack) clock.setResting('track 1', false);
			world.pass(1000);
			expect(tracks[1].positionMs - before).toBeGreaterThan(600);
			expect(tracks[1].positionMs - before).toBeLessThan(1000);
			const first = Math.min(...tracks[1].shown.filter((frame) => frame > 10));
			expect(first * FRAME_MS - before).toBeLessThan(2 * FRAME_MS);
		}
	});

	test('a lesson that has ended goes on playing from a place that is chosen', () => {
		const { world, clock, tracks } = lesson({}, {});
		clock.seek(58_500);
		clock.play();
		world.pass(3000);
		expect(clock.state.phase).toBe('ended');
		clock.seek(20_000);
		world.pass(1000);
		expect(clock.state.phase).toBe('playing');
		expect(tracks[0].positionMs).toBeGreaterThan(20_500);
	});
});
