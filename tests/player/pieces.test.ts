import { describe, expect, test } from 'vitest';
import { KEYS, actionOf } from '#lib/player/keys.ts';
import { thumbnailsIn } from '#lib/player/media/thumbnails.ts';
import { DEFAULTS } from '#lib/player/model.ts';
import { settingsFrom } from '#lib/player/remembered.ts';
import { clockTime } from '#lib/player/time.ts';

const press = (key: string, more = {}) => ({
	...{ key, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, ...more }
});

describe('the keyboard map', () => {
	test('no key means two things', () => {
		const all = KEYS.flatMap(([, keys]) => keys);
		expect(new Set(all).size).toBe(all.length);
	});

	test('a letter works in either case, and with Ctrl it is left to the browser', () => {
		expect(actionOf(press('k'), null)).toBe('play');
		expect(actionOf(press('K'), null)).toBe('play');
		expect(actionOf(press('k', { ctrlKey: true }), null)).toBe(null);
		expect(actionOf(press('k', { isComposing: true }), null)).toBe(null);
	});
});

describe('what a device remembers', () => {
	test('broken or foreign storage gives the usual choices', () => {
		for (const stored of [null, 3, 'x', [], { layout: 'upside-down', rate: 9, captionSize: '4' }])
			expect(settingsFrom(stored)).toEqual(DEFAULTS);
	});

	test('valid choices are kept beside broken ones', () => {
		const settings = settingsFrom({ layout: 'large', corner: 'nowhere', hasCaptions: false });
		expect(settings).toEqual({ ...DEFAULTS, layout: 'large', hasCaptions: false });
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
