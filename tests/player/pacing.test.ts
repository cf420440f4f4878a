import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameAt, FRAME_MS } from '#lib/player/clock/frames.ts';
import type { Turn } from '#lib/player/model.ts';
import { turnsFor } from '#lib/player/pacing/turns.ts';
import { collector, union, type Range } from '#lib/player/watched.ts';
import { frameOf, LENGTH_MS, paced, STEP_MS, type SimTrack } from './world.ts';

/** Six turns of ten seconds. */
const SIX: Turn[] = Array.from({ length: 6 }, (_, i) => ({
	...{ startMs: i * 10_000, endMs: (i + 1) * 10_000 }
}));
const SHORT: Turn[] = Array.from({ length: 6 }, (_, i) => ({
	...{ startMs: i * 3000, endMs: i === 5 ? LENGTH_MS : (i + 1) * 3000 }
}));
const anyLife = fc.record({
	startMs: fc.integer({ min: 0, max: 180 }),
	seekMs: fc.integer({ min: 5, max: 250 }),
	fast: fc.double({ min: -0.004, max: 0.004, noNaN: true })
});

/** Anywhere but where a turn is about to be over. */
const anyPlace = fc
	.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 9000 }))
	.map(([turn, ms]) => turn * 10_000 + ms);

type Paced = ReturnType<typeof paced>;

/** Lets time pass; says of each moment whose turn it was and whether both moved. */
function follow({ world, hands, signer, pacing }: Paced, ms: number) {
	const moves: { isMoving: boolean; areBoth: boolean; who: string | undefined }[] = [];
	const now = () => [hands, signer].map((one) => ({ at: one.positionMs, isPaused: one.isPaused }));
	let before = now();
	for (let passed = 0; passed < ms; passed += STEP_MS) {
		world.pass(STEP_MS);
		const after = now();
		const hasChanged = after.map(({ at }, i) => at !== before[i]?.at);
		const isPlaying = after.map(
			({ isPaused }, i) => hasChanged[i] && !isPaused && !before[i]?.isPaused
		);
		moves.push({
			isMoving: isPlaying.some(Boolean),
			// Also a jump of one that stands is seen while the other plays.
			areBoth: hasChanged.every(Boolean) && isPlaying.some(Boolean),
			who: pacing.turn?.who
		});
		before = after;
	}
	return moves;
}

/** Frames of a track that were on screen during so much time, as runs without a jump. */
function runsOf(track: SimTrack): [number, number][] {
	const runs: [number, number][] = [];
	for (const frame of track.shown) {
		const last = runs.at(-1);
		if (last && frame >= last[1] && frame <= last[1] + 3) last[1] = frame;
		else runs.push([frame, frame]);
	}
	return runs;
}

