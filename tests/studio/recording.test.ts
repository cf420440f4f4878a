/** Recording a signer: how a lesson is parted, when a take was made, and whether one can be seen. */
import { describe, expect, test } from 'vitest';
import { Alignment } from '#lib/studio/recording/alignment.ts';
import { lightOf, verdictOf } from '#lib/studio/recording/checks.ts';
import { nextWanted, partsOf } from '#lib/studio/recording/parts.ts';

const spansOf = (lesson: Partial<Parameters<typeof partsOf>[0]>) =>
	partsOf({ durationMs: 60_000, steps: [], cues: [], ...lesson }).map(({ startMs, endMs }) => [
		...[startMs, endMs]
	]);
const cue = (startMs: number, lengthMs = 2000) => ({
	...{ startMs, endMs: startMs + lengthMs, text: '先洗手。' }
});

describe('a lesson is recorded', () => {
	test('step by step, without gaps, each by its name', () => {
		const steps = [
			{ startMs: 5000, endMs: 20_000, title: '和面' },
			{ startMs: 22_000, endMs: 58_000, title: '包馅' }
		];
		expect(spansOf({ steps })).toEqual([
			[0, 5000],
			[5000, 22_000],
			[22_000, 60_000]
		]);
		expect(partsOf({ durationMs: 60_000, steps, cues: [] })[1]?.title).toBe('和面');
	});
	test('without steps by its captions, 5 to 15 s at a time', () => {
		const cues = Array.from({ length: 20 }, (_, index) => cue(index * 3000));
		const spans = spansOf({ cues });
		expect(spans[0]?.[0]).toBe(0);
		expect(spans.at(-1)?.[1]).toBe(60_000);
		for (const [startMs = 0, endMs = 0] of spans) {
			expect(endMs - startMs).toBeGreaterThanOrEqual(5000);
			expect(endMs - startMs).toBeLessThanOrEqual(15_000);
		}
	});
	test('never in parts too short to get ready for', () => {
		expect(spansOf({ cues: [cue(1000), cue(59_000, 500)] })).toEqual([[0, 60_000]]);
	});
	test('without either in pieces of one length', () => {
		expect(spansOf({})).toHaveLength(5);
		expect(spansOf({ durationMs: 4000 })).toEqual([[0, 4000]]);
	});
});

test('one goes on with the next part, and comes back to one that cannot be used', () => {
	expect(nextWanted([true, false, true, true], 1)).toBe(2);
	expect(nextWanted([true, false, false, false], 3)).toBe(0);
	expect(nextWanted([false, true], 1)).toBe(-1);
});

