import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cuesAt, indexCues, readingSpeed } from '#lib/captions/at.ts';
import { emptyTrack, type Cue } from '#lib/captions/cue.ts';

const cue = (startMs: number, endMs: number, text = ''): Cue => ({
	id: `${startMs}-${endMs}`,
	startMs,
	endMs,
	text,
	settings: {}
});
const at = (cues: Cue[], ms: number) =>
	indexCues(cues)
		.at(ms)
		.map(({ id }) => id);

describe('which cues are shown at a moment', () => {
	const CUES = [cue(0, 10_000), cue(1000, 2000), cue(2000, 3000), cue(2000, 2500)];
	test('a cue is shown from its start until just before its end', () => {
		expect(at(CUES.slice(1, 2), 999)).toEqual([]);
		expect(at(CUES.slice(1, 2), 1000)).toEqual(['1000-2000']);
		expect(at(CUES.slice(1, 2), 1999.9)).toEqual(['1000-2000']);
		expect(at(CUES.slice(1, 2), 2000)).toEqual([]);
	});
	test('cues that overlap are shown together, by start', () => {
		expect(at(CUES, 1500)).toEqual(['0-10000', '1000-2000']);
		expect(at(CUES, 2000)).toEqual(['0-10000', '2000-3000', '2000-2500']);
		expect(at(CUES, 9000)).toEqual(['0-10000']);
		expect(at(CUES, -1)).toEqual([]);
		expect(at(CUES, NaN)).toEqual([]);
		expect(at([], 0)).toEqual([]);
	});
	test('the index answers as looking at every cue does', () => {
		const times = fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 60 }));
		fc.assert(
			fc.property(
				fc.array(times, { maxLength: 40 }),
				fc.integer({ min: -5, max: 300 }),
				(all, ms) => {
					const cues = all.map(([start, length]) => cue(start, start + length));
					expect(indexCues(cues).at(ms)).toEqual(cuesAt({ ...emptyTrack(), cues }, ms));
				}
			)
		);
	});
	test('a cue over the whole lesson does not make each question slow', () => {
		let looks = 0;
		const counted = (startMs: number, endMs: number): Cue =>
			Object.defineProperty(cue(startMs, endMs), 'startMs', { get: () => (looks++, startMs) });
		const cues = Array.from({ length: 20_000 }, (_, i) => counted(i * 10, i * 10 + 10));
		const index = indexCues([counted(0, 1e9), ...cues]);
		looks = 0;
		expect(index.at(100_005)).toHaveLength(2);
		expect(index.at(199_995)).toHaveLength(2);
		// Halving 20,000 cues takes 15 looks.
		expect(looks).toBeLessThanOrEqual(2 * 16);
	});
});

describe('how fast a cue has to be read, in characters a second', () => {
	test.each([
		['把面团揉成光滑的球', 9],
		['<b>把面团</b><ruby>揉<rt>róu</rt></ruby>成光滑的球。', 9],
		['烤 20 分钟，180℃', 6],
		['bake it', 3],
		['𠀀🥮', 2],
		['', 0],
		['……', 0]
	])('%j', (text, speed) => {
		expect(readingSpeed(cue(0, 1000, text))).toBe(speed);
		expect(readingSpeed(cue(500, 2500, text))).toBe(speed / 2);
	});
	test('words without time cannot be read', () => {
		expect(readingSpeed(cue(1000, 1000, '月'))).toBe(Infinity);
	});
});
