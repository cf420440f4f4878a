import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameAt, FRAME_MS } from '#lib/player/clock/frames.ts';
import type { Turn } from '#lib/player/model.ts';
import { turnsFor } from '#lib/player/pacing/turns.ts';
import { anyLife, follow, SHORT, SIX } from './pacing-world.ts';
import { frameOf, LENGTH_MS, paced } from './world.ts';

describe('loops', () => {
	test('go round from the first frame, and never beyond the end by more than two frames', () => {
		fc.assert(
			fc.property(
				anyLife,
				anyLife,
				fc.constantFrom(0.25, 0.5, 1, 2),
				fc.integer({ min: 0, max: 20_000 }),
				(a, b, rate, startMs) => {
					const world = paced(null, a, b);
					const loop = { startMs, endMs: startMs + 1500 };
					world.clock.setRate(rate);
					world.pacing.seek(startMs);
					world.pacing.setLoop(loop);
					world.pacing.play();
					world.world.pass(9000 / rate);
					for (const track of [world.hands, world.signer]) {
						const within = track.shown.filter((frame) => frame >= frameAt(startMs));
						expect(Math.max(...within) * FRAME_MS).toBeLessThan(loop.endMs + 2 * FRAME_MS);
						const rounds = track.seeks.filter((ms) => frameAt(ms) === frameAt(startMs));
						expect(rounds.length).toBeGreaterThanOrEqual(3);
						expect(Math.min(...within)).toBeLessThanOrEqual(frameAt(startMs) + Math.ceil(rate));
					}
				}
			),
			{ numRuns: 30 }
		);
	});

	test('begin at their start when play is elsewhere, and end when taken away', () => {
		const world = paced(null);
		world.pacing.play();
		world.world.pass(1000);
		world.pacing.setLoop({ startMs: 20_000, endMs: 22_000 });
		world.world.pass(1000);
		expect(world.clock.positionMs).toBeGreaterThan(20_300);
		world.pacing.setLoop(null);
		world.world.pass(4000);
		expect(world.clock.positionMs).toBeGreaterThan(23_500);
	});

	test('repeat a turn with both its parts', () => {
		const world = paced(SIX);
		world.pacing.setLoop(SIX[2] as Turn);
		world.pacing.play();
		const moves = follow(world, 45_000);
		expect(moves.filter((m) => m.areBoth)).toEqual([]);
		const order = moves.map((m) => m.who).filter((who, i, all) => who !== all[i - 1]);
		expect(order).toEqual(['sign', 'demonstration', 'sign', 'demonstration', 'sign']);
		expect(world.pacing.turn?.index).toBe(2);
	});

	test('cut a turn to what lies within', () => {
		const world = paced(SIX);
		world.pacing.setLoop({ startMs: 12_000, endMs: 14_000 });
		world.pacing.play();
		const moves = follow(world, 8000);
		const order = moves.map((m) => m.who).filter((who, i, all) => who !== all[i - 1]);
		expect(order).toEqual(['sign', 'demonstration', 'sign', 'demonstration']);
		for (const track of [world.hands, world.signer])
			for (const frame of track.shown.filter((one) => one > 0)) {
				expect(frame).toBeGreaterThanOrEqual(359);
				expect(frame).toBeLessThanOrEqual(421);
			}
	});

	test('of nothing that the marks leave out play both together', () => {
		const marked: Turn[] = [
			{
				...{ startMs: 0, endMs: LENGTH_MS },
				sign: { startMs: 0, endMs: 2000 },
				hands: { startMs: 2000, endMs: 4000 }
			}
		];
		const world = paced(marked);
		world.pacing.setLoop({ startMs: 10_000, endMs: 12_000 });
		world.pacing.play();
		world.world.pass(1500);
		expect(world.pacing.turn).toBe(null);
		expect(world.clock.positionMs).toBeGreaterThan(10_800);
	});
});

