import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../src/lib/ui/tokens.css', import.meta.url), 'utf8');

/** The declarations of the first rule whose selector ends with `selector`, by name. */
function tokensOf(selector: string): Map<string, string> {
	const start = css.indexOf(`${selector} {`);
	if (start < 0) throw new Error(`tokens.css has no rule for ${selector}`);
	const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
	return new Map(
		[...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((found) => [
			found[1] as string,
			(found[2] as string).replace(/\s+/g, ' ').trim()
		])
	);
}

/** Relative luminance of #rrggbb (WCAG 2.2, "relative luminance"). */
function luminance(hex: string): number {
	const [red, green, blue] = [1, 3, 5].map((at) => {
		const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	}) as [number, number, number];
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two #rrggbb colours, 1 to 21. */
function contrast(one: string, other: string): number {
	const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [
		number,
		number
	];
	return (light + 0.05) / (dark + 0.05);
}

const grounds = ['surface', 'surface-raised', 'surface-sunken'];
const kinds = ['danger', 'success', 'warning', 'info'];
const tints = ['accent-soft', ...kinds.map((kind) => `${kind}-soft`)];

/** What the kit puts on what, and the least contrast it must keep. */
const pairs: [front: string, back: string, least: number][] = [
	// Body text: AAA (1.4.6), on tinted sheets too.
	...[...grounds, ...tints].flatMap((back): [string, string, number][] => [
		['text', back, 7],
		['text-soft', back, 7]
	]),
	// Links, titles and words that carry a state (1.4.3).
	...['accent', 'accent-strong'].flatMap((front) =>
		[...grounds, ...tints].map((back): [string, string, number] => [front, back, 4.5])
	),
	...kinds.flatMap((kind): [string, string, number][] => [
		...grounds.map((back): [string, string, number] => [kind, back, 4.5]),
		[kind, `${kind}-soft`, 4.5]
	]),
	// On buttons, at rest and under the pointer.
	['accent-text', 'accent', 7],
	['accent-text', 'accent-strong', 7],
	['danger-text', 'danger', 7],
	['danger-text', 'danger-strong', 7],
	// Borders of controls and the focus ring (1.4.11, 2.4.13).
	...[...grounds, ...tints].flatMap((back): [string, string, number][] => [
		['line-strong', back, 3],
		['focus', back, 4.5]
	])
];

describe.each([
	['light', "[data-theme='light']"],
	['dark', "[data-theme='dark']"]
])('the %s colours', (_name, selector) => {
	const tokens = tokensOf(selector);
	const colour = (name: string) => {
		const value = tokens.get(`--color-${name}`);
		if (!value || !/^#[0-9a-f]{6}$/.test(value))
			throw new Error(`--color-${name} is ${value ?? 'missing'}, not #rrggbb`);
		return value;
	};

	test.each(pairs)('%s can be read on %s at %d : 1', (front, back, least) => {
		expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(least);
	});

	test('the focus ring is as thick as it is visible', () => {
		expect(tokens.get('--focus-ring')).toBe(`3px solid ${colour('focus')}`);
	});
});

test('a phone that is set to dark gets the very colours of the dark theme', () => {
	const automatic = tokensOf(":root:not([data-theme='light']):not([data-theme='dark'])");
	expect([...automatic]).toEqual([...tokensOf("[data-theme='dark']")]);
});

test('every colour of the light theme has its dark counterpart', () => {
	expect([...tokensOf("[data-theme='dark']").keys()]).toEqual([
		...tokensOf("[data-theme='light']").keys()
	]);
});

// tests/accessibility/pages.spec.ts looks at the second theme for its colours only.
test('a theme is colours and nothing else, and nothing asks for it elsewhere', () => {
	for (const name of tokensOf("[data-theme='dark']").keys())
		expect(name).toMatch(/^--(color-[a-z-]+|focus-ring|shadow-(\d|pressed))$/);
	const asking = globSync('src/**/*.{css,svelte,html,ts}').filter((file) =>
		/data-theme|prefers-color-scheme/.test(readFileSync(file, 'utf8'))
	);
	// The page says which it is; on paper there is only one.
	expect(asking.sort()).toEqual(['src/app.html', 'src/lib/ui/base.css', 'src/lib/ui/tokens.css']);
});

test('body text starts at 17 px and targets at 44 px', () => {
	const [, base] = /--text-m: clamp\(([\d.]+)rem/.exec(css) ?? [];
	expect(Number(base) * 16).toBeGreaterThanOrEqual(17);
	expect(css).toContain('--target: 44px;');
});

test('contrast is reckoned as WCAG does', () => {
	expect(contrast('#000000', '#ffffff')).toBe(21);
	expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
