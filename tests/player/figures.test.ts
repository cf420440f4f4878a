import { expect, test } from 'vitest';
import {
	absolute,
	differences,
	lostAndRepeated,
	resyncMs,
	spread
} from '../bench/player/figures.ts';

const FRAME = 1000 / 30;
/** Frames shown one after the other from a media time on, the screen `lateMs` behind. */
const shown = (fromMs: number, frames: number, lateMs = 0, atMs = 0) =>
	Array.from({ length: frames }, (_, i) => ({
		mediaMs: fromMs + i * FRAME,
		atMs: atMs + i * FRAME + lateMs,
		count: i + 1
	}));

test('pictures that change together are 0 ms apart, a frame late they are a frame apart', () => {
	const apart = (lateMs: number) =>
		spread(absolute(differences(shown(0, 60), shown(0, 60, lateMs), 300, 1800))).p99;
	expect(apart(0)).toBe(0);
	expect(apart(FRAME)).toBeCloseTo(FRAME);
	expect(apart(5 * FRAME)).toBeCloseTo(5 * FRAME);
});

test('one refresh late is apart half of the time', () => {
	const pieces = absolute(differences(shown(0, 60), shown(0, 60, FRAME / 2), 300, 1800));
	const apartMs = pieces
		.filter(({ value }) => value > 17)
		.reduce((sum, { forMs }) => sum + forMs, 0);
	expect(apartMs / 1500).toBeCloseTo(0.5, 1);
});

test('a re-sync counts from the seek until both are right and stay so', () => {
	const main = shown(5000, 60, 0, 1100);
	const sign = shown(5000, 60, 0, 1100);
	expect(resyncMs(main, sign, { atMs: 1000, toMs: 5000 }, 2500)).toBeCloseTo(100, -1);
	const never = shown(5200, 60, 0, 1100);
	expect(resyncMs(main, never, { atMs: 1000, toMs: 5000 }, 2500)).toBeNaN();
});

test('a jump ahead is lost and a jump back is repeated', () => {
	const jumped = [...shown(0, 10), ...shown(2000, 10), ...shown(1000, 10)].map((frame, i) => ({
		...frame,
		count: i + 1
	}));
	const { lostMs, repeatedMs } = lostAndRepeated(jumped);
	expect(Math.round(lostMs)).toBe(Math.round(2000 - 10 * FRAME));
	expect(Math.round(repeatedMs)).toBe(Math.round(1000 + 9 * FRAME));
});
