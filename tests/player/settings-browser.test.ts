/** The settings and the keys in real Chromium: opened, left, changed, remembered. */
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { open, page, remembered, until, useStage } from './stage-page.ts';

useStage();

const layout = (): Promise<string | null> => page.getAttribute('.stage', 'data-layout');
const phase = (): Promise<string | null> => page.getAttribute('.player', 'data-phase');
const focused = (): Promise<string | undefined> =>
	page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.action);
async function openPanel(): Promise<void> {
	await page.click('[data-action=panel]');
	await page.waitForSelector('[data-part=panel]');
}
async function openKeys(): Promise<void> {
	await page.keyboard.press('?');
	await page.waitForSelector('dialog[open]');
}
async function closeKeys(): Promise<void> {
	await page.keyboard.press('Escape');
	await page.waitForSelector('dialog', { state: 'detached' });
}
async function reload(): Promise<void> {
	await page.reload();
	await page.waitForSelector('[data-is-ready]');
}

describe('the settings', () => {
	test('Escape closes them and gives focus back', async () => {
		await open({});
		await openPanel();
		await until(() => page.evaluate(() => !!document.activeElement?.closest('[data-part=panel]')));
		await page.keyboard.press('Tab');
		await page.keyboard.press('Escape');
		expect(await page.locator('[data-part=panel]').count()).toBe(0);
		expect(await focused()).toBe('panel');
	});

	test('what the person chose elsewhere holds on a new device, until something is chosen here', async () => {
		const chosen = { layout: 'corner', hasCaptions: false };
		const query = `&settings=${encodeURIComponent(JSON.stringify(chosen))}`;
		await open({ query });
		expect(await layout()).toBe('corner');
		expect(await page.locator('[data-part=captions]').count()).toBe(0);
		await page.keyboard.press('v');
		await reload();
		expect(await layout()).toBe('large');
		expect(await page.locator('[data-part=captions]').count()).toBe(0);
	});
});

describe('how it goes on', () => {
	const times = (): Promise<number[]> =>
		page.evaluate(() => [...document.querySelectorAll('video')].map((one) => one.currentTime));

	test('frame by frame by taps, without practice mode', async () => {
		await open({});
		await page.evaluate(() => window.__playerBench.seek(2.05));
		await until(async () => (await times()).every((at) => at > 2));
		await openPanel();
		const from = await times();
		const moved = (frames: number) => async (): Promise<boolean> =>
			(await times()).every((at, i) => Math.abs(at - (from[i] ?? 0) - frames / 30) < 0.01);
		const on = page.getByRole('button', { name: '进 1 格' });
		await on.click();
		await until(moved(1));
		await on.click();
		await until(moved(2));
		await page.getByRole('button', { name: '退 1 格' }).click();
		await until(moved(1));
		expect((await on.boundingBox())?.height).toBeGreaterThanOrEqual(44);
	});

	test('pauses at the end of each step if wished, says so, and goes on at a press', async () => {
		await open({ query: '&rich' });
		await openPanel();
		await page.getByLabel('每步做完停一下').check();
		await page.evaluate(() => window.__playerBench.seek(4.2));
		await page.evaluate(() => window.__playerBench.play());
		const stop = page.locator('.stop');
		await stop.waitFor();
		expect(await stop.innerText()).toContain('这一步完了');
		expect(await phase()).toBe('paused');
		// The last frame of the first step, in both pictures: 5 s less half a frame, or so.
		for (const at of await times()) expect(Math.abs(at - 5 + 0.017)).toBeLessThan(0.034);
		await page.keyboard.press('Escape');
		await stop.getByRole('button', { name: '继续' }).click();
		await until(async () => (await times()).every((at) => at > 5.5));
		expect(await stop.count()).toBe(0);
	});

	test('where to look lights up unless that is switched off', async () => {
		const lit = (): Promise<number> =>
			page.evaluate(async () => {
				let most = 0;
				const untilMs = performance.now() + 3500;
				while (performance.now() < untilMs) {
					most = Math.max(most, document.querySelectorAll('.pane.is-lit').length);
					await new Promise(requestAnimationFrame);
				}
				return most;
			});
		await open({ query: '&rich' });
		await page.evaluate(() => window.__playerBench.play());
		expect(await lit()).toBe(1);
		await openPanel();
		await page.getByLabel('开始的画面亮一下').uncheck();
		await page.evaluate(() => window.__playerBench.seek(0));
		expect(await lit()).toBe(0);
		await reload();
		expect((await remembered()).hasAttention).toBe(false);
	});

	test('saving data is said and kept', async () => {
		await open({});
		await openPanel();
		await page.getByLabel('省流量').check();
		await reload();
		await openPanel();
		expect(await page.getByLabel('省流量').isChecked()).toBe(true);
	});
});

describe('the signer', () => {
	test('goes and comes back where he was, by the button beside play on a phone too', async () => {
		await open({ settings: { layout: 'corner' }, viewport: { width: 360, height: 740 } });
		const button = page.locator('[data-action=sign]');
		const [own, play] = [
			await button.boundingBox(),
			await page.locator('[data-action=play]').boundingBox()
		];
		expect(Math.min(own?.width ?? 0, own?.height ?? 0)).toBeGreaterThanOrEqual(44);
		expect(Math.abs((own?.y ?? 0) - (play?.y ?? 999))).toBeLessThan(120);
		await button.click();
		expect([await layout(), await button.getAttribute('aria-pressed')]).toEqual([
			'demonstration',
			'false'
		]);
		await button.click();
		expect([await layout(), await button.getAttribute('aria-pressed')]).toEqual(['corner', 'true']);
	});
});

