/** The player in real Chromium on a bare page, with real HLS. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LAYOUTS } from '#lib/player/model.ts';
import { BITS, BLOCK } from '../bench/player/clips.ts';
import { record } from '../bench/player/recorder.ts';
import type { MediaServer } from '../bench/player/server.ts';
import { serveBarePage } from './bare-page.ts';

let server: MediaServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	server = await serveBarePage();
	const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
		(p) => p && existsSync(p)
	);
	browser = await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
	});
}, 180_000);
afterAll(async () => {
	await browser?.close();
	await server?.close();
});
beforeEach(async () => {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	page = await context.newPage();
	server.requested.length = 0;
});
afterEach(async () => {
	server.tap.release();
	await page.context().close();
});

const TWO = 'main=/main/master.m3u8&sign=/sign/master.m3u8&seconds=20';
async function open(query = TWO): Promise<void> {
	await page.goto(`${server.origin}/index.html?${query}`);
	await page.waitForSelector('[data-is-ready]');
	await page.evaluate(record, { bits: BITS, ...BLOCK });
}
const phase = (): Promise<string | null> => page.getAttribute('.player', 'data-phase');
const times = (): Promise<number[]> =>
	page.evaluate(() => [...document.querySelectorAll('video')].map((v) => v.currentTime));
/** Where everything stands, for whoever reads that it did not come to what was expected. */
const standing = (): Promise<string> =>
	page.evaluate(() =>
		JSON.stringify([
			document.querySelector<HTMLElement>('.player')?.dataset.phase,
			...[...document.querySelectorAll('video')].map((v) => ({
				...{ track: v.dataset.track, at: v.currentTime, readyState: v.readyState },
				...{ paused: v.paused, seeking: v.seeking, src: v.src },
				...{ bufferedTo: v.buffered.length > 0 ? v.buffered.end(v.buffered.length - 1) : null },
				...{ decoded: v.getVideoPlaybackQuality().totalVideoFrames }
			}))
		])
	);
const until = (isTrue: () => Promise<boolean>): Promise<void> =>
	expect
		.poll(isTrue, { timeout: 20_000, interval: 50 })
		.toBe(true)
		.catch(async (error: Error) => {
			error.message += ` – ${await standing()}`;
			throw error;
		});
const playing = (beyond = 0.5): Promise<void> =>
	until(async () => (await times()).every((seconds) => seconds > beyond));
const numbers = (): Promise<(number | null)[]> =>
	page.evaluate(() => [window.__recorder.numberOf('main'), window.__recorder.numberOf('sign')]);
async function start(): Promise<void> {
	await page.click('.begin');
	await playing();
}

