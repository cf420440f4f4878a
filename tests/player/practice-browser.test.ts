/** Practice mode and the strip of steps in real Chromium on the bare page. */
import { AxeBuilder } from '@axe-core/playwright';
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import Steps from '#lib/player/practice/Steps.svelte';
import {
	CALM_MS,
	TITLES,
	open,
	page,
	practise,
	seconds,
	shows,
	stored,
	tapDone,
	title,
	until,
	useBrowser
} from './practice-page.ts';

useBrowser();

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
		await page.dblclick('.finish');
		await page.waitForTimeout(300);
		expect(await title()).toBe('包馅');
		await page.click('text=刚才点错了');
		await shows('和面');
		await page.click('[data-action=practice]');
		await until(async () => (await page.locator('[data-part=practice]').count()) === 0);
		expect(await stored('practised:')).toBe('[]');
	});

	test('Escape leaves it, and gives focus to the button that brings it back', async () => {
		await practise();
		await shows('和面');
		await page.keyboard.press('Escape');
		await until(async () => (await page.locator('[data-part=practice]').count()) === 0);
		expect(await page.evaluate(() => document.activeElement?.getAttribute('data-action'))).toBe(
			'practice'
		);
	});

	test('how a step was looked at ends with practice; a timer covers no button afterwards', async () => {
		await practise();
		await page.click('text=左右镜像');
		await page.click('text=0.5×');
		await page.click('text=1 分');
		await page.click('text=开始计时');
		await page.keyboard.press('Escape');
		const { isMirrored, rate } = JSON.parse(await stored('player'));
		expect({ isMirrored, rate }).toEqual({ isMirrored: false, rate: 1 });
		await page.locator('.player').evaluate((player) => player.scrollIntoView());
		const timers = await page.locator('.timers').boundingBox();
		const controls = await page.locator('[data-part=controls]').boundingBox();
		if (!timers || !controls) throw new Error('something is not to be seen');
		expect(timers.y).toBeGreaterThanOrEqual(controls.y + controls.height);
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
		const told = page.locator('[data-part=loop] [role=status]');
		await told.filter({ hasText: /从 0:0\d 开始/ }).waitFor();
		await page.waitForTimeout(900);
		await page.keyboard.press(']');
		await told.filter({ hasText: /0:0\d 到 0:0\d/ }).waitFor();
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
