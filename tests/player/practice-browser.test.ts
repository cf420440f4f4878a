/** Practice mode and timers in real Chromium on the bare page. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { render } from 'svelte/server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import Steps from '#lib/player/practice/Steps.svelte';
import { buildPage } from '../bench/player/build.ts';
import { clip } from '../bench/player/clips.ts';
import { serve, type MediaServer } from '../bench/player/server.ts';

let folder: string;
let server: MediaServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'practice-'));
	await clip(folder, 'main', '0x7a4a20', 20);
	await clip(folder, 'sign', '0x204a7a', 20);
	await buildPage(join(folder, 'page/dist'));
	server = await serve(folder, join(folder, 'page/dist'));
	const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
		(p) => p && existsSync(p)
	);
	browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}, 180_000);
afterAll(async () => {
	await browser?.close();
	await server?.close();
	await rm(folder, { recursive: true, force: true });
});
afterEach(() => page.context().close());

const CALM_MS = 750;
const TITLES = ['和面', '包馅', '脱模', '烘烤'];

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

async function open(options: BrowserContextOptions = {}): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
	page = await context.newPage();
	await page.addInitScript(watchPhone);
	await page.goto(
		`${server.origin}/index.html?main=/main/master.m3u8&sign=/sign/master.m3u8&seconds=20&rich`
	);
	await page.waitForSelector('[data-is-ready]');
}
async function practise(options: BrowserContextOptions = {}): Promise<void> {
	await open(options);
	await page.click('.practise');
	await page.waitForSelector('.practice .finish');
}
const until = (isTrue: () => Promise<boolean>): Promise<void> =>
	expect.poll(isTrue, { timeout: 20_000, interval: 50 }).toBe(true);
const title = (): Promise<string | null> => page.textContent('.practice h2');
const shows = (text: string): Promise<void> =>
	until(async () => ((await title()) ?? '').includes(text));
const tapDone = async (): Promise<void> => {
	await page.waitForTimeout(CALM_MS);
	await page.click('.finish');
};
const stored = (key: string): Promise<string> =>
	page.evaluate(
		(prefix) => Object.entries(localStorage).find(([name]) => name.startsWith(prefix))?.[1] ?? '[]',
		key
	);
const seconds = (): Promise<number> =>
	page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
/** As if the phone had slept until all timers were over. */
async function sleepUntilOver(): Promise<void> {
	await page.evaluate(() => {
		const key = Object.keys(localStorage).find((name) => name.startsWith('timers:')) as string;
		const all: object[] = JSON.parse(localStorage.getItem(key) as string);
		const over = all.map((timer) => ({ ...timer, endsAtMs: Date.now() - 1000 }));
		localStorage.setItem(key, JSON.stringify(over));
		window.dispatchEvent(new StorageEvent('storage', { key }));
	});
	await page.waitForSelector('dialog[open]');
}

