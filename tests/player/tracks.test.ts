import { describe, expect, test } from 'vitest';
import { frameAt, FRAME_MS } from '#lib/player/clock/frames.ts';
import { apart, frameOf, lesson, type SimTrack } from './world.ts';

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