describe('a lesson in several sign languages', () => {
	test('is signed in the one chosen, from the same moment on, and next time too', async () => {
		const query = '&otherSign=/other/master.m3u8';
		const signed = (name: string): Promise<boolean> =>
			page.evaluate(
				(part) =>
					performance.getEntriesByType('resource').some((entry) => entry.name.includes(part)),
				`/${name}/`
			);
		await open({ query });
		await page.evaluate(() => window.__playerBench.play());
		await until(() => page.evaluate(() => window.__playerBench.sign.currentTime > 3));
		expect(await signed('other')).toBe(false);
		await openPanel();
		await page.getByLabel('ASL').check();
		await until(() => signed('other'));
		// It takes up where the lesson is, and both go on together.
		await until(() =>
			page.evaluate(() => {
				const { main, sign } = window.__playerBench;
				return sign.currentTime > 3 && Math.abs(sign.currentTime - main.currentTime) < 0.1;
			})
		);
		expect(await page.locator('video[data-track=sign]').count()).toBe(1);
		await reload();
		await page.evaluate(() => window.__playerBench.play());
		await until(() => page.evaluate(() => window.__playerBench.sign.currentTime > 0.5));
		expect([await signed('sign'), await signed('other')]).toEqual([false, true]);
	});
});

describe('keys', () => {
	test('can be switched off', async () => {
		await open({});
		await openPanel();
		await page.getByLabel('用键盘按键').uncheck();
		await page.keyboard.press('v');
		expect(await layout()).toBe('side');
	});

	test('leave a select its own', async () => {
		await open({});
		await openPanel();
		await page.click('[data-part=look] summary');
		await page.focus('[data-part=look] select');
		await page.keyboard.press('v');
		expect(await layout()).toBe('side');
		expect(await phase()).toBe('paused');
	});

	test('one can be changed, and stays so after a reload', async () => {
		await open({});
		await openKeys();
		await page.getByRole('button', { name: '改按键：画面', exact: true }).click();
		await page.keyboard.press('y');
		await closeKeys();
		await reload();
		await page.keyboard.press('v');
		expect(await layout()).toBe('side');
		await page.keyboard.press('y');
		expect(await layout()).toBe('corner');
	});

	test('one can be turned off, stays so after a reload, and comes back on request', async () => {
		await open({});
		await openKeys();
		await page.getByRole('button', { name: '改按键：画面', exact: true }).click();
		await page.getByRole('button', { name: '不用键' }).click();
		await closeKeys();
		expect((await remembered()).keys).toEqual({ layout: '' });
		await reload();
		await page.keyboard.press('v');
		expect(await layout()).toBe('side');
		await openKeys();
		await page.getByRole('button', { name: '恢复原来的按键' }).click();
		await closeKeys();
		await page.keyboard.press('v');
		expect(await layout()).toBe('corner');
	});

	test('one taken for something else no longer does what it did', async () => {
		await open({});
		await openKeys();
		await page.getByRole('button', { name: '改按键：字幕', exact: true }).click();
		await page.keyboard.press('v');
		await closeKeys();
		await page.keyboard.press('v');
		expect(await layout()).toBe('side');
		expect(await page.locator('[data-part=captions]').count()).toBe(0);
	});

	test('Escape while a key is asked for keeps the old one and the dialog open', async () => {
		await open({});
		await openPanel();
		await page.getByRole('button', { name: '键盘按键', exact: true }).click();
		await page.getByRole('button', { name: '改按键：画面', exact: true }).click();
		await page.keyboard.press('Escape');
		expect(await page.locator('dialog[open]').count()).toBe(1);
		await closeKeys();
		expect(await page.locator('[data-part=panel]').count()).toBe(1);
		expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('键盘按键');
		await page.keyboard.press('v');
		expect(await layout()).toBe('corner');
	});
});

test.each([
	[1280, 'light'],
	[360, 'dark'],
	[320, 'light']
] as const)('axe finds nothing at %i px, %s, panel open', async (width, colorScheme) => {
	await open({ viewport: { width, height: 800 }, colorScheme, query: '&rich' });
	await openPanel();
	await page.click('[data-part=panel] summary');
	const { violations } = await new AxeBuilder({ page }).include('.player').analyze();
	expect(violations.map((v) => `${v.id}: ${v.nodes.map(({ html }) => html).join()}`)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
		width
	);
	// Words inside a sentence are as high as its lines (WCAG 2.5.8, inline).
	const small = await page.evaluate(() =>
		[...document.querySelectorAll('.player :is(button, select, summary, label:has(input))')]
			.filter((e) => e.getBoundingClientRect().width > 0 && !e.matches('[data-part=term]'))
			.filter((e) => {
				const { width: w, height: h } = e.getBoundingClientRect();
				return w < 44 || h < 44;
			})
			.map((e) => e.outerHTML.slice(0, 80))
	);
	expect(small).toEqual([]);
});

test('axe finds nothing in the keys, and they fit', async () => {
	await open({ viewport: { width: 320, height: 640 } });
	await openKeys();
	await page.getByRole('button', { name: '改按键：画面', exact: true }).click();
	const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});