describe('turn-taking', () => {
	test('plays six turns to the end: first the signer, then the hands, never both', () => {
		const world = paced(SIX);
		world.pacing.play();
		const moves = follow(world, 125_000);
		expect(moves.filter((m) => m.areBoth)).toEqual([]);
		const order = moves.map((m) => m.who).filter((who, i, all) => who !== all[i - 1]);
		expect(order.filter(Boolean)).toEqual(SIX.flatMap(() => ['sign', 'demonstration']));
		expect(world.clock.state.phase).toBe('ended');
		expect(world.hands.seeks).toEqual([]);
		expect(world.signer.seeks).toEqual([]);
	});

	test('at no instant do both move, whatever the phones, the rate and the seeks', () => {
		const anySeek = fc.record({
			afterMs: fc.integer({ min: 200, max: 5000 }),
			toMs: fc.integer({ min: 0, max: 17_000 })
		});
		fc.assert(
			fc.property(
				anyLife,
				anyLife,
				fc.constantFrom(0.25, 0.5, 1, 2),
				fc.array(anySeek, { maxLength: 3 }),
				(a, b, rate, seeks) => {
					const world = paced(SHORT, a, b);
					world.clock.setRate(rate);
					world.pacing.play();
					for (const { afterMs, toMs } of seeks) {
						expect(follow(world, afterMs).filter((m) => m.areBoth)).toEqual([]);
						world.pacing.seek(toMs);
						expect(world.pacing.turn?.who).toBe('sign');
					}
					expect(follow(world, 8000).filter((m) => m.areBoth)).toEqual([]);
				}
			),
			{ numRuns: 40 }
		);
	});

	test('hand over within a tenth of a second, without a frame of signing lost', () => {
		const world = paced(SHORT, { startMs: 20 }, { startMs: 20 });
		world.pacing.play();
		const moves = follow(world, 36_000);
		let standing = 0;
		let longest = 0;
		for (const { isMoving } of moves.slice(50)) {
			standing = isMoving ? 0 : standing + STEP_MS;
			longest = Math.max(longest, standing);
		}
		expect(longest).toBeLessThanOrEqual(120);
		const frames = new Set(world.signer.shown);
		for (let frame = 1; frame < 500; frame++) expect(frames.has(frame)).toBe(true);
	});

	test('after a seek the sign part of that turn goes on at the target, within 100 ms of arriving', () => {
		fc.assert(
			fc.property(anyPlace, (toMs) => {
				const world = paced(SIX, { seekMs: 80, startMs: 20 }, { seekMs: 80, startMs: 20 });
				world.pacing.play();
				world.world.pass(2000);
				world.pacing.seek(toMs);
				world.world.pass(80);
				let lateMs = 0;
				const from = world.signer.positionMs;
				while (lateMs < 500 && Math.abs(world.signer.positionMs - from) < 1) {
					world.world.pass(4);
					lateMs += 4;
				}
				world.world.pass(60);
				expect(lateMs).toBeLessThanOrEqual(100);
				expect(world.pacing.turn).toMatchObject({
					who: 'sign',
					index: Math.floor(toMs / 10_000)
				});
				expect(Math.abs(world.signer.positionMs - toMs)).toBeLessThan(200);
				const standsAt = frameAt(Math.floor(toMs / 10_000) * 10_000);
				expect(frameOf(world.hands)).toBe(standsAt);
			}),
			{ numRuns: 40 }
		);
	});

	test('the standing one is already where it must go on', () => {
		const world = paced(SIX);
		world.pacing.play();
		for (let turn = 0; turn < 3; turn++) {
			world.world.pass(5000);
			expect(Math.abs(world.hands.positionMs - turn * 10_000)).toBeLessThan(2 * FRAME_MS);
			world.world.pass(10_000);
			const signerMs = world.signer.positionMs;
			expect(Math.abs(signerMs - (turn + 1) * 10_000)).toBeLessThan(2 * FRAME_MS);
			world.world.pass(5000 + 150);
		}
	});

	test('marked spans are played and no others, the standing one waits at the next', () => {
		const marked: Turn[] = [
			{
				...{ startMs: 0, endMs: 8000 },
				sign: { startMs: 1000, endMs: 3000 },
				hands: { startMs: 4000, endMs: 7000 }
			},
			{ startMs: 8000, endMs: LENGTH_MS, sign: { startMs: 9000, endMs: 10_000 } }
		];
		const world = paced(marked);
		world.pacing.play();
		world.world.pass(1000);
		expect(frameOf(world.hands)).toBe(120);
		world.world.pass(3000);
		expect(world.pacing.turn?.who).toBe('demonstration');
		expect(frameOf(world.signer)).toBe(270);
		expect(follow(world, 4000).filter((m) => m.areBoth)).toEqual([]);
		const signed = runsOf(world.signer).filter(([from, to]) => to - from > 3);
		expect(signed[0]?.[0]).toBeGreaterThanOrEqual(30);
		expect(signed[0]?.[1]).toBe(89);
		expect(signed[1]?.[0]).toBeGreaterThanOrEqual(270);
		const worked = runsOf(world.hands).filter(([from, to]) => to - from > 3);
		expect(worked[0]?.[0]).toBeGreaterThanOrEqual(120);
		expect(worked[0]?.[1]).toBe(209);
	});

	test('switched on in the middle the signer goes on at once; off, both go on together', () => {
		const world = paced(null);
		world.pacing.play();
		world.world.pass(13_000);
		world.pacing.setTurns(SIX);
		const at = world.signer.positionMs;
		world.world.pass(1000);
		expect(world.signer.positionMs - at).toBeGreaterThan(600);
		expect(frameOf(world.hands)).toBe(300);
		world.world.pass(1000);
		world.pacing.setTurns(null);
		world.world.pass(1500);
		expect(world.pacing.turn).toBe(null);
		expect(Math.abs(world.signer.positionMs - world.hands.positionMs)).toBeLessThan(17);
		expect(world.hands.positionMs).toBeGreaterThan(15_500);
	});

	test('with one picture shown it is ignored, and goes on when both are back', () => {
		const world = paced(SIX);
		world.pacing.play();
		world.world.pass(1000);
		world.clock.setResting('sign', true);
		world.pacing.setPair(false);
		const before = world.hands.positionMs;
		world.world.pass(3000);
		expect(world.pacing.turn).toBe(null);
		expect(world.hands.positionMs - before).toBeGreaterThan(2500);
		world.clock.setResting('sign', false);
		world.pacing.setPair(true);
		world.world.pass(1000);
		expect(world.pacing.turn?.who).toBe('sign');
		expect(follow(world, 8000).filter((m) => m.areBoth)).toEqual([]);
	});

	test('a turn without signing is the hands alone', () => {
		const world = paced(
			SIX,
			{},
			{ sections: [{ lessonMs: 10_000, mediaMs: 0, lengthMs: 20_000 }] }
		);
		world.pacing.play();
		world.world.pass(5000);
		expect(world.pacing.turn).toMatchObject({ who: 'demonstration', index: 0 });
		world.world.pass(6000);
		expect(world.pacing.turn).toMatchObject({ who: 'sign', index: 1 });
		expect(Math.abs(world.signer.positionMs - 1000)).toBeLessThan(300);
	});

	test('a signer that runs dry makes nobody else move, and goes on by itself', () => {
		const world = paced(SIX, {}, { network: 2 });
		world.pacing.play();
		world.world.pass(1500);
		world.signer.network = 0;
		world.world.pass(4000);
		expect(world.clock.state.phase).toBe('waiting');
		expect(world.hands.positionMs).toBeLessThan(FRAME_MS);
		world.signer.network = 3;
		world.world.pass(1000);
		expect(world.clock.state.phase).toBe('playing');
	});

	test('paused and stepped, who stands by goes on standing', () => {
		const world = paced(SIX);
		world.pacing.play();
		world.world.pass(13_000);
		world.pacing.pause();
		world.world.pass(300);
		expect(world.pacing.turn?.who).toBe('demonstration');
		const [hands, sign] = [frameOf(world.hands), frameOf(world.signer)];
		world.pacing.step(1);
		world.world.pass(300);
		expect([frameOf(world.hands), frameOf(world.signer)]).toEqual([hands + 1, sign]);
		world.pacing.play();
		world.world.pass(1000);
		expect(world.hands.positionMs).toBeGreaterThan(3500);
		expect(frameOf(world.signer)).toBe(sign);
	});
});