describe('a lesson with two videos', () => {
	test('fetches no video before somebody wants to watch', async () => {
		await open();
		await page.waitForTimeout(300);
		expect(server.requested.filter((path) => /m3u8|m4s/.test(path))).toEqual([]);
	});

	test('plays both, and shows the same frame in both when paused and when stepping', async () => {
		await open();
		await start();
		await page.keyboard.press('k');
		await until(async () => (await phase()) === 'paused');
		await page.waitForTimeout(500);
		const [main, sign] = await numbers();
		expect(main).not.toBe(null);
		expect(sign).toBe(main);
		await page.keyboard.press('.');
		await until(async () => (await numbers()).every((n) => n === (main as number) + 1));
		await page.keyboard.press(',');
		await until(async () => (await numbers()).every((n) => n === main));
	});

	/** What happens to each video from now on, by its track. */
	const watchEvents = (): Promise<void> =>
		page.evaluate(() => {
			const seen: string[] = [];
			for (const video of document.querySelectorAll('video'))
				for (const type of ['emptied', 'loadstart', 'seeking', 'pause'])
					video.addEventListener(type, () => seen.push(`${video.dataset.track}: ${type}`));
			Object.assign(window, { __seen: seen });
		});
	const events = (): Promise<string[]> =>
		page.evaluate(() => (window as unknown as { __seen: string[] }).__seen);
	const choose = async (layout: string): Promise<void> => {
		await page.keyboard.press('v');
		expect(await page.getAttribute('.stage', 'data-layout')).toBe(layout);
	};

	test('changes how two pictures lie without touching a video', async () => {
		await open();
		await start();
		await watchEvents();
		for (const layout of ['corner', 'large']) {
			await choose(layout);
			const [main = 0] = await times();
			await playing(main + 0.2);
		}
		expect(await events()).toEqual([]);
	});

	test('a picture that is not shown rests, untouched is the other, and both go on when shown', async () => {
		await open();
		await start();
		await choose('corner');
		await choose('large');
		await watchEvents();
		await choose('sign');
		const sign = async (): Promise<number> => (await times())[1] ?? 0;
		const from = await sign();
		await until(async () => (await sign()) > from + 1);
		expect((await times())[0]).toBeLessThan(from + 0.5);
		expect((await events()).filter((event) => event.startsWith('sign'))).toEqual([]);
		await choose('demonstration');
		await choose('side');
		await playing((await sign()) + 0.5);
	});

	test('remembers the layout for the next visit', async () => {
		await open();
		await page.keyboard.press('v');
		await page.reload();
		await page.waitForSelector('[data-is-ready]');
		expect(await page.getAttribute('.stage', 'data-layout')).toBe('corner');
	});

	test('never crops a picture, and lays no picture over captions or controls', async () => {
		await open();
		for (let i = 0; i < LAYOUTS.length; i++) {
			await page.keyboard.press('v');
			const { fits, stage, captions } = await page.evaluate(() => ({
				fits: [...document.querySelectorAll('video')].map((v) => getComputedStyle(v).objectFit),
				stage: document.querySelector('.stage')?.getBoundingClientRect().bottom ?? NaN,
				captions: document.querySelector('.strip')?.getBoundingClientRect().top ?? NaN
			}));
			expect(fits).toEqual(['contain', 'contain']);
			expect(captions).toBeGreaterThanOrEqual(stage - 1);
		}
	});

	test('a line of the transcript leads both videos to its moment', async () => {
		await open();
		await page.click('.transcript li:nth-child(5) button');
		await until(async () => (await numbers()).every((n) => n === 300));
		expect(await page.textContent('[data-part=captions]')).toContain('糯米粉');
		expect(await page.getAttribute('.transcript li:nth-child(5) button', 'aria-current')).toBe(
			'true'
		);
	});

	test('reports what was seen and nothing of what was skipped', async () => {
		await open();
		await start();
		await page.evaluate(() => window.__playerBench.seek(15));
		await playing(15.5);
		await page.keyboard.press('k');
		await until(async () => (await phase()) === 'paused');
		const ranges = await page.evaluate(() => window.__watched.flatMap((w) => w.ranges));
		const seenBetween = ranges.filter(([from, to]) => from < 14_900 && to > 5000);
		expect(seenBetween).toEqual([]);
		expect(ranges.some(([from]) => from < 100)).toBe(true);
		expect(ranges.some(([from, to]) => from > 14_900 && to > 15_300)).toBe(true);
	});

	test('when signing stalls the demonstration waits, says so, and both go on', async () => {
		server.tap.hold('/sign/002');
		await open();
		await start();
		await page.waitForSelector('.note:has-text("正在等手语视频")', { timeout: 20_000 });
		const [main = 0, sign = 0] = await times();
		expect(Math.abs(main - sign)).toBeLessThan(0.034);
		server.tap.release();
		await playing(main + 0.5);
		expect(await page.locator('.note').count()).toBe(0);
	});

	test('a lost sign video is named, and the demonstration goes on', async () => {
		server.tap.lose('/sign/');
		await open();
		await page.click('.begin');
		await page.waitForSelector('[role=alert]:has-text("手语视频断了")', { timeout: 20_000 });
		await until(async () => ((await times())[0] ?? 0) > 0.5);
	});
});

const hasScript = (): boolean => server.requested.some((path) => path.includes('hls-source'));

test('where it can, it plays through hls.js, fetched when somebody wants to watch', async () => {
	await open();
	expect(hasScript()).toBe(false);
	await start();
	expect(hasScript()).toBe(true);
});

test('where the browser has no Media Source Extensions, it plays HLS itself', async () => {
	await page.addInitScript(() => {
		Reflect.deleteProperty(window, 'MediaSource');
	});
	await open();
	await start();
	expect(hasScript()).toBe(false);
});

test('a lesson signed at source has one picture and no controls for two', async () => {
	await open('main=/main/master.m3u8&seconds=20');
	await start();
	expect(await page.locator('video').count()).toBe(1);
	expect(await page.locator('[data-action=layout], [data-action=swap]').count()).toBe(0);
	expect(await page.getAttribute('.stage', 'data-layout')).toBe('one');
});