describe('when a take was made', () => {
	const shown = (mediaMs: number, atMs: number) => ({ mediaMs, atMs, takenMs: atMs });
	test('is when the demonstration stood at the beginning of its part, by the first frame taken', () => {
		const alignment = new Alignment(2000);
		alignment.noteCamera({ mediaMs: 0, atMs: 1010, takenMs: 980 });
		alignment.start(1000);
		alignment.noteCamera({ mediaMs: 0, atMs: 1050, takenMs: 1020 });
		alignment.noteCamera({ mediaMs: 0, atMs: 1083, takenMs: 1053 });
		expect(alignment.alignMs).toBeUndefined();
		for (let frame = 1; frame < 40; frame++)
			alignment.noteDemonstration(shown(2000 + frame * 33.3, 1300 + frame * 33.3));
		expect(alignment.alignMs).toBeCloseTo(280, 5);
		expect(alignment.isUneven).toBe(false);
	});
	test('is known by the pace of the camera where the page was too busy to see its first frames', () => {
		const alignment = new Alignment(0);
		const taken = (frame: number) => ({ mediaMs: 0, atMs: 0, takenMs: frame * 33 });
		for (let frame = 0; frame < 10; frame++) alignment.noteCamera(taken(frame));
		alignment.start(310);
		for (let frame = 13; frame < 30; frame++) alignment.noteCamera(taken(frame));
		expect(alignment.recordedFromMs).toBe(330);
	});
	test('does not make up frames of a camera that paused by itself', () => {
		const alignment = new Alignment(0);
		const taken = (frame: number) => ({ mediaMs: 0, atMs: 0, takenMs: frame * 33 });
		for (let frame = 0; frame < 10; frame++) alignment.noteCamera(taken(frame));
		alignment.start(310);
		for (let frame = 22; frame < 40; frame++) alignment.noteCamera(taken(frame));
		expect(alignment.recordedFromMs).toBe(726);
	});
	test('is settled by the whole take, so that a stumble at its beginning does not part the rest', () => {
		const alignment = new Alignment(0);
		alignment.start(1000);
		alignment.noteCamera({ mediaMs: 0, atMs: 1010, takenMs: 1010 });
		for (let frame = 0; frame < 60; frame++)
			alignment.noteDemonstration(shown(frame * 33, 1200 + (frame < 16 ? 0 : 90) + frame * 33));
		expect(alignment.alignMs).toBe(190);
		expect(alignment.settledMs).toBe(280);
		expect(alignment.isUneven).toBe(false);
	});
	test('one frame shown late does not move it, a demonstration that stood still is told', () => {
		const alignment = new Alignment(0);
		alignment.start(0);
		alignment.noteCamera(shown(0, 0));
		for (let frame = 0; frame < 60; frame++) {
			const lateMs = frame === 3 ? 90 : frame > 30 ? 400 : 0;
			alignment.noteDemonstration(shown(frame * 33, 100 + frame * 33 + lateMs));
		}
		expect(alignment.alignMs).toBe(100);
		expect(alignment.isUneven).toBe(true);
	});
});

test.each([
	['a camera at 30 frames a second', 33, 5, 3000, false],
	['one that gives two a second', 500, 5, 3000, true],
	['one that begins when it is nearly over', 33, 2500, 3000, true],
	['one that stalled before the end', 33, 5, 1000, true]
])('%s is told from one that follows hands', (_, paceMs, fromMs, untilMs, isSlow) => {
	const alignment = new Alignment(0);
	alignment.start(0);
	for (let takenMs = fromMs; takenMs < untilMs; takenMs += paceMs)
		alignment.noteCamera({ mediaMs: 0, atMs: takenMs, takenMs });
	expect(alignment.isSlow(3000)).toBe(isSlow);
});

test('a page too busy to be told of each frame does not take the camera for slow', () => {
	const alignment = new Alignment(0);
	alignment.start(0);
	for (let frame = 7; frame < 90; frame += 10)
		alignment.noteCamera({ mediaMs: 0, atMs: 0, takenMs: frame * 33, count: 1000 + frame });
	expect(alignment.isSlow(3000)).toBe(false);
});

describe('whether a signer can be seen', () => {
	const pixels = (low: number, high: number) =>
		Array.from({ length: 100 }, (_, index) => (index % 2 ? low : high));
	test.each([
		['by day', pixels(60, 180), 'good'],
		['in the dark', pixels(10, 60), 'dark'],
		['against the sun', pixels(225, 250), 'bright'],
		['before a wall of her own colour', pixels(120, 130), 'flat']
	])('%s', (_, luma, light) => {
		expect(lightOf(luma)).toBe(light);
	});
	test('counts the frames that really come, not those that were promised', () => {
		const every = (ms: number) => Array.from({ length: 31 }, (_, index) => index * ms);
		const size = { width: 1280, height: 720 };
		const good = verdictOf([pixels(60, 180)], every(33.4), size);
		expect(good).toMatchObject({ isSmooth: true, isSharp: true, framesPerSecond: 30 });
		expect(verdictOf([[100]], every(66), size)).toMatchObject({ isSmooth: false });
		expect(verdictOf([[100]], [], { width: 320, height: 240 })).toMatchObject({
			...{ isSmooth: false, isSharp: false, framesPerSecond: 0 }
		});
	});
});
