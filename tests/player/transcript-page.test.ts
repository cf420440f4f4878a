/** Transcript and sign glossary in real Chromium, and that everybody can use them. */
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { edgesOf, seek, show } from './captions-page.ts';
import { page, until, useStage } from './stage-page.ts';

useStage();

describe('the transcript', () => {
	test('is searched by Enter and Shift+Enter, and says how many there are', async () => {
		await show();
		const field = page.getByRole('searchbox', { name: '找字' });
		await field.fill('糯米');
		const said = page.locator('.transcript output');
		await until(async () => (await said.textContent())?.trim() === '第 1 个，共 2 个');
		expect(await page.locator('.transcript mark').allTextContents()).toEqual(['糯米', '糯米']);
		await field.press('Enter');
		expect((await said.textContent())?.trim()).toBe('第 2 个，共 2 个');
		const [mark, lines] = [await edgesOf('mark.at'), await edgesOf('.lines')];
		expect(mark.y >= lines.y && mark.bottom <= lines.bottom).toBe(true);
		await field.press('Shift+Enter');
		expect((await said.textContent())?.trim()).toBe('第 1 个，共 2 个');
		await field.fill('没有的字');
		await until(async () => (await said.textContent())?.trim() === '没找到');
		expect(await page.getAttribute('.player', 'data-phase')).toBe('paused');
	});

	test('has a heading for each step, and a tap anywhere on a line leads there', async () => {
		await show();
		const headings = page.locator('.transcript').getByRole('heading', { level: 3 });
		expect(await headings.allTextContents()).toEqual([
			'第 1 步　和面',
			'第 2 步　包馅',
			'第 3 步　脱模',
			'第 4 步　烘烤'
		]);
		await page.locator('.transcript li', { hasText: '加水' }).first().locator('p').click();
		await until(async () => (await page.textContent('.strip'))?.includes('加水') ?? false);
	});

	test('prints its words with their steps, and nothing else', async () => {
		await show();
		// As browsers do, by this button or by their own menu; without their dialog.
		await page.evaluate(() => {
			window.print = () => window.dispatchEvent(new Event('beforeprint'));
		});
		await page.click('[data-action=print]');
		await page.emulateMedia({ media: 'print' });
		const words = await page.evaluate(() => document.body.innerText);
		for (const word of ['包月饼：文字稿', '第 4 步', '糯米粉', '0:17'])
			expect(words).toContain(word);
		expect(await page.locator('.theatre').isVisible()).toBe(false);
		expect(await page.locator('.transcript button.tool').first().isVisible()).toBe(false);
		const [lines, last] = [
			await edgesOf('.lines'),
			await edgesOf('.lines ol:last-child li:last-child')
		];
		expect(last.bottom).toBeLessThanOrEqual(lines.bottom + 1);
		await page.emulateMedia({ media: 'screen' });
		await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
		await until(() => page.locator('.theatre').isVisible());
	});

	test('sends one line at a time to a braille display, only when asked, and leaves it there', async () => {
		await show();
		expect(await page.locator('.transcript p[aria-live]').count()).toBe(0);
		await page.check('.live input');
		await seek(0.5);
		const line = page.locator('.transcript p[aria-live=polite]');
		await until(async () => (await line.textContent())?.trim() === '先把糯米粉倒进盆里。');
		await seek(2.4);
		expect((await line.textContent())?.trim()).toBe('先把糯米粉倒进盆里。');
	});
});

