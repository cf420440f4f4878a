/** How close one looks, how two pictures share the stage, and where something starts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attentionAt } from '#lib/player/stage/attention.ts';
import { partOf, percentOf } from '#lib/player/stage/sharing.ts';
import * as zooming from '#lib/player/stage/zoom.ts';

const number = (min: number, max: number): fc.Arbitrary<number> =>
	fc.double({ min, max, noNaN: true });
const share = number(0, 1);
const ratio = number(0.5, 2.4);

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