describe('practising', () => {
	test('goes through all steps by taps alone, and remembers what was done', async () => {
		await practise();
		for (const name of TITLES) {
			await shows(name);
			await tapDone();
		}
		await shows('4 步全部做完了');
		await page.click('.finished .main');
		await until(async () => (await page.locator('[data-part=practice]').count()) === 0);
		expect(JSON.parse(await stored('practised:'))).toHaveLength(4);
		expect(await page.locator('.steps .done').count()).toBe(4);
		expect(await page.evaluate(() => document.activeElement?.getAttribute('data-action'))).toBe(
			'practice'
		);
	});

	test('goes through all steps by the keyboard alone; a key held down counts once', async () => {
		await open();
		await page.keyboard.press('p');
		await shows('和面');
		await page.keyboard.down(' ');
		for (let i = 0; i < 5; i++) await page.keyboard.down(' ');
		await page.keyboard.up(' ');
		await shows('包馅');
		await page.keyboard.press('n');
		await shows('脱模');
		await page.keyboard.press('b');
		await shows('包馅');
		for (const name of ['脱模', '烘烤', '4 步全部做完了']) {
			await page.waitForTimeout(CALM_MS);
			await page.keyboard.press(' ');
			await shows(name);
		}
	});

	test('a hand that hits twice does one step; a wrong tap can be taken back', async () => {
		await practise();
		await page.click('.finish');
		await page.click('.finish');
		await page.waitForTimeout(300);
		expect(await title()).toBe('包馅');
		await page.click('text=刚才点错了');
		await shows('和面');
		await page.click('[data-action=practice]');
		await until(async () => (await page.locator('[data-part=practice]').count()) === 0);
		expect(await stored('practised:')).toBe('[]');
	});

	test('leaving early keeps what was done, and says what was left out', async () => {
		await practise();
		await tapDone();
		await page.click('text=不练了');
		await until(async () => (await stored('practised:')) === '["step-1"]');
		await page.keyboard.press('p');
		await shows('包馅');
		await page.keyboard.press('n');
		await page.keyboard.press('n');
		await shows('烘烤');
		await tapDone();
		await shows('到最后了');
		expect(await page.textContent('.finished')).toContain('还有 2 步没有做');
		await page.click('text=去做没做的');
		await shows('包馅');
	});

	test('a step repeats until it is done', async () => {
		await practise();
		await until(async () => (await seconds()) > 4);
		await until(async () => (await seconds()) < 3);
		await tapDone();
		await until(async () => (await seconds()) > 5 && (await seconds()) < 10);
	});

	test('the screen stays awake while practising, and may sleep afterwards', async () => {
		await practise();
		await until(() => page.evaluate(() => window.__asked.wake === 1));
		await page.click('text=不练了');
		await until(() => page.evaluate(() => window.__asked.released === 1));
	});

	test('speed and mirror are one tap away and told by state', async () => {
		await practise();
		await page.click('.tools button:has-text("0.5×")');
		await page.click('.tools button:has-text("左右镜像")');
		const pressed = await page.locator('.tools [aria-pressed=true]').allTextContents();
		expect(pressed.map((text) => text.trim())).toEqual(
			expect.arrayContaining(['0.5×', '左右镜像'])
		);
		await until(() => page.evaluate(() => document.querySelector('video')?.playbackRate === 0.5));
	});

	test('from A to B, told in words, and back to the whole step', async () => {
		await practise();
		await until(async () => (await seconds()) > 1);
		await page.keyboard.press('[');
		expect(await page.textContent('[data-part=loop] [role=status]')).toMatch(/从 0:0\d 开始/);
		await page.waitForTimeout(900);
		await page.keyboard.press(']');
		expect(await page.textContent('[data-part=loop] [role=status]')).toMatch(/0:0\d 到 0:0\d/);
		await page.click('[data-part=loop] button:has-text("重复这一步")');
		expect(await page.textContent('[data-part=loop] [role=status]')).toBe('正在重复这一步');
	});
});

test('"again" shows the sentence three times, then the lesson goes on', async () => {
	await open();
	await page.click('.begin');
	await until(async () => (await seconds()) > 3.5);
	await page.evaluate(() => {
		const seen: number[] = Object.assign(window, { __seen: [] }).__seen;
		const video = document.querySelector('video') as HTMLVideoElement;
		seen.push(video.currentTime);
		setInterval(() => seen.push(video.currentTime), 30);
	});
	await page.keyboard.press('r');
	await until(async () => (await seconds()) > 6);
	const seen = await page.evaluate(() => (window as unknown as { __seen: number[] }).__seen);
	const begun = seen.filter((at, i) => i > 0 && at < (seen[i - 1] as number) - 0.4);
	expect(begun).toHaveLength(3);
	for (const at of begun) expect(Math.abs(at - 2.5)).toBeLessThan(0.3);
});

