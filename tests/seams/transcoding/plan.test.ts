import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planFor } from '#lib/server/transcoding/plan.ts';
import type { Probe, TrackKind } from '#lib/server/transcoding/transcoder.ts';

const sized = (width: number, height: number): Probe => ({
	durationMs: 60_000,
	width,
	height,
	rotation: 0,
	frameRate: 30,
	isVariableFrameRate: false,
	videoCodec: 'h264',
	pixelFormat: 'yuv420p',
	hasSound: false,
	decoding: {
		pictureStream: 0,
		soundStream: null,
		soundChannels: 1,
		pictureStartMs: 0,
		isHighDynamicRange: false,
		isInterlaced: false,
		matrix: 'tagged'
	}
});

const sizes = (width: number, height: number, kind: TrackKind): string[] =>
	planFor(sized(width, height), kind).rungs.map((rung) => `${rung.width}x${rung.height}`);

test('a 1080p demonstration gets four rungs, its signer three', () => {
	expect(sizes(1920, 1080, 'demonstration')).toEqual([
		'1920x1080',
		'1280x720',
		'854x480',
		'640x360'
	]);
	expect(sizes(1920, 1080, 'sign')).toEqual(['1280x720', '854x480', '640x360']);
});

test('a portrait phone video stays portrait', () => {
	expect(sizes(1080, 1920, 'sign')).toEqual(['720x1280', '480x854', '360x640']);
});

test('a small source gets fractions of its size until the least number of rungs is there', () => {
	expect(sizes(640, 360, 'demonstration')).toEqual(['640x360', '426x240', '284x160']);
	expect(sizes(320, 240, 'demonstration')).toEqual(['320x240', '214x160', '142x106']);
	expect(sizes(320, 240, 'sign')).toEqual(['320x240', '214x160']);
});

test('a source between two steps keeps its own size, unless it hardly differs', () => {
	expect(sizes(1600, 900, 'demonstration')[0]).toBe('1600x900');
	expect(sizes(1360, 768, 'demonstration')[0]).toBe('1276x720');
});

test('signing gets more bits for each pixel than a demonstration of the same size', () => {
	const density = (kind: TrackKind): number[] =>
		planFor(sized(1280, 720), kind).rungs.map(
			(rung) => rung.maxBitsPerSecond / (rung.width * rung.height)
		);
	const [signing, showing] = [density('sign'), density('demonstration')];
	signing.forEach((bits, index) => expect(bits).toBeGreaterThan(showing[index] ?? Infinity));
	expect(planFor(sized(1280, 720), 'sign').rungs[0]?.quality).toBeLessThan(
		planFor(sized(1280, 720), 'demonstration').rungs[0]?.quality ?? 0
	);
});

test('whatever the size: even, falling, never above the source, same shape, enough rungs', () => {
	const side = fc.integer({ min: 16, max: 8192 });
	fc.assert(
		fc.property(side, side, fc.constantFrom<TrackKind>('demonstration', 'sign'), (w, h, kind) => {
			const { rungs } = planFor(sized(w, h), kind);
			expect(rungs.length).toBeGreaterThanOrEqual(kind === 'sign' ? 2 : 3);
			expect(new Set(rungs.map((rung) => rung.name)).size).toBe(rungs.length);
			rungs.forEach((rung, index) => {
				expect((rung.width % 2) + (rung.height % 2)).toBe(0);
				expect(rung.width <= w && rung.height <= h && rung.width > 0).toBe(true);
				const before = rungs[index - 1];
				if (before) {
					expect(Math.min(rung.width, rung.height)).toBeLessThan(
						Math.min(before.width, before.height)
					);
					expect(rung.maxBitsPerSecond).toBeLessThanOrEqual(before.maxBitsPerSecond);
				}
				// Off by no more than rounding both sides to even pixels can make it.
				const [long, short] = [
					Math.max(rung.width, rung.height),
					Math.min(rung.width, rung.height)
				];
				const asked = (short * Math.max(w, h)) / Math.min(w, h);
				expect(Math.abs(long - asked)).toBeLessThanOrEqual(2 + Math.max(w, h) / Math.min(w, h));
			});
		})
	);
});

test('a plan can wait in a job as JSON', () => {
	const plan = planFor(sized(1280, 720), 'sign');
	expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});
