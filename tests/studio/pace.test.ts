import { expect, test } from 'vitest';
import { Pace, timeLeft } from '#lib/studio/pace.ts';

const MB = 1_000_000;
const sent = (...samples: [bytes: number, atMs: number][]) => {
	const pace = new Pace();
	for (const [bytes, atMs] of samples) pace.note(bytes, atMs);
	return pace.bytesPerSecond;
};

test('the first moment says nothing about the speed', () => {
	expect(sent([0, 0])).toBeUndefined();
	expect(sent([0, 0], [MB, 1000])).toBeUndefined();
});

test('a steady line has a steady speed', () => {
	expect(sent([0, 0], [MB, 1000], [2 * MB, 2000], [3 * MB, 3000])).toBeCloseTo(MB);
});

test('the speed is that of the last seconds, not of the beginning', () => {
	const samples = Array.from({ length: 31 }, (_, second): [number, number] => [
		second <= 10 ? second * 10 * MB : (100 + (second - 10)) * MB,
		second * 1000
	]);
	expect(sent(...samples)).toBeCloseTo(MB);
});

test('a piece that is sent again does not make the speed negative', () => {
	expect(sent([0, 0], [5 * MB, 2000], [3 * MB, 3000])).toBeUndefined();
	expect(sent([0, 0], [5 * MB, 2000], [3 * MB, 3000], [5 * MB, 5000])).toBeCloseTo(MB);
});

test.each([
	[1, { unit: 'seconds', count: 5 }],
	[12, { unit: 'seconds', count: 15 }],
	[55, { unit: 'seconds', count: 55 }],
	[56, { unit: 'minutes', count: 1 }],
	[61, { unit: 'minutes', count: 2 }],
	[59 * 60, { unit: 'minutes', count: 59 }],
	[59 * 60 + 1, { unit: 'hours', hours: 1, minutes: 0 }],
	[2 * 3600 + 600, { unit: 'hours', hours: 2, minutes: 10 }]
])('%i seconds are told as a person tells them, never too little', (seconds, told) => {
	expect(timeLeft(seconds * MB, MB)).toEqual(told);
});

test('a line that stands still promises nothing', () => {
	expect(timeLeft(MB, 0)).toBeUndefined();
});
