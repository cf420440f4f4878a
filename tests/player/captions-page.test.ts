/** Captions, transcript and glossary in real Chromium on the bare page. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULTS, type CaptionLook, type Settings } from '#lib/player/model.ts';
import { buildPage } from '../bench/player/build.ts';
import { clip } from '../bench/player/clips.ts';
import { serve, type MediaServer } from '../bench/player/server.ts';

let folder: string;
let server: MediaServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'captions-'));
	await clip(folder, 'main', '0x7a4a20', 20);
	await clip(folder, 'sign', '0x204a7a', 20);
	await buildPage(join(folder, 'page/dist'));
	server = await serve(folder, join(folder, 'page/dist'));
	const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
		(p) => p && existsSync(p)
	);
	browser = await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
	});
});
afterAll(async () => {
	await browser?.close();
	await server?.close();
	await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
	await page.context().close();
});

type Wish = {
	settings?: Partial<Omit<Settings, 'look'>>;
	look?: Partial<CaptionLook>;
	/** A WebVTT file instead of the invented lines. */
	file?: string;
	context?: BrowserContextOptions;
};
async function open({ settings, look, file, context }: Wish = {}): Promise<void> {
	const opened = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...context });
	page = await opened.newPage();
	const stored = { ...settings, look: { ...DEFAULTS.look, ...look } };
	await page.goto(`${server.origin}/index.html`);
	await page.evaluate((text) => localStorage.setItem('player', text), JSON.stringify(stored));
	const query = new URLSearchParams({
		...{ main: '/main/master.m3u8', sign: '/sign/master.m3u8', seconds: '20', rich: '' },
		...(file !== undefined && { captions: `WEBVTT\n\n${file}` })
	});
	await page.goto(`${server.origin}/index.html?${query}`);
	await page.waitForSelector('[data-is-ready]');
}
const seek = async (seconds: number): Promise<void> => {
	await page.evaluate((to) => window.__playerBench.seek(to), seconds);
	await until(async () => (await page.getAttribute('.player', 'data-phase')) === 'paused');
};
const until = (isTrue: () => Promise<boolean>): Promise<void> =>
	expect.poll(isTrue, { timeout: 20_000, interval: 50 }).toBe(true);
const boxOf = async (selector: string) => {
	const box = await page.locator(selector).first().boundingBox();
	if (!box) throw new Error(`${selector} is not to be seen`);
	return { ...box, right: box.x + box.width, bottom: box.y + box.height };
};
const spoken = '[data-part=captions] .cue';

describe('the place of captions', () => {
	test('below: never on a picture, and nothing jumps when they come and go', async () => {
		await open({ settings: { secondCaptions: 'en' } });
		await seek(0.5);
		const [strip, stage] = [await boxOf('.strip'), await boxOf('.stage')];
		expect(strip.y).toBeGreaterThanOrEqual(stage.bottom - 1);
		expect(await page.locator(spoken).count()).toBe(2);
		await seek(2.4);
		expect(await page.locator(spoken).count()).toBe(0);
		expect(await boxOf('.strip')).toEqual(strip);
	});

	test('below: the room a long sentence took stays, so that buttons stay where they are', async () => {
		const file = `00:01.000 --> 00:02.000\n${'先把糯米粉倒进盆里。'.repeat(9)}\n\n00:03.000 --> 00:05.000\n短`;
		await open({ file, context: { viewport: { width: 360, height: 740 } } });
		const before = await boxOf('.strip');
		await seek(1.5);
		await until(async () => (await boxOf('.strip')).height > before.height * 1.5);
		const long = await boxOf('.strip');
		await seek(3.5);
		await until(async () => (await page.textContent('.strip'))?.trim() === '短');
		expect(Math.abs((await boxOf('.strip')).height - long.height)).toBeLessThan(1);
		await page.setViewportSize({ width: 1280, height: 900 });
		await until(async () => (await boxOf('.strip')).height < long.height);
	});

	test('beside: in a column on a wide page, below on a narrow one', async () => {
		await open({ look: { place: 'beside' } });
		await seek(0.5);
		expect((await boxOf('.strip')).x).toBeGreaterThanOrEqual((await boxOf('.stage')).right - 1);
		await page.setViewportSize({ width: 360, height: 740 });
		await until(async () => (await boxOf('.strip')).y >= (await boxOf('.stage')).bottom - 1);
	});

	test('over: where the file wants them, apart, and off the signer in his corner', async () => {
		const file = [
			'00:00.000 --> 00:05.000 line:0 align:left',
			'上面左边\n',
			'00:00.000 --> 00:05.000',
			'下面第一句\n',
			'00:00.000 --> 00:05.000',
			'下面第二句\n',
			'00:00.000 --> 00:05.000 position:90% size:20%',
			'手语旁边\n',
			'00:00.000 --> 00:05.000 vertical:lr line:0',
			'竖排'
		].join('\n');
		await open({
			file,
			settings: { layout: 'corner', followsAction: false },
			look: { place: 'over' }
		});
		await page.waitForSelector('.on-small');
		await seek(1);
		await page.waitForSelector('.over .window');
		const stage = await boxOf('.floor');
		const signer = await boxOf('.on-small');
		const boxes = await Promise.all(
			[0, 1, 2, 3, 4].map((i) => boxOf(`.over [data-loose]:nth-child(${i + 1}) .window`))
		);
		type B = (typeof boxes)[0];
		const [top, first, second, , column] = boxes as [B, B, B, B, B];
		expect([Math.round(top.x - stage.x), Math.round(top.y - stage.y)]).toEqual([0, 0]);
		expect(second.bottom).toBeLessThanOrEqual(first.y + 1);
		expect(Math.abs(column.x - stage.x)).toBeLessThan(3);
		expect(column.height).toBeGreaterThan(column.width * 1.3);
		const all = [...boxes, signer];
		for (const [i, a] of all.entries())
			for (const b of all.slice(i + 1)) {
				const shared = [
					Math.min(a.right, b.right) - Math.max(a.x, b.x),
					Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y)
				];
				expect(Math.min(...shared)).toBeLessThanOrEqual(2);
			}
		for (const box of boxes) expect(box.bottom).toBeLessThanOrEqual(stage.bottom + 2);
	});

	test('over: a region keeps its lines together, the latest at its foot', async () => {
		const file = [
			'REGION\nid:a\nwidth:40%\nlines:3\nregionanchor:0%,0%\nviewportanchor:10%,10%\nscroll:up\n',
			'00:00.000 --> 00:05.000 region:a align:left',
			'一\n',
			'00:00.000 --> 00:05.000 region:a align:left',
			'二'
		].join('\n');
		await open({ file, look: { place: 'over' } });
		await seek(1);
		await page.waitForSelector('.region .window');
		const [floor, region] = [await boxOf('.floor'), await boxOf('.region')];
		expect((region.x - floor.x) / floor.width).toBeCloseTo(0.1, 2);
		expect((region.y - floor.y) / floor.height).toBeCloseTo(0.1, 2);
		expect(region.width / floor.width).toBeCloseTo(0.4, 2);
		await until(async () => {
			const last = await boxOf('.region > div:last-child');
			return Math.abs(last.bottom - region.bottom) < 2;
		});
		expect(await page.locator('.region > div').allTextContents()).toEqual(['一', '二']);
	});
});

