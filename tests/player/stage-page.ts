/** The player on a bare page in real Chromium, for tests of what lies on the stage. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Settings } from '#lib/player/model.ts';
import type { MediaServer } from '../bench/player/server.ts';
import { serveBarePage } from './bare-page.ts';

export let server: MediaServer;
export let browser: Browser;
export let page: Page;

/** To be called once in a test file. */
export function useStage(): void {
	beforeAll(prepare, 180_000);
	afterAll(close);
	afterEach(async () => {
		server.tap.release();
		await page.context().close();
	});
}
async function prepare(): Promise<void> {
	server = await serveBarePage();
	const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
		(p) => p && existsSync(p)
	);
	browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}
async function close(): Promise<void> {
	await browser?.close();
	await server?.close();
}

export type Opening = BrowserContextOptions & {
	settings?: Partial<Settings>;
	query?: string;
	hasSign?: boolean;
};
export const DESK = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true };
export const SQUARE = '&signSize=480x480';

export async function open(opening: Opening): Promise<void> {
	const { settings = {}, query = SQUARE, hasSign = true, ...context } = opening;
	page = await (await browser.newContext({ ...DESK, ...context })).newPage();
	await page.addInitScript((chosen) => {
		localStorage.player ??= JSON.stringify(chosen);
	}, settings);
	const sources = `main=/main/master.m3u8${hasSign ? '&sign=/sign/master.m3u8' : ''}&seconds=20`;
	await page.goto(`${server.origin}/index.html?${sources}${query}`);
	await page.waitForSelector('[data-is-ready]');
}
/** Opens, and clears away the big button without waiting for a video. */
export async function watch(opening: Opening): Promise<void> {
	await open(opening);
	await page.click('.begin');
	await page.waitForSelector('.begin', { state: 'detached' });
}

export type Box = { x: number; y: number; width: number; height: number };
export const box = async (selector: string): Promise<Box> => {
	const found = await page.locator(selector).first().boundingBox();
	if (!found) throw new Error(`${selector} is not to be seen`);
	return found;
};
/** The box of the picture itself, without the room beside it. */
export const picture = async (id: 'sign' | 'demonstration', ratio: number): Promise<Box> => {
	const pane = await box(`.pane.${id}`);
	const width = Math.min(pane.width, pane.height * ratio);
	return { ...pane, width, height: width / ratio };
};
export const ratioOf = (query: string): number => {
	const [, w = 16, h = 9] = /(\d+)x(\d+)/.exec(query) ?? [];
	return Number(w) / Number(h);
};
export const remembered = (): Promise<Settings> =>
	page.evaluate(() => JSON.parse(localStorage.player ?? '{}'));
export const until = (isTrue: () => Promise<boolean>): Promise<void> =>
	expect.poll(isTrue, { timeout: 20_000, interval: 50 }).toBe(true);
/** A box that no longer moves. */
export async function still(selector: string): Promise<Box> {
	let last = await box(selector);
	await until(async () => {
		await page.waitForTimeout(120);
		const now = await box(selector);
		const isStill = JSON.stringify(now) === JSON.stringify(last);
		last = now;
		return isStill;
	});
	return last;
}
export const isInside = (inner: Box, outer: Box): boolean =>
	inner.x >= outer.x - 0.5 &&
	inner.y >= outer.y - 0.5 &&
	inner.x + inner.width <= outer.x + outer.width + 0.5 &&
	inner.y + inner.height <= outer.y + outer.height + 0.5;
/** Fingers on the screen, as the browser itself gets them. */
export async function touching() {
	const session = await page.context().newCDPSession(page);
	return (
		type: 'touchStart' | 'touchMove' | 'touchEnd',
		...touchPoints: { x: number; y: number }[]
	): Promise<unknown> => session.send('Input.dispatchTouchEvent', { type, touchPoints });
}
