/** A lesson with captions of one's own on the bare page. */
import type { BrowserContextOptions } from '@playwright/test';
import { DEFAULTS, type CaptionLook, type Settings } from '#lib/player/model.ts';
import { box, open, page, until, type Box } from './stage-page.ts';

type Wish = {
	settings?: Partial<Omit<Settings, 'look'>>;
	look?: Partial<CaptionLook>;
	/** A WebVTT file instead of the invented lines. */
	file?: string;
	context?: BrowserContextOptions;
};
export async function show({ settings, look, file, context }: Wish = {}): Promise<void> {
	const captions = file === undefined ? '' : `&captions=${encodeURIComponent(`WEBVTT\n\n${file}`)}`;
	await open({
		...context,
		settings: { ...settings, look: { ...DEFAULTS.look, ...look } },
		query: `&rich${captions}`
	});
}

/** Goes there and stands. */
export async function seek(seconds: number): Promise<void> {
	await page.evaluate((to) => window.__playerBench.seek(to), seconds);
	await until(async () => (await page.getAttribute('.player', 'data-phase')) === 'paused');
}

export type Edges = Box & { right: number; bottom: number };
export async function edgesOf(selector: string): Promise<Edges> {
	const found = await box(selector);
	return { ...found, right: found.x + found.width, bottom: found.y + found.height };
}

/** How far two boxes lie over each other, in the direction in which it is less. */
export const sharedPx = (a: Edges, b: Edges): number =>
	Math.min(
		Math.min(a.right, b.right) - Math.max(a.x, b.x),
		Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y)
	);
