/** The bare page in real Chromium, for the tests of practice mode and of timers. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { MediaServer } from '../bench/player/server.ts';
import { serveBarePage } from './bare-page.ts';

let server: MediaServer;
let browser: Browser;
export let page: Page;

/** Opens a browser for the tests of a file, and ends each page after its test. */
export function useBrowser(): void {
	beforeAll(async () => {
		server = await serveBarePage();
		const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
			(p) => p && existsSync(p)
		);
		browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
	}, 180_000);
	afterAll(async () => {
		await browser?.close();
		await server?.close();
	});
	afterEach(() => page.context().close());
}

export const CALM_MS = 750;
export const TITLES = ['和面', '包馅', '脱模', '烘烤'];

declare global {
	interface Window {
		__asked: { wake: number; released: number; shaken: number };
	}
}

/** Counts what the page asks of the phone; the phone itself is left as it is. */
function watchPhone(): void {
	window.__asked = { wake: 0, released: 0, shaken: 0 };
	const lock = Object.assign(new EventTarget(), {
		released: false,
		release: async () => void window.__asked.released++
	});
	Object.defineProperty(navigator, 'wakeLock', {
		value: { request: async () => (window.__asked.wake++, lock) }
	});
	navigator.vibrate = (pattern) => (pattern && window.__asked.shaken++, true);
}

export type Opening = BrowserContextOptions & { query?: string };

export async function open({ query = '', ...options }: Opening = {}): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
	page = await context.newPage();
	await page.addInitScript(watchPhone);
	await page.goto(
		`${server.origin}/index.html?main=/main/master.m3u8&sign=/sign/master.m3u8&seconds=20&rich${query}`
	);
	await page.waitForSelector('[data-is-ready]');
}
export async function practise(options: Opening = {}): Promise<void> {
	await open(options);
	await page.click('.practise');
	await page.waitForSelector('.practice .finish');
}
export const until = (isTrue: () => Promise<boolean>): Promise<void> =>
	expect.poll(isTrue, { timeout: 20_000, interval: 50 }).toBe(true);
export const title = (): Promise<string | null> => page.textContent('.practice h2');
export const shows = (text: string): Promise<void> =>
	until(async () => ((await title()) ?? '').includes(text));
export const tapDone = async (): Promise<void> => {
	await page.waitForTimeout(CALM_MS);
	await page.click('.finish');
};
export const stored = (key: string): Promise<string> =>
	page.evaluate(
		(prefix) => Object.entries(localStorage).find(([name]) => name.startsWith(prefix))?.[1] ?? '[]',
		key
	);
export const seconds = (): Promise<number> =>
	page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