describe('what the viewer chose', () => {
	test('is there again next time: size, colour, place of letters', async () => {
		await open();
		await seek(0.5);
		const size = (): Promise<number> =>
			page.$eval('.strip', (strip) => parseFloat(getComputedStyle(strip).fontSize));
		const usual = await size();
		await page.click('[data-action=panel]');
		await page.check('[data-choice=size] [value="200"]');
		await page.click('.look summary');
		await page.check('[data-choice=colour] [value=yellow]');
		await page.selectOption('[data-choice=windowOpacity]', '50');
		await page.check('[data-choice=edge] [value=uniform]');
		await page.check('[data-choice=font] [value=serif]');
		await page.reload();
		await page.waitForSelector('[data-is-ready]');
		await seek(0.5);
		expect(await size()).toBeCloseTo(2 * usual, 1);
		const css = await page.$eval('.strip p', (line) => {
			const { color, fontFamily, textShadow } = getComputedStyle(line);
			return { color, fontFamily, textShadow };
		});
		expect(css.color).toBe('rgb(255, 255, 0)');
		expect(css.fontFamily).toContain('Songti SC');
		expect(css.textShadow).toContain('rgb(0, 0, 0)');
		await page.click('[data-action=panel]');
		await page.click('.look summary');
		await page.click('[data-action=reset-look]');
		await page.keyboard.press('Escape');
		await until(async () => (await size()) === usual);
	});

	test('two languages at once: the second smaller, below, and in its own tongue', async () => {
		await open();
		await page.click('[data-action=panel]');
		await page.check('[data-choice=second] [value=en]');
		await seek(0.5);
		const [first, second] = [await boxOf('.strip p:not(.second)'), await boxOf('.strip p.second')];
		expect(second.y).toBeGreaterThanOrEqual(first.bottom - 1);
		expect(second.height).toBeLessThan(first.height);
		expect(await page.getAttribute('.strip p.second', 'lang')).toBe('en');
	});

	test('in forced colours the letters are the system’s', async () => {
		await open({ look: { colour: 'red', windowOpacity: 0 }, context: { forcedColors: 'active' } });
		await seek(0.5);
		const [own, system] = await page.$eval('.strip .cue', (cue) => {
			const probe = document.body.appendChild(document.createElement('i'));
			probe.style.color = 'CanvasText';
			return [getComputedStyle(cue).color, getComputedStyle(probe).color];
		});
		expect(own).toBe(system);
	});
});

