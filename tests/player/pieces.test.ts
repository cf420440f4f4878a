import { describe, expect, test } from 'vitest';
import { ACTIONS, KEYS, actionOf, keysOf } from '#lib/player/keys.ts';
import { thumbnailsIn } from '#lib/player/media/thumbnails.ts';
import { clockTime } from '#lib/player/time.ts';

const press = (key: string, more = {}) => ({
	...{ key, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, ...more }
});

describe('the keyboard map', () => {
	test('no key means two things', () => {
		const all = Object.values(KEYS).flat();
		expect(new Set(all).size).toBe(all.length);
	});

	test('a letter works in either case, and with Ctrl it is left to the browser', () => {
		expect(actionOf(press('k'), null)).toBe('play');
		expect(actionOf(press('K'), null)).toBe('play');
		expect(actionOf(press('k', { ctrlKey: true }), null)).toBe(null);
		expect(actionOf(press('k', { isComposing: true }), null)).toBe(null);
	});

	test("the viewer's own key stands instead of the usual ones, and nobody else has it", () => {
		const own = { layout: 'k', captions: '' };
		expect(keysOf('layout', own)).toEqual(['k']);
		expect(keysOf('play', own)).toEqual(['Space']);
		expect(keysOf('captions', own)).toEqual([]);
		expect(actionOf(press('k'), null, own)).toBe('layout');
		expect(actionOf(press('c'), null, own)).toBe(null);
		const all = ACTIONS.flatMap((action) => keysOf(action, own));
		expect(new Set(all).size).toBe(all.length);
	});

	test('no key that leaves a dialog or the page can be a shortcut', () => {
		for (const key of ['Escape', 'Tab', 'Enter', 'F5', 'Shift'])
			expect(actionOf(press(key), null, { play: key.toLowerCase() })).toBe(null);
	});
});

test('thumbnails are read from WebVTT with their place on the sheet', () => {
	const file =
		'WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nsprite.jpg#xywh=0,0,160,90\n\n' +
		'01:00:05.000 --> 01:00:10.500\nsprite.jpg#xywh=160,90,160,90\n\nNOTE nothing\n';
	expect(thumbnailsIn(file, 'http://x.test/a/thumbnails.vtt')).toEqual([
		{
			startMs: 0,
			endMs: 5000,
			sheet: 'http://x.test/a/sprite.jpg',
			x: 0,
			y: 0,
			width: 160,
			height: 90
		},
		{
			...{ startMs: 3_605_000, endMs: 3_610_500, sheet: 'http://x.test/a/sprite.jpg' },
			...{ x: 160, y: 90, width: 160, height: 90 }
		}
	]);
});

test('times are short below an hour', () => {
	expect([0, 65_400, 3_661_000].map(clockTime)).toEqual(['0:00', '1:05', '1:01:01']);
});