describe('a word of the trade', () => {
	const term = () => page.locator('[data-part=captions] .term').first();
	const isOpen = (): Promise<boolean> =>
		page.evaluate(
			() => document.querySelector('dialog[data-part=glossary]')?.matches(':modal') ?? false
		);

	test('shows its sign while the lesson waits, and gives the lesson back where it was', async () => {
		await show({ file: '00:00.000 --> 00:19.000\n先把糯米粉倒进盆里。' });
		await page.click('.begin');
		await until(async () => (await page.getAttribute('.player', 'data-phase')) === 'playing');
		expect(await term().getAttribute('aria-label')).toBe('手语：糯米粉');
		await term().focus();
		await page.keyboard.press('Enter');
		await until(isOpen);
		await until(async () => (await page.getAttribute('.player', 'data-phase')) === 'paused');
		const at = await page.evaluate(() => window.__playerBench.main.currentTime);
		const clipTime = (): Promise<number> =>
			page.$eval('dialog video', (video) => (video as HTMLVideoElement).currentTime);
		await until(async () => (await clipTime()) > 0.2);
		const { isMuted, loops } = await page.$eval('dialog video', (video) => {
			const { muted, loop } = video as HTMLVideoElement;
			return { isMuted: muted, loops: loop };
		});
		expect([isMuted, loops]).toEqual([true, true]);
		await page.getByRole('button', { name: '停住' }).click();
		await page.getByRole('button', { name: '播放', exact: true }).last().waitFor();
		await page.keyboard.press('k');
		expect(await page.getAttribute('.player', 'data-phase')).toBe('paused');
		expect(await page.evaluate(() => window.__playerBench.main.currentTime)).toBe(at);
		await page.keyboard.press('Escape');
		await until(async () => !(await isOpen()));
		await until(async () => (await page.getAttribute('.player', 'data-phase')) === 'playing');
		expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('糯米粉');
		const after = await page.evaluate(() => window.__playerBench.main.currentTime);
		expect(after - at).toBeLessThan(3);
	});

	test('stands still at first for those who asked for stillness; a tap beside it closes it', async () => {
		await show({ context: { reducedMotion: 'reduce', viewport: { width: 360, height: 740 } } });
		await seek(0.5);
		await term().click();
		await until(isOpen);
		await page.waitForSelector('dialog .play:has-text("播放")');
		const sheet = await edgesOf('dialog');
		expect([Math.round(sheet.x), Math.round(sheet.bottom)]).toEqual([0, 740]);
		await page.mouse.click(180, 40);
		await until(async () => !(await isOpen()));
		expect(await page.getAttribute('.player', 'data-phase')).toBe('paused');
	});

	test('that had the focus and is gone gives it to the player', async () => {
		await show();
		await seek(0.5);
		await term().focus();
		await page.evaluate(() => window.__playerBench.seek(3));
		await until(async () => (await page.textContent('.strip'))?.includes('加水') ?? false);
		await until(() => page.evaluate(() => document.activeElement?.matches('.player') ?? false));
		await page.keyboard.press('k');
		await until(async () => (await page.getAttribute('.player', 'data-phase')) === 'playing');
	});

	test('takes no focus by itself', async () => {
		await show();
		await seek(3);
		await page.focus('[data-action=panel]');
		await page.evaluate(() => window.__playerBench.seek(0.5));
		await until(async () => (await page.locator('.strip .term').count()) > 0);
		expect(await page.evaluate(() => document.activeElement?.getAttribute('data-action'))).toBe(
			'panel'
		);
	});
});

test.each([
	[1280, 'light', 'below'],
	[360, 'dark', 'over'],
	[320, 'light', 'below']
] as const)('axe finds nothing at %i px, %s, captions %s', async (width, colorScheme, place) => {
	await show({
		settings: { secondCaptions: 'en' },
		look: { place, size: 200 },
		context: { viewport: { width, height: 800 }, colorScheme }
	});
	await seek(0.5);
	await page.click('[data-action=panel]');
	await page.click('.look summary');
	await page.getByRole('searchbox').fill('粉');
	const { violations } = await new AxeBuilder({ page })
		.include('[data-part=captions]')
		.include('.transcript')
		.include('.look')
		.analyze();
	expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
		width
	);
	const small = await page.evaluate(() =>
		[...document.querySelectorAll('.look :is(label, button, summary, select), .transcript button')]
			.filter((e) => e.getBoundingClientRect().width > 0 && !e.matches('.term, .select'))
			.filter((e) => {
				const { width: w, height: h } = e.getBoundingClientRect();
				return w < 44 || h < 44;
			})
			.map((e) => e.outerHTML.slice(0, 80))
	);
	expect(small).toEqual([]);
	const low = await page.evaluate(() =>
		[...document.querySelectorAll('.term')]
			.filter((e) => e.getBoundingClientRect().height < 24)
			.map((e) => e.outerHTML.slice(0, 80))
	);
	expect(low).toEqual([]);
});