describe('a sound that matters', () => {
	/** When the border came on, in ms, watched frame by frame. */
	const watch = (): Promise<void> =>
		page.evaluate(() => {
			const seen: number[] = Object.assign(window, { __on: [] as number[] }).__on;
			let was = false;
			const look = (): void => {
				const border = document.querySelector('[data-part=alert]');
				const is = border !== null && getComputedStyle(border).opacity !== '0';
				if (is && !was) seen.push(performance.now());
				was = is;
				requestAnimationFrame(look);
			};
			look();
		});
	const lit = (): Promise<number[]> =>
		page.evaluate(() => (window as unknown as { __on: number[] }).__on);

	test('flashes three times within 1.5 s, and never faster however often it comes', async () => {
		const many = Array.from({ length: 20 }, (_, i) => {
			const at = (n: number): string => `00:0${(1 + n * 0.1).toFixed(3)}`;
			return `${at(i * 2)} --> ${at(i * 2 + 1)}\n<c.alert>[响]</c>\n`;
		});
		await open({ file: many.join('\n') });
		await watch();
		await page.click('.begin');
		await until(async () => (await lit()).length >= 6);
		const times = await lit();
		for (const [i, at] of times.entries())
			expect(times.slice(i).filter((one) => one < at + 950).length).toBeLessThanOrEqual(2);
	});

	test('is a steady border for those who asked for stillness, and gone after', async () => {
		await open({ context: { reducedMotion: 'reduce' } });
		await watch();
		await seek(5.5);
		await page.waitForSelector('[data-part=alert]', { state: 'attached' });
		await page.waitForSelector('[data-part=alert]', { state: 'detached' });
		expect((await lit()).length).toBe(1);
		expect(await page.locator('.strip .alert svg').count()).toBe(1);
	});

	test('can be switched off', async () => {
		await open({ settings: { hasAlerts: false } });
		await watch();
		await seek(5.5);
		expect(await page.textContent('.strip')).toContain('烤箱提示音');
		expect(await lit()).toEqual([]);
	});
});

describe('the transcript', () => {
	test('is searched by Enter and Shift+Enter, and says how many there are', async () => {
		await open();
		const field = page.getByRole('searchbox', { name: '找字' });
		await field.fill('糯米');
		const said = page.locator('.transcript output');
		await until(async () => (await said.textContent())?.trim() === '第 1 个，共 2 个');
		expect(await page.locator('.transcript mark').allTextContents()).toEqual(['糯米', '糯米']);
		await field.press('Enter');
		expect((await said.textContent())?.trim()).toBe('第 2 个，共 2 个');
		const [mark, lines] = [await boxOf('mark.at'), await boxOf('.lines')];
		expect(mark.y >= lines.y && mark.bottom <= lines.bottom).toBe(true);
		await field.press('Shift+Enter');
		expect((await said.textContent())?.trim()).toBe('第 1 个，共 2 个');
		await field.fill('没有的字');
		await until(async () => (await said.textContent())?.trim() === '没找到');
		expect(await page.getAttribute('.player', 'data-phase')).toBe('paused');
	});

	test('has a heading for each step, and a tap anywhere on a line leads there', async () => {
		await open();
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
		await open();
		await page.evaluate(() => (window.print = () => undefined));
		await page.click('[data-action=print]');
		await page.emulateMedia({ media: 'print' });
		const words = await page.evaluate(() => document.body.innerText);
		for (const word of ['包月饼：文字稿', '第 4 步', '糯米粉', '0:17'])
			expect(words).toContain(word);
		expect(await page.locator('.theatre').isVisible()).toBe(false);
		expect(await page.locator('.transcript button.tool').first().isVisible()).toBe(false);
		const [lines, last] = [
			await boxOf('.lines'),
			await boxOf('.lines ol:last-child li:last-child')
		];
		expect(last.bottom).toBeLessThanOrEqual(lines.bottom + 1);
		await page.emulateMedia({ media: 'screen' });
		await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
		await until(() => page.locator('.theatre').isVisible());
	});

	test('sends one line at a time to a braille display, only when asked, and leaves it there', async () => {
		await open();
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
		await open({ file: '00:00.000 --> 00:19.000\n先把糯米粉倒进盆里。' });
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
		await open({ context: { reducedMotion: 'reduce', viewport: { width: 360, height: 740 } } });
		await seek(0.5);
		await term().click();
		await until(isOpen);
		await page.waitForSelector('dialog .play:has-text("播放")');
		const sheet = await boxOf('dialog');
		expect([Math.round(sheet.x), Math.round(sheet.bottom)]).toEqual([0, 740]);
		await page.mouse.click(180, 40);
		await until(async () => !(await isOpen()));
		expect(await page.getAttribute('.player', 'data-phase')).toBe('paused');
	});

	test('that had the focus and is gone gives it to the player', async () => {
		await open();
		await seek(0.5);
		await term().focus();
		await page.evaluate(() => window.__playerBench.seek(3));
		await until(async () => (await page.textContent('.strip'))?.includes('加水') ?? false);
		await until(() => page.evaluate(() => document.activeElement?.matches('.player') ?? false));
		await page.keyboard.press('k');
		await until(async () => (await page.getAttribute('.player', 'data-phase')) === 'playing');
	});

	test('takes no focus by itself', async () => {
		await open();
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
	await open({
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