describe('stops at the ends of steps', () => {
	test('pause on the last frame of the step, once, and play goes on into the next', () => {
		fc.assert(
			fc.property(anyLife, anyLife, fc.constantFrom(0.25, 1, 2), (a, b, rate) => {
				const world = paced(null, a, b);
				world.clock.setRate(rate);
				world.pacing.setStops([2000, 4000]);
				world.pacing.play();
				for (const stop of [2000, 4000]) {
					world.world.pass(3000 / rate + 800);
					expect(world.clock.state.phase).toBe('paused');
					expect(world.pacing.isAtStop).toBe(true);
					expect(frameOf(world.hands)).toBe(frameAt(stop) - 1);
					expect(frameOf(world.signer)).toBe(frameAt(stop) - 1);
					world.pacing.play();
					expect(world.pacing.isAtStop).toBe(false);
				}
				world.world.pass(2000);
				expect(world.clock.state.phase).toBe('playing');
			}),
			{ numRuns: 30 }
		);
	});

	test('come again when the step is seen again', () => {
		const world = paced(null);
		world.pacing.setStops([2000]);
		world.pacing.play();
		world.world.pass(2500);
		world.pacing.seek(500);
		expect(world.pacing.isAtStop).toBe(false);
		world.pacing.play();
		world.world.pass(2500);
		expect(world.pacing.isAtStop).toBe(true);
	});

	test('in turn-taking come after the hands, and play goes on with the next signer', () => {
		const world = paced(SHORT);
		world.pacing.setStops([6000]);
		world.pacing.play();
		world.world.pass(14_000);
		expect(world.pacing.isAtStop).toBe(true);
		expect(frameOf(world.hands)).toBe(179);
		world.pacing.play();
		world.world.pass(1000);
		expect(world.pacing.turn).toMatchObject({ who: 'sign', index: 2 });
		expect(frameOf(world.hands)).toBe(179);
	});
});

describe('into which turns a lesson is parted', () => {
	const cue = (startMs: number, endMs: number) => ({
		...{ id: '', text: '包馅', settings: {}, startMs, endMs }
	});

	test('marks are taken as they are', () => {
		expect(turnsFor(SIX, [], [cue(0, 500)], LENGTH_MS)).toEqual(SIX);
	});

	test('without marks each caption is a turn, and the gap after it belongs to the hands', () => {
		const cues = [cue(0, 4000), cue(10_000, 14_000)];
		expect(turnsFor([], [], cues, 20_000)).toEqual([
			{ startMs: 0, endMs: 10_000, sign: { startMs: 0, endMs: 5000 } },
			{ startMs: 10_000, endMs: 20_000, sign: { startMs: 10_000, endMs: 15_000 } }
		]);
	});

	test('short gaps between marks are joined, long ones are turns of their own', () => {
		const marks = [
			{ startMs: 1000, endMs: 8000 },
			{ startMs: 9000, endMs: 12_000 },
			{ startMs: 20_000, endMs: 30_000 }
		];
		expect(turnsFor(marks, [], [], 31_000)).toEqual([
			{ startMs: 0, endMs: 9000 },
			{ startMs: 9000, endMs: 12_000 },
			{ startMs: 12_000, endMs: 20_000 },
			{ startMs: 20_000, endMs: 31_000 }
		]);
	});

	test('a step begins a turn', () => {
		const cues = [cue(0, 2000), cue(2200, 4000), cue(4500, 7000)];
		const steps = [
			{ startMs: 0, endMs: 2100 },
			{ startMs: 2100, endMs: 9000 }
		];
		const starts = turnsFor([], steps, cues, 9000).map(({ startMs }) => startMs);
		expect(starts).toEqual([0, 2100]);
	});

	test('without captions each step is one, and with nothing there are none', () => {
		const steps = [
			{ startMs: 0, endMs: 8000 },
			{ startMs: 9000, endMs: 20_000 }
		];
		expect(turnsFor([], steps, [], 20_000)).toEqual([
			{ startMs: 0, endMs: 9000 },
			{ startMs: 9000, endMs: 20_000 }
		]);
		expect(turnsFor([], [], [], 20_000)).toEqual([]);
	});

	test('whatever the captions, turns fill the lesson, and are long enough to look twice', () => {
		const anyCues = fc.array(
			fc.tuple(fc.integer({ min: 0, max: 55_000 }), fc.integer({ min: 200, max: 5000 })),
			{ minLength: 1, maxLength: 30 }
		);
		fc.assert(
			fc.property(anyCues, (spans) => {
				const cues = spans.map(([from, length]) => cue(from, from + length));
				const turns = turnsFor([], [], cues, LENGTH_MS);
				expect(turns[0]?.startMs).toBe(0);
				expect(turns.at(-1)?.endMs).toBe(LENGTH_MS);
				for (const [i, turn] of turns.entries()) {
					const next = turns[i + 1];
					if (next) expect(next.startMs).toBe(turn.endMs);
					if (next) expect(turn.endMs - turn.startMs).toBeGreaterThanOrEqual(3000);
					for (const { startMs } of cues.filter(
						(one) => one.startMs >= turn.startMs && one.startMs < turn.endMs
					))
						expect(turn.sign && startMs >= turn.sign.startMs && startMs < turn.sign.endMs).toBe(
							true
						);
				}
			})
		);
	});
});
