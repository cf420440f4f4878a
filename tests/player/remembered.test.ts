/** What a device remembers and what a person chose elsewhere become one whole set of choices. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as model from '#lib/player/model.ts';
import { settingsFrom } from '#lib/player/remembered.ts';

const { DEFAULTS } = model;

/** An object with some of the names of `usual`, and anything at all in their places. */
const junkLike = (usual: object): fc.Arbitrary<object> => {
	const names = Object.keys(usual).map((name) => [name, fc.anything()]);
	return fc.record(Object.fromEntries(names) as Record<string, fc.Arbitrary<unknown>>, {
		requiredKeys: []
	});
};
const junk = fc.oneof(
	fc.anything(),
	junkLike(DEFAULTS),
	fc.record({ small: junkLike(DEFAULTS.small), look: junkLike(DEFAULTS.look) }),
	fc.record({ keys: fc.dictionary(fc.string(), fc.anything()) })
);
const chosen = fc.record(
	{
		layout: fc.constantFrom(...model.LAYOUTS),
		rate: fc.constantFrom(...model.RATES),
		signShare: fc.integer({ min: 20, max: 80 }),
		hasCaptions: fc.boolean(),
		takesTurns: fc.boolean(),
		captions: fc.string({ maxLength: 100 }),
		keys: fc.dictionary(fc.constantFrom('play', 'layout', 'help'), fc.string({ maxLength: 19 }), {
			noNullPrototype: true
		})
	},
	{ requiredKeys: [] }
);

describe('what a device remembers', () => {
	test('broken or foreign storage gives the usual choices', () => {
		for (const stored of [null, 3, 'x', [], { layout: 'upside-down', rate: 9, signShare: '40' }])
			expect(settingsFrom(stored)).toEqual(DEFAULTS);
	});

	test('valid choices are kept beside broken ones', () => {
		const settings = settingsFrom({
			...{ layout: 'large', small: { x: 7, y: 0.5 }, hasCaptions: false, rate: NaN },
			look: { size: 200, colour: 'octarine' }
		});
		expect(settings).toEqual({
			...{ ...DEFAULTS, layout: 'large', hasCaptions: false },
			small: { ...DEFAULTS.small, y: 0.5 },
			look: { ...DEFAULTS.look, size: 200 }
		});
	});

	test('keys of what is no action take nothing away', () => {
		expect(settingsFrom({ keys: { fly: 'k', toString: 'l', layout: 'y', help: 4 } }).keys).toEqual({
			layout: 'y'
		});
	});

	test('whatever is stored, the set is whole and every choice one that there is', () => {
		fc.assert(
			fc.property(junk, (stored) => {
				const settings = settingsFrom(stored);
				expect(Object.keys(settings).sort()).toEqual(Object.keys(DEFAULTS).sort());
				for (const [name, value] of Object.entries(DEFAULTS))
					expect(typeof settings[name as keyof model.Settings]).toBe(typeof value);
				const { layout, rate, signShare, small, look } = settings;
				expect(model.LAYOUTS).toContain(layout);
				expect(model.RATES).toContain(rate);
				expect(signShare >= 20 && signShare <= 80).toBe(true);
				expect(small.x >= 0 && small.x <= 1 && small.y >= 0 && small.y <= 1).toBe(true);
				expect(small.width >= 0.2 && small.width <= 0.7).toBe(true);
				expect(Object.keys(look).sort()).toEqual(Object.keys(DEFAULTS.look).sort());
				expect(model.COLOURS).toContain(look.colour);
				expect(model.FONTS).toContain(look.font);
				expect(model.CAPTION_SIZES).toContain(look.size);
				expect(look.opacity).toBeGreaterThan(0);
			})
		);
	});

	test('what was kept comes back as it was', () => {
		fc.assert(
			fc.property(chosen, (given) => {
				const settings = settingsFrom(given);
				expect(settings).toMatchObject(given);
				expect(settingsFrom(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
			})
		);
	});
});

describe('what the person chose elsewhere', () => {
	test('holds where the device remembers nothing', () => {
		fc.assert(
			fc.property(chosen, fc.constantFrom(null, undefined, 3, 'x', {}), (given, stored) => {
				expect(settingsFrom(stored, settingsFrom(given))).toEqual(settingsFrom(given));
			})
		);
	});

	test('gives way to what the device remembers, choice by choice', () => {
		fc.assert(
			fc.property(chosen, chosen, (given, stored) => {
				expect(settingsFrom(stored, settingsFrom(given))).toEqual({
					...{ ...DEFAULTS, ...given, ...stored }
				});
			})
		);
	});

	test('is not lost to junk on the device', () => {
		fc.assert(
			fc.property(
				chosen,
				fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
				(given, value) => {
					const broken = Object.fromEntries(
						['layout', 'rate', 'signShare', 'takesTurns', 'keys', 'look', 'small'].map((name) => [
							name,
							name === 'rate' || name === 'signShare' ? String(value) : value
						])
					);
					fc.pre(!model.LAYOUTS.includes(value as model.Layout));
					expect(settingsFrom(broken, settingsFrom(given))).toEqual(settingsFrom(given));
				}
			)
		);
	});
});
