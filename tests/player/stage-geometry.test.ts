/** Where the small picture may lie, how close one looks, and where something starts: rules for all sizes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attentionAt } from '#lib/player/stage/attention.ts';
import * as placing from '#lib/player/stage/placing.ts';
import { READABLE, readableWidth } from '#lib/player/stage/readable.ts';
import { partOf, percentOf } from '#lib/player/stage/sharing.ts';
import * as zooming from '#lib/player/stage/zoom.ts';

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

describe('sharing the stage', () => {
	test('50 is one height, and the border can be found again from its place', () => {
		fc.assert(
			fc.property(ratio, ratio, fc.integer({ min: 20, max: 80 }), (sign, other, percent) => {
				expect(partOf(sign, other, 50) / sign).toBeCloseTo((1 - partOf(sign, other, 50)) / other);
				expect(percentOf(sign, other, partOf(sign, other, percent))).toBe(percent);
			})
		);
	});

	test('no place of the border gives a share that is not accepted', () => {
		fc.assert(
			fc.property(ratio, ratio, share, (sign, other, at) => {
				const percent = percentOf(sign, other, at);
				expect(percent >= 20 && percent <= 80).toBe(true);
			})
		);
	});
});

describe('looking closer', () => {
	const view = fc.record({
		pane: fc.record({ width: number(100, 2000), height: number(100, 1400) }),
		ratio,
		isMirrored: fc.boolean()
	});
	const zoom = fc.record({ scale: number(1, 4), x: share, y: share });
	const whole = { x: 0, y: 0, width: 1, height: 1 };
	/** What of the pane shows no picture although the picture is larger than the pane. */
	const outside = (to: zooming.Zoom, v: zooming.View): number => {
		const { x, y, width, height } = zooming.shown(whole, to, v);
		const gap = (from: number, length: number, pane: number): number =>
			length >= pane
				? Math.max(0, from, pane - from - length)
				: Math.abs(from - (pane - length) / 2);
		return gap(x, width, v.pane.width) + gap(y, height, v.pane.height);
	};

	test('shows nothing outside of the picture, however it is drawn, pinched or stepped', () => {
		const act = fc.oneof(
			fc.record({ dx: number(-2000, 2000), dy: number(-2000, 2000) }),
			fc.record({ factor: number(0.2, 5), x: number(-500, 500), y: number(-500, 500) }),
			fc.record({ steps: fc.constantFrom(1, -1) })
		);
		fc.assert(
			fc.property(view, zoom, fc.array(act, { maxLength: 8 }), (v, from, acts) => {
				let at: zooming.Zoom = zooming.held(from, v);
				for (const one of acts) {
					if ('steps' in one) at = zooming.held(zooming.zoomedBy(at, one.steps), v);
					else if ('factor' in one) at = zooming.pinched(at, v, one.factor, one);
					else at = zooming.panned(at, v, one.dx, one.dy);
					expect(at.scale >= 1 && at.scale <= 4).toBe(true);
					expect(outside(at, v)).toBeLessThan(1e-3);
				}
			})
		);
	});

	test('goes four times as close and back to the whole', () => {
		let at: zooming.Zoom = { ...zooming.UNZOOMED, x: 0.3 };
		for (let i = 0; i < 9; i++) at = zooming.zoomedBy(at, 1);
		expect(at.scale).toBe(4);
		for (let i = 0; i < 9; i++) at = zooming.zoomedBy(at, -1);
		expect(at).toEqual(zooming.UNZOOMED);
	});

	test('what lies between two fingers stays there', () => {
		const v = { pane: { width: 800, height: 450 }, ratio: 16 / 9, isMirrored: false };
		for (const isMirrored of [false, true]) {
			const own = { ...v, isMirrored };
			const from = { scale: 2, x: 0.5, y: 0.5 };
			const dot = { x: 0.6, y: 0.55, width: 0, height: 0 };
			const before = zooming.shown(dot, from, own);
			const at = { x: before.x - 400, y: before.y - 225 };
			const after = zooming.shown(dot, zooming.pinched(from, own, 1.5, at), own);
			expect(after.x).toBeCloseTo(before.x);
			expect(after.y).toBeCloseTo(before.y);
		}
	});

	test('the picture goes with the finger, mirrored or not', () => {
		const spotted = { x: 0.5, y: 0.5, width: 0.1, height: 0.1 };
		for (const isMirrored of [false, true]) {
			const v = { pane: { width: 800, height: 450 }, ratio: 16 / 9, isMirrored };
			const from = { scale: 3, x: 0.5, y: 0.5 };
			const before = zooming.shown(spotted, from, v);
			const after = zooming.shown(spotted, zooming.panned(from, v, 40, -30), v);
			expect(after.x - before.x).toBeCloseTo(40);
			expect(after.y - before.y).toBeCloseTo(-30);
		}
	});

	test('mirrored, a place on the left lies on the right, and as large', () => {
		const v = { pane: { width: 800, height: 450 }, ratio: 16 / 9, isMirrored: true };
		const left = { x: 0.1, y: 0.2, width: 0.2, height: 0.3 };
		const { x, width } = zooming.shown(left, zooming.UNZOOMED, v);
		expect([x, width].map(Math.round)).toEqual([560, 160]);
	});
});

describe('attention', () => {
	const span = (startMs: number, endMs: number) => ({ startMs, endMs });

	test('goes to the signer when a turn begins, to the hands when they do', () => {
		const turns = [{ ...span(5000, 15_000), sign: span(5000, 9000), hands: span(9000, 15_000) }];
		expect(attentionAt(4999, { turns })).toBe(null);
		expect(attentionAt(5000, { turns })).toBe('sign');
		expect(attentionAt(6499, { turns })).toBe('sign');
		expect(attentionAt(6500, { turns })).toBe(null);
		expect(attentionAt(9100, { turns })).toBe('demonstration');
	});

	test('goes to the demonstration when a step begins', () => {
		expect(attentionAt(3100, { steps: [span(3000, 9000)] })).toBe('demonstration');
	});

	test('goes to the signer first when both begin at once', () => {
		const both = { turns: [span(3000, 9000)], steps: [span(3000, 9000)] };
		expect(attentionAt(3100, both)).toBe('sign');
	});

	test('without turns, goes to the signer at a caption after two seconds of nothing', () => {
		const cues = [span(1000, 2000), span(2500, 4000), span(3000, 9000), span(11_000, 12_000)];
		expect(attentionAt(1000, { cues })).toBe('sign');
		expect(attentionAt(2700, { cues })).toBe(null);
		expect(attentionAt(11_200, { cues })).toBe('sign');
		expect(attentionAt(11_200, { cues, turns: [span(0, 5000)] })).toBe(null);
	});

	test('never stays longer than a second and a half after the last start', () => {
		const spans = fc.array(fc.tuple(fc.nat(60_000), fc.integer({ min: 1, max: 9000 })), {
			maxLength: 20
		});
		fc.assert(
			fc.property(spans, fc.nat(70_000), (all, ms) => {
				const sorted = all.map(([from, length]) => span(from, from + length));
				sorted.sort((a, b) => a.startMs - b.startMs);
				const hasStarted = sorted.some(({ startMs }) => startMs <= ms && ms - startMs < 1500);
				for (const lesson of [{ turns: sorted }, { steps: sorted }])
					expect(attentionAt(ms, lesson) !== null).toBe(hasStarted);
				if (!hasStarted) expect(attentionAt(ms, { cues: sorted })).toBe(null);
			})
		);
	});
});
