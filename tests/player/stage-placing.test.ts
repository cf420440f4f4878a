/** Where the small picture may lie, on stages of all sizes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as placing from '#lib/player/stage/placing.ts';
import { READABLE, readableWidth } from '#lib/player/stage/readable.ts';

const number = (min: number, max: number): fc.Arbitrary<number> =>
	fc.double({ min, max, noNaN: true });
const share = number(0, 1);
const ratio = number(0.5, 2.4);
const room = fc.record({
	width: number(200, 2000),
	height: number(150, 1400),
	reservedPx: number(0, 80)
});
const spot = fc.record({ x: share, y: share });
const place = fc.record({ x: share, y: share, width: number(0.2, 0.7) });
const part = fc.tuple(share, share, share, share).map(([a, b, c, d]) => ({
	...{ x: Math.min(a, b), y: Math.min(c, d) },
	...{ width: Math.abs(a - b), height: Math.abs(c - d) }
}));
const pictureOf = (of: number): placing.Picture => ({ ratio: of, leastPx: readableWidth(of) });
const isInside = (rect: placing.Rect, width: number, height: number): boolean =>
	rect.x >= -1e-6 &&
	rect.y >= -1e-6 &&
	rect.x + rect.width <= width + 1e-6 &&
	rect.y + rect.height <= height + 1e-6;

describe('the small picture', () => {
	const lies = (r: placing.Room, of: number, at: { x: number; y: number; width: number }) =>
		placing.rectAt(r, placing.sizeOf(r, pictureOf(of), at.width), at);

	test('lies inside the stage and above the captions, wherever it is put', () => {
		fc.assert(
			fc.property(room, ratio, place, (r, of, at) => {
				expect(isInside(lies(r, of, at), r.width, r.height - r.reservedPx)).toBe(true);
			})
		);
	});

	test('is readable wherever the stage is large enough for that', () => {
		fc.assert(
			fc.property(room, ratio, place, (r, of, at) => {
				const least = readableWidth(of);
				const margins = 2 * placing.MARGIN_PX;
				fc.pre(r.width >= least + margins && r.height - r.reservedPx >= least / of + margins);
				const { width, height } = lies(r, of, at);
				expect(width).toBeGreaterThanOrEqual(READABLE.width - 1e-6);
				expect(height).toBeGreaterThanOrEqual(READABLE.height - 1e-6);
			})
		);
	});

	test('stays inside, and within what can be remembered, however it is dragged and drawn', () => {
		const drags = fc.array(fc.tuple(fc.boolean(), number(-3000, 3000), number(-3000, 3000)));
		fc.assert(
			fc.property(room, ratio, place, drags, (r, of, from, all) => {
				const picture = pictureOf(of);
				const end = all.reduce((at, [isMove, dx, dy]) => {
					const small = placing.sizeOf(r, picture, at.width);
					if (isMove) return placing.moved(r, small, at, dx, dy);
					return placing.resized(r, picture, at, placing.drawn(small, at, dx));
				}, from);
				expect(isInside({ ...end, height: 0 }, 1.7, 1)).toBe(true);
				expect(end.width).toBeGreaterThanOrEqual(0.2);
				expect(end.width).toBeLessThanOrEqual(0.7);
				expect(isInside(lies(r, of, end), r.width, r.height - r.reservedPx)).toBe(true);
			})
		);
	});

	test('follows the pointer as far as there is room', () => {
		const r = { width: 1000, height: 600, reservedPx: 0 };
		const small = { width: 300, height: 200 };
		const from = { x: 1, y: 1 };
		const to = placing.rectAt(r, small, placing.moved(r, small, from, -120, -50));
		const was = placing.rectAt(r, small, from);
		expect(to.x).toBeCloseTo(was.x - 120);
		expect(to.y).toBeCloseTo(was.y - 50);
	});

	test('its inner edge follows the pointer, its dock stays', () => {
		const r = { width: 1000, height: 900, reservedPx: 0 };
		for (const x of [0, 0.25, 0.5, 1]) {
			const at = { x, y: 1, width: 0.3 };
			const before = placing.rectAt(r, placing.sizeOf(r, pictureOf(1), 0.3), at);
			const widthPx = placing.drawn(before, at, x < 0.5 ? 60 : -60);
			const to = placing.resized(r, pictureOf(1), at, widthPx);
			const after = placing.rectAt(r, placing.sizeOf(r, pictureOf(1), to.width), to);
			if (x < 0.5) expect(after.x + after.width).toBeCloseTo(before.x + before.width + 60);
			else expect(after.x).toBeCloseTo(before.x - 60);
			expect([to.x, to.y]).toEqual([x, 1]);
		}
	});

	test('has three sizes that grow, on every stage with room for them', () => {
		fc.assert(
			fc.property(ratio, number(340, 2000), (of, width) => {
				const r = { width, height: width, reservedPx: 0 };
				fc.pre(width * 0.62 > readableWidth(of) && of >= 1);
				const [small, medium, large] = placing.sizes(r, pictureOf(of));
				expect(small).toBeLessThan(medium);
				expect(medium).toBeLessThan(large);
			})
		);
	});

	test('a keypad’s eight docks are its corners and edges', () => {
		expect(placing.DOCKS).toHaveLength(8);
		for (const dock of placing.DOCKS) expect(placing.dockOf(dock)).toBe(dock);
		expect(placing.dockOf({ x: 0.9, y: 0.1 })).toEqual({ x: 1, y: 0 });
	});
});

describe('hands at work', () => {
	const inRoom = fc.tuple(room, part, ratio, number(0.2, 0.7)).map(([r, area, of, width]) => ({
		r,
		small: placing.sizeOf(r, pictureOf(of), width),
		hands: {
			...{ x: area.x * r.width, y: area.y * r.height },
			...{ width: area.width * r.width, height: area.height * r.height }
		}
	}));
	const covers =
		(r: placing.Room, small: placing.Size, hands: placing.Rect) => (at: placing.Spot) =>
			placing.overlap(placing.rectAt(r, small, at), hands);

	test('are never covered when any place is free', () => {
		const grid = Array.from({ length: 121 }, (_, i) => ({
			x: (i % 11) / 10,
			y: Math.floor(i / 11) / 10
		}));
		fc.assert(
			fc.property(inRoom, spot, spot, ({ r, small, hands }, from, own) => {
				const covered = covers(r, small, hands);
				fc.pre(grid.some((at) => covered(at) === 0));
				expect(covered(placing.placeBeside(r, small, from, own, hands))).toBe(0);
			})
		);
	});

	test('never get covered more than before', () => {
		fc.assert(
			fc.property(inRoom, spot, spot, ({ r, small, hands }, from, own) => {
				const covered = covers(r, small, hands);
				const to = placing.placeBeside(r, small, from, own, hands);
				expect(covered(to)).toBeLessThanOrEqual(covered(from));
			})
		);
	});

	test('that stand still move nothing twice, and those that are not covered move nothing', () => {
		fc.assert(
			fc.property(inRoom, spot, spot, ({ r, small, hands }, from, own) => {
				const to = placing.placeBeside(r, small, from, own, hands);
				expect(placing.placeBeside(r, small, to, own, hands)).toBe(to);
				if (covers(r, small, hands)(from) === 0) expect(to).toBe(from);
			})
		);
	});

	test('that tremble do not make the picture flicker', () => {
		const r = { width: 1000, height: 600, reservedPx: 0 };
		const small = { width: 300, height: 200 };
		const own = { x: 1, y: 1 };
		const hands = { x: 600, y: 350, width: 200, height: 200 };
		let at: placing.Spot = own;
		let moves = 0;
		for (let i = 0; i < 40; i++) {
			const next = placing.placeBeside(r, small, at, own, {
				...hands,
				x: hands.x + (i % 2 ? 10 : -10)
			});
			if (next !== at) moves++;
			at = next;
		}
		expect(moves).toBe(1);
	});

	test('have the signer next to them', () => {
		const r = { width: 1000, height: 600, reservedPx: 0 };
		const small = { width: 300, height: 200 };
		const hands = { x: 700, y: 300, width: 200, height: 250 };
		const to = placing.placeBeside(r, small, { x: 1, y: 1 }, { x: 1, y: 1 }, hands);
		expect([
			{ x: 1, y: 0 },
			{ x: 0.5, y: 1 }
		]).toContainEqual(to);
	});
});
