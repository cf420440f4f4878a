/** Timers in real Chromium: after a reload, when they end, and what they ask of the phone. */
import type { BrowserContextOptions } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import { page, practise, stored, until, useBrowser } from './practice-page.ts';

useBrowser();

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
