import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameAt, FRAME_MS } from '#lib/player/clock/frames.ts';
import type { Turn } from '#lib/player/model.ts';
import { collector, union, type Range } from '#lib/player/watched.ts';
import { anyLife, follow, SHORT, SIX, type Paced } from './pacing-world.ts';
import { frameOf, LENGTH_MS, paced, STEP_MS, type SimTrack } from './world.ts';

/** Anywhere but where a turn is about to be over. */
const anyPlace = fc
	.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 9000 }))
	.map(([turn, ms]) => turn * 10_000 + ms);

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