describe('a timer', () => {
	const start = async (options: BrowserContextOptions = {}): Promise<void> => {
		await practise(options);
		for (let i = 0; i < 3; i++) await page.keyboard.press('n');
		await page.click('text=开始计时：烘烤 20 分钟');
		await page.waitForSelector('[role=timer]');
	};

	test('of a step starts with a tap and survives a reload, also outside practice', async () => {
		await start();
		await page.reload();
		await until(async () =>
			/^(20:00|19:\d\d)/.test((await page.textContent('[role=timer]')) ?? '')
		);
		await until(() => page.evaluate(() => window.__asked.wake === 1));
		expect(await page.locator('[data-part=practice]').count()).toBe(0);
	});

	test('of one’s own is set and started without typing; several run at once', async () => {
		await start();
		await page.click('.new button:has-text("10 分")');
		await page.click('.new [aria-label="多 1 分钟"]');
		await page.click('.new .start');
		await until(async () => (await page.locator('[role=timer]').count()) === 2);
		expect(await page.locator('[role=timer]').allTextContents()).toEqual([
			expect.stringContaining('烘烤'),
			expect.stringContaining('11 分钟')
		]);
		await page.click('[aria-label="取消：11 分钟"]');
		await until(async () => (await page.locator('[role=timer]').count()) === 1);
		await page.click('text=点错了，继续');
		await until(async () => (await page.locator('[role=timer]').count()) === 2);
	});

	test('that is over flashes at most three times a second and shakes, until it is seen', async () => {
		await start();
		await sleepUntilOver();
		const changes = await page.evaluate(async () => {
			const dialog = document.querySelector('dialog') as HTMLElement;
			const seen: number[] = [];
			let colour = '';
			const startMs = performance.now();
			for (let ms = startMs; ms < startMs + 4000;) {
				ms = await new Promise<number>((next) => requestAnimationFrame(next));
				const now = getComputedStyle(dialog).backgroundColor;
				if (now !== colour && colour) seen.push(ms);
				colour = now;
			}
			return seen;
		});
		// A flash is there and back again: two changes.
		const most = Math.max(
			...changes.map((from) => changes.filter((at) => at >= from && at < from + 1000).length)
		);
		expect(changes.length).toBeGreaterThan(4);
		expect(most).toBeLessThanOrEqual(6);
		expect(await page.evaluate(() => window.__asked.shaken)).toBeGreaterThan(0);
		expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('知道了');
		await page.keyboard.press('Enter');
		await until(async () => (await page.locator('dialog').count()) === 0);
		await page.reload();
		await page.waitForSelector('[data-is-ready]');
		expect(await stored('timers:')).toBe('[]');
	});

	test('stands still in one high contrast where motion is unwelcome', async () => {
		await start({ reducedMotion: 'reduce' });
		await sleepUntilOver();
		const running = await page.evaluate(
			() => document.querySelector('dialog')?.getAnimations().length
		);
		expect(running).toBe(0);
	});
});

test.each([
	[360, 740, 'light'],
	[740, 360, 'dark'],
	[1280, 900, 'light'],
	[320, 256, 'dark']
] as const)(
	'at %i × %i, %s, 完成 is a palm and everything fits',
	async (width, height, colorScheme) => {
		await practise({ viewport: { width, height }, colorScheme });
		await page.waitForTimeout(500);
		const { violations } = await new AxeBuilder({ page }).include('.practice').analyze();
		expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
		const box = (selector: string) => page.locator(selector).boundingBox();
		const [palm, practice, theatre] = await Promise.all(
			['.finish', '.practice', '.theatre'].map(box)
		);
		const isBeside = (practice?.x ?? 0) > (theatre?.x ?? 0) + 50;
		expect(isBeside).toBe(width > height && width > 320);
		const freeHeight = isBeside ? height : height - (theatre?.height ?? 0);
		expect(palm?.height).toBeGreaterThanOrEqual(0.4 * freeHeight);
		expect(palm?.width).toBeGreaterThanOrEqual((practice?.width ?? NaN) - 1);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			width
		);
		const small = await page.evaluate(() =>
			[...document.querySelectorAll('.practice button')]
				.filter((button) => {
					const { width, height } = button.getBoundingClientRect();
					return width < 44 || height < 44;
				})
				.map((button) => button.outerHTML.slice(0, 80))
		);
		expect(small).toEqual([]);
	}
);

describe('the strip of steps', () => {
	test('is a list with times before any script runs', async () => {
		await open();
		const steps = TITLES.map((title, i) => ({
			...{ id: title, title, startMs: i * 5000, endMs: i * 5000 + 5000 }
		}));
		const nothing = (): void => undefined;
		const { body } = render(Steps, {
			props: { steps, currentId: null, doneIds: ['包馅'], onseek: nothing, onpractise: nothing }
		});
		expect(body.match(/<li/g)).toHaveLength(4);
		for (const title of TITLES) expect(body).toContain(title);
		expect(body).toContain('0:15</time>');
		expect(body).toContain('做完了');
	});

	test('leads to the moment of a step and marks it in words', async () => {
		await open();
		await page.click('.steps li:nth-child(3) .card');
		await until(
			async () => (await page.textContent('.steps [aria-current=step]'))?.includes('现在') ?? false
		);
		expect(await page.textContent('.steps [aria-current=step]')).toContain('脱模');
		await until(async () => Math.abs((await seconds()) - 10) < 0.5);
	});
});
