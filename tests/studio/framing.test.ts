/** Whether hands stay in the picture, told from what moves. */
import { describe, expect, test } from 'vitest';
import { framingOf, GRID } from '#lib/studio/recording/framing.ts';

type Box = { x: number; y: number; width: number; height: number };

/** A grey picture with a light hand in it; noise as a sensor has it in a dim room. */
const look = (hand?: Box, noise = 8, grey = 90): number[] =>
	Array.from({ length: GRID.width * GRID.height }, (_, cell) => {
		const [x, y] = [cell % GRID.width, Math.floor(cell / GRID.width)];
		const isHand =
			hand && x >= hand.x && x < hand.x + hand.width && y >= hand.y && y < hand.y + hand.height;
		const wavers = ((cell * 7919) % 17) / 17 - 0.5;
		return (isHand ? 190 : grey) + wavers * noise;
	});
const HAND = { width: 6, height: 6 };
/** A hand that goes from place to place. */
const signing = (...places: [x: number, y: number][]): number[][] =>
	places.map(([x, y]) => look({ ...HAND, x, y }));

describe('while somebody signs', () => {
	test('hands before the body, from chest to head, are well', () => {
		expect(framingOf(signing([20, 22], [26, 12], [16, 18], [30, 10]))).toBe('good');
	});
	test.each([
		['left', [0, 15]],
		['right', [GRID.width - 6, 15]],
		['above', [20, 0]]
	] as const)('a hand that goes out %s is told', (_, [x, y]) => {
		expect(framingOf(signing([20, 22], [x, y], [20, 12]))).toBe('outside');
	});
	test('arms that come from below are no fault', () => {
		expect(framingOf(signing([20, 30], [22, 14], [18, 30]))).toBe('good');
	});
	test('who stands far away is asked to come closer', () => {
		const small = (x: number) => look({ x, y: 20, width: 4, height: 5 });
		expect(framingOf([small(20), small(26), small(20)])).toBe('far');
	});
});

describe('what is no signing', () => {
	test('nobody there, or hands at rest', () => {
		expect(framingOf([look(), look(), look()])).toBe('still');
		expect(framingOf(signing([20, 20], [20, 20]))).toBe('still');
	});
	test('noise of a dim room', () => {
		expect(framingOf([look(undefined, 20), look(undefined, -20), look(undefined, 20)])).toBe(
			'still'
		);
	});
	test('a camera that moves, or light that changes all at once', () => {
		expect(framingOf([look(undefined, 8, 60), look(undefined, 8, 120)])).toBe('shaken');
	});
	test('too few looks', () => {
		expect(framingOf([])).toBe('still');
		expect(framingOf([look()])).toBe('still');
	});
});
