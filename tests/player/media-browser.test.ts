/** What the player asks of the network, counted where it arrives, in real Chromium. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Settings } from '#lib/player/model.ts';
import { findBrowser } from '../../src/setup/browser.mjs';
import type { MediaServer } from '../bench/player/server.ts';
import { serveRungs } from './bare-page.ts';

const SECONDS = 60;
const WAYS = ['thin', 'good'] as const;

let folder: string;
let server: MediaServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'media-'));
	server = await serveRungs(folder, SECONDS);
	const executablePath = findBrowser();
	browser = await chromium.launch({
		...(executablePath && { executablePath }),
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
	});
}, 180_000);
afterAll(async () => {
	await browser?.close();
	await server?.close();
	await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
	server.line.limit(null);
	await page.context().close();
});

/** Opens the player and plays; `line` is what the browser is told of its own. */
async function play(line: (typeof WAYS)[number], settings: Partial<Settings>): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	page = await context.newPage();
	const network = await context.newCDPSession(page);
	await network.send('Network.enable');
	const throughput = line === 'good' ? 50_000_000 : 150_000;
	await network.send('Network.overrideNetworkState', {
		...{ offline: false, latency: 5 },
		...{ downloadThroughput: throughput, uploadThroughput: throughput }
	});
	server.requested.length = 0;
	const query = `main=/main/master.m3u8&sign=/sign/master.m3u8&seconds=${SECONDS}`;
	const chosen = encodeURIComponent(JSON.stringify(settings));
	await page.goto(`${server.origin}/index.html?${query}&settings=${chosen}`);
	await page.waitForSelector('[data-is-ready]');
	await page.evaluate(() => window.__playerBench.play());
}
const asked = (stream: string): string[] =>
	server.requested.filter((path) => path.startsWith(`/${stream}/`));
const state = () =>
	page.evaluate(() =>
		[window.__playerBench.main, window.__playerBench.sign].map((video) => ({
			seconds: video.currentTime,
			isEmpty: video.readyState === 0,
			height: video.videoHeight,
			poster: video.poster
		}))
	);
const until = (isTrue: () => Promise<boolean>): Promise<void> =>
	expect.poll(isTrue, { timeout: 30_000, interval: 100 }).toBe(true);
const seconds = async (): Promise<number[]> => (await state()).map((video) => video.seconds);
const press = (key: string): Promise<void> => page.keyboard.press(key);
/** `v` goes through the layouts until this one is there. */
async function choose(layout: string): Promise<void> {
	await until(async () => {
		if ((await page.getAttribute('[data-layout]', 'data-layout')) === layout) return true;
		await press('v');
		return false;
	});
}

describe.each(WAYS)('on a %s line', (line) => {
	test('a hidden picture asks nothing of the network, and comes back in step', async () => {
		// So slow that it still has much to fetch when it is hidden.
		server.line.limit({ bitsPerSecond: 2_000_000, latencyMs: 20 });
		await play(line, { layout: 'side' });
		await until(async () => (await seconds()).every((at) => at > 0.2));
		await choose('sign');
		// What was under way may still be answered.
		await page.waitForTimeout(500);
		const before = asked('main').length;
		await page.evaluate(() => window.__playerBench.seek(40));
		await until(async () => ((await seconds())[1] ?? 0) > 42);
		expect(asked('main')).toHaveLength(before);
		expect(asked('sign').length).toBeGreaterThan(0);

		await choose('side');
		await until(async () => {
			const [main = 0, sign = 0] = await seconds();
			return main > 42 && Math.abs(main - sign) < 0.04;
		});
		expect(asked('main').length).toBeGreaterThan(before);
	}, 90_000);

	test('saving data, nothing but the smallest rung is ever asked for', async () => {
		await play(line, { savesData: true });
		await until(async () => (await seconds()).every((at) => at > 3));
		const media = [...asked('main'), ...asked('sign')].filter((path) => path.endsWith('.mp4'));
		expect(new Set(media)).toEqual(new Set(['/main/360.mp4', '/sign/360.mp4']));
	}, 60_000);
});

test('emptied, a hidden picture keeps its last one until the next is there', async () => {
	await play('good', { layout: 'side' });
	await until(async () => (await seconds()).every((at) => at > 1));
	expect((await state())[0]).toMatchObject({ poster: '' });
	await choose('sign');
	await until(async () => (await state())[0]?.isEmpty === true);
	expect((await state())[0]?.poster).toMatch(/^data:image\/jpeg/);
	await choose('side');
	await until(async () => (await state())[0]?.poster === '');
	expect((await state())[0]?.isEmpty).toBe(false);
}, 60_000);

test('as the line allows more, signing gets it first', async () => {
	server.line.limit({ bitsPerSecond: 5_000_000, latencyMs: 50 });
	await play('thin', {});
	await until(async () => (await state()).every(({ height }) => height === 480));
	const first = (path: string): number => server.requested.indexOf(path);
	// One look may raise both; each then asks when its own segment ends, in either order.
	expect(first('/sign/480.mp4')).toBeLessThanOrEqual(first('/main/480.mp4') + 1);
}, 90_000);
