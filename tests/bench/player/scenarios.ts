/** What is done to a player page while its frames are recorded. Knows only `window.__playerBench`. */
import type { Page } from '@playwright/test';
import { BITS, BLOCK } from './clips.ts';
import * as figures from './figures.ts';
import { record, type Shown } from './recorder.ts';
import type { Tap } from './server.ts';

type Frames = { main: Shown[]; sign: Shown[] };

export async function open(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.waitForFunction(() => 'bench' in window || '__playerBench' in window);
	await page.evaluate(() => window.__playerBench.ready);
	await page.evaluate(record, { bits: BITS, ...BLOCK });
}

const now = (page: Page): Promise<number> => page.evaluate(() => performance.now());
const play = (page: Page): Promise<void> => page.evaluate(() => window.__playerBench.play());
const pause = (page: Page): Promise<void> => page.evaluate(() => window.__playerBench.pause());
const frames = (page: Page): Promise<Frames> =>
	page.evaluate(() => ({ main: window.__recorder.main, sign: window.__recorder.sign }));

/** Absolute drift on screen in steady play at one rate. */
export async function steady(page: Page, rate: number, forMs = 6000): Promise<figures.Spread> {
	await page.evaluate((r) => window.__playerBench.setRate(r), rate);
	await page.evaluate(() => window.__playerBench.seek(1));
	await page.waitForTimeout(700);
	await play(page);
	await page.waitForTimeout(1500);
	const fromMs = await now(page);
	await page.waitForTimeout(forMs);
	const { main, sign } = await frames(page);
	await pause(page);
	await page.waitForTimeout(300);
	const pieces = figures.differences(main, sign, fromMs, fromMs + forMs);
	return figures.spread(figures.absolute(pieces));
}

/** The same random walk for every player. */
function* places(seed = 7): Generator<number> {
	for (let x = seed; ;) {
		x = (x * 48271) % 2147483647;
		yield 1 + (x / 2147483647) * 34;
	}
}

export type Seeks = { count: number; reached: number; p50: number; p95: number };

/** Random seeks while playing: how long until both pictures are in step again. */
export async function seeks(page: Page, count = 20): Promise<Seeks> {
	await page.evaluate(() => window.__playerBench.setRate(1));
	await play(page);
	await page.waitForTimeout(800);
	const walk = places();
	const times: number[] = [];
	for (let i = 0; i < count; i++) {
		const to = walk.next().value as number;
		const atMs = await page.evaluate((seconds) => {
			window.__playerBench.seek(seconds);
			return performance.now();
		}, to);
		await page.waitForTimeout(1300);
		const { main, sign } = await frames(page);
		const untilMs = await now(page);
		times.push(figures.resyncMs(main, sign, { atMs, toMs: to * 1000 }, untilMs));
	}
	await pause(page);
	const reached = times.filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
	const at = (share: number): number =>
		reached[Math.min(reached.length - 1, Math.ceil(share * reached.length) - 1)] ?? NaN;
	return { count, reached: reached.length, p50: at(0.5), p95: at(0.95) };
}

/** How often both show the same frame when paused, read from the pixels. */
export async function pauses(page: Page, count = 9): Promise<{ count: number; same: number }> {
	const walk = places(11);
	let same = 0;
	for (let i = 0; i < count; i++) {
		await play(page);
		await page.waitForTimeout(300 + 20 * (walk.next().value as number));
		await pause(page);
		await page.waitForTimeout(600);
		const [main, sign] = await page.evaluate(() => [
			window.__recorder.numberOf('main'),
			window.__recorder.numberOf('sign')
		]);
		if (main !== null && main === sign) same++;
	}
	return { count, same };
}

export type Stall = {
	/** How far the other went on while one stood. */
	ranOnMs: number;
	/** Signing never shown, or shown twice. */
	lostMs: number;
	repeatedMs: number;
	/** Median distance in the last second. */
	apartMs: number;
};

/** One stream's sixth segment comes 2 s too late. The page must be opened after `hold`. */
export async function stall(page: Page, which: 'main' | 'sign', tap: Tap): Promise<Stall> {
	const other = which === 'main' ? 'sign' : 'main';
	await play(page);
	await page.waitForFunction(
		(name) => {
			const last = window.__recorder[name].at(-1);
			return last && last.mediaMs > 8500 && performance.now() - last.atMs > 250;
		},
		which,
		{ timeout: 30_000, polling: 20 }
	);
	const stoodMs = (await frames(page))[which].at(-1)?.atMs ?? NaN;
	await page.waitForTimeout(Math.max(0, 2000 - ((await now(page)) - stoodMs)));
	const before = await frames(page);
	tap.release();
	await page.waitForTimeout(3500);
	const all = await frames(page);
	const endMs = await now(page);
	await pause(page);
	const reached = (shown: Shown[], atMs: number): number =>
		shown.findLast((s) => s.atMs <= atMs)?.mediaMs ?? NaN;
	const pieces = figures.differences(all.main, all.sign, endMs - 1000, endMs);
	const duringSign = all.sign.filter((s) => s.atMs > stoodMs - 500);
	return {
		ranOnMs: (before[other].at(-1)?.mediaMs ?? NaN) - reached(before[other], stoodMs),
		...figures.lostAndRepeated(duringSign),
		apartMs: figures.spread(figures.absolute(pieces)).p50
	};
}