describe('what counts as watched in turn-taking', () => {
	/** Counts as the playback does: frames of the hands, while it is their turn. */
	function counted(world: Paced): () => Range[] {
		const watched = collector();
		world.hands.listen((event) => {
			if (event !== 'frame' || !world.clock.isRunning || world.pacing.turn?.who === 'sign') return;
			watched.see(world.clock.shownMs('demonstration'), 1);
		});
		return () => watched.take();
	}
	const lengthOf = (ranges: Range[]): number =>
		union(ranges).reduce((sum, [from, to]) => sum + to - from, 0);

	test('every second of the demonstration once, however often it was seen', () => {
		const world = paced(SIX);
		const take = counted(world);
		world.pacing.play();
		world.world.pass(25_000);
		world.pacing.seek(0);
		world.world.pass(22_000);
		const ranges = take();
		expect(lengthOf(ranges)).toBeGreaterThan(9900);
		expect(lengthOf(ranges)).toBeLessThan(10_100);
	});

	test('who watched only the signer has not watched', () => {
		const world = paced(SIX);
		const take = counted(world);
		world.pacing.play();
		for (let turn = 0; turn < 6; turn++) {
			world.pacing.seek(turn * 10_000);
			world.world.pass(9500);
		}
		expect(lengthOf(take())).toBeLessThanOrEqual(2 * FRAME_MS);
	});
});

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
