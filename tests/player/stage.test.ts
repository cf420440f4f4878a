/** The stage in real Chromium: how the pictures lie, and every way to change that. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { LAYOUTS, type Settings } from '#lib/player/model.ts';
import * as placing from '#lib/player/stage/placing.ts';
import { READABLE } from '#lib/player/stage/readable.ts';
import { buildPage } from '../bench/player/build.ts';
import { clip } from '../bench/player/clips.ts';
import { serve, type MediaServer } from '../bench/player/server.ts';

let folder: string;
let server: MediaServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'stage-'));
	await clip(folder, 'main', '0x7a4a20', 20);
	await clip(folder, 'sign', '0x204a7a', 20);
	await buildPage(join(folder, 'page/dist'));
	server = await serve(folder, join(folder, 'page/dist'));
	const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
		(p) => p && existsSync(p)
	);
	browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});
afterAll(async () => {
	await browser?.close();
	await server?.close();
	await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
	server.tap.release();
	await page.context().close();
});

type Opening = BrowserContextOptions & { settings?: Partial<Settings>; query?: string };
const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true };
const SQUARE = '&signSize=480x480';

async function open({ settings = {}, query = SQUARE, ...context }: Opening): Promise<void> {
	page = await (await browser.newContext({ ...DESK, ...context })).newPage();
	await page.addInitScript((chosen) => {
		localStorage.player ??= JSON.stringify(chosen);
	}, settings);
	const sources = 'main=/main/master.m3u8&sign=/sign/master.m3u8&seconds=20';
	await page.goto(`${server.origin}/index.html?${sources}${query}`);
	await page.waitForSelector('[data-is-ready]');
}
/** Opens, and clears away the big button without waiting for a video. */
async function watch(opening: Opening): Promise<void> {
	await open(opening);
	await page.click('.begin');
	await page.waitForSelector('.begin', { state: 'detached' });
}

type Box = { x: number; y: number; width: number; height: number };
const box = async (selector: string): Promise<Box> => {
	const found = await page.locator(selector).first().boundingBox();
	if (!found) throw new Error(`${selector} is not to be seen`);
	return found;
};
/** The box of the picture itself, without the room beside it. */
const picture = async (id: 'sign' | 'demonstration', ratio: number): Promise<Box> => {
	const pane = await box(`.pane.${id}`);
	const width = Math.min(pane.width, pane.height * ratio);
	return { ...pane, width, height: width / ratio };
};
const ratioOf = (query: string): number => {
	const [, w = 16, h = 9] = /(\d+)x(\d+)/.exec(query) ?? [];
	return Number(w) / Number(h);
};
const remembered = (): Promise<Settings> =>
	page.evaluate(() => JSON.parse(localStorage.player ?? '{}'));
const until = (isTrue: () => Promise<boolean>): Promise<void> =>
	expect.poll(isTrue, { timeout: 20_000, interval: 50 }).toBe(true);
/** A box that no longer moves. */
async function still(selector: string): Promise<Box> {
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
const isInside = (inner: Box, outer: Box): boolean =>
	inner.x >= outer.x - 0.5 &&
	inner.y >= outer.y - 0.5 &&
	inner.x + inner.width <= outer.x + outer.width + 0.5 &&
	inner.y + inner.height <= outer.y + outer.height + 0.5;

describe.each([
	[1280, 900],
	[1024, 768],
	[740, 360],
	[360, 740],
	[320, 568]
])('at %i × %i', (width, height) => {
	test.each(['', SQUARE, '&signSize=480x640'])(
		'every layout shows its pictures whole and the signer readable (%s)',
		async (query) => {
			await open({ viewport: { width, height }, query });
			const ratio = ratioOf(query);
			for (const layout of LAYOUTS) {
				await page.evaluate((chosen) => {
					localStorage.player = JSON.stringify({ layout: chosen });
				}, layout);
				await page.reload();
				await page.waitForSelector(`.stage[data-layout=${layout}]`);
				const floor = await box('.floor');
				const seen = page.locator('.pane video[data-track]:visible');
				expect(await seen.count()).toBe(layout === 'sign' || layout === 'demonstration' ? 1 : 2);
				expect(await page.locator('.pane video[data-track]').count()).toBe(2);
				for (const pane of await page.locator('.pane').all())
					expect(isInside((await pane.boundingBox()) as Box, floor)).toBe(true);
				if (layout === 'demonstration') continue;
				const sign = await picture('sign', ratio);
				const room = floor.height - 2 * placing.MARGIN_PX;
				expect(sign.width).toBeGreaterThanOrEqual(Math.min(READABLE.width, room * ratio) - 0.5);
				expect(sign.height).toBeGreaterThanOrEqual(Math.min(READABLE.height, room) - 0.5);
			}
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
				width
			);
		}
	);
});

describe('side by side', () => {
	test('both stand at one height, in the order chosen', async () => {
		await open({});
		const [sign, demonstration] = [await box('.sign'), await box('.demonstration')];
		expect(Math.abs(sign.height - demonstration.height)).toBeLessThan(1);
		expect((await picture('sign', 1)).height).toBeCloseTo(sign.height, 0);
		expect(sign.x).toBeGreaterThan(demonstration.x);
		await page.keyboard.press('s');
		await until(async () => (await box('.sign')).x < (await box('.demonstration')).x);
	});

	test.each(['', SQUARE])('on a phone the signer is at least as large (%s)', async (query) => {
		await open({ ...PHONE, query });
		const sign = await picture('sign', ratioOf(query));
		const demonstration = await picture('demonstration', 16 / 9);
		expect(sign.width).toBeGreaterThanOrEqual(demonstration.width - 1);
		expect(sign.y).toBeGreaterThanOrEqual(demonstration.y + demonstration.height - 1);
	});

	test('on a phone on its side, full screen, the signer has half of the width', async () => {
		await watch({ viewport: { width: 740, height: 360 } });
		await page.keyboard.press('f');
		await page.waitForSelector('.stage.is-full');
		const floor = await still('.floor');
		const [sign, demonstration] = [await box('.sign'), await box('.demonstration')];
		expect(sign.width).toBeGreaterThanOrEqual(floor.width / 2 - 1);
		expect(sign.height).toBeCloseTo(floor.height, 0);
		expect(demonstration.width).toBeGreaterThan(200);
	});

	test('the border moves by keys, by a drag and by taps, and says where it is', async () => {
		await watch({});
		const before = await box('.sign');
		const separator = page.getByRole('separator', { name: '两个画面的大小' });
		await separator.focus();
		await page.keyboard.press('ArrowLeft');
		await until(async () => (await box('.sign')).width > before.width + 10);
		expect((await remembered()).signShare).toBe(55);
		expect(await separator.getAttribute('aria-valuenow')).toBe('45');
		expect(await separator.getAttribute('aria-orientation')).toBe('vertical');
		await page.keyboard.press('End');
		expect((await remembered()).signShare).toBe(20);

		const grip = await still('[role=separator]');
		await page.mouse.move(grip.x + 22, grip.y + 22);
		await page.mouse.down();
		await page.mouse.move(grip.x - 278, grip.y + 22, { steps: 4 });
		await page.mouse.up();
		const edge = await box('.sign');
		expect(Math.abs(edge.x - (grip.x + 22 - 300))).toBeLessThan(12);

		await separator.press('Enter');
		await page.getByRole('button', { name: '手语大' }).click();
		expect((await remembered()).signShare).toBe(70);
		await page.keyboard.press('Escape');
		expect(await page.locator('.menu').count()).toBe(0);
		expect(await separator.evaluate((e) => e === document.activeElement)).toBe(true);
	});

	test('stacked, the border is drawn up and down', async () => {
		await watch(PHONE);
		const separator = page.getByRole('separator');
		await separator.waitFor();
		expect(await separator.getAttribute('aria-orientation')).toBe('horizontal');
		const before = await box('.sign');
		await separator.press('ArrowDown');
		await until(async () => (await box('.sign')).height < before.height - 4);
		const grip = await box('[role=separator]');
		const floor = await box('.floor');
		expect(isInside(grip, { ...floor, y: floor.y - 22, height: floor.height + 44 })).toBe(true);
	});
});

describe('the small picture', () => {
	const CORNER = { settings: { layout: 'corner' as const, followsAction: false } };
	const small = (): Promise<Box> => still('.pane.on-small');
	/** What placing.ts says of the place that is remembered. */
	async function expected(): Promise<Box> {
		const floor = await box('.floor');
		const room = { ...floor, reservedPx: 0 };
		const at = (await remembered()).small;
		const picture = { ratio: 1, leastPx: READABLE.width };
		const rect = placing.rectAt(room, placing.sizeOf(room, picture, at.width), at);
		return { ...rect, x: floor.x + rect.x, y: floor.y + rect.y };
	}
	async function expectAsRemembered(): Promise<void> {
		const [now, should] = [await small(), await expected()];
		for (const side of ['x', 'y', 'width', 'height'] as const)
			expect(Math.abs(now[side] - should[side])).toBeLessThan(1);
	}
	async function drag(selector: string, dx: number, dy: number): Promise<void> {
		const { x, y, width, height } = await box(selector);
		await page.mouse.move(x + width / 2, y + height / 2);
		await page.mouse.down();
		await page.mouse.move(x + width / 2 + dx, y + height / 2 + dy, { steps: 5 });
		await page.mouse.up();
	}

	test('is dragged by its handle or with the mouse by itself, and stays inside', async () => {
		await watch(CORNER);
		const start = await small();
		await page.waitForSelector('.handle');
		await drag('.handle', -200, -100);
		const moved = await small();
		expect(Math.abs(moved.x - (start.x - 200))).toBeLessThan(2);
		expect(Math.abs(moved.y - (start.y - 100))).toBeLessThan(2);
		await expectAsRemembered();

		const phase = await page.getAttribute('.player', 'data-phase');
		await drag('.pane.on-small', -3000, -3000);
		expect(isInside(await small(), await box('.floor'))).toBe(true);
		expect((await remembered()).small).toMatchObject({ x: 0, y: 0 });
		expect(await page.getAttribute('.player', 'data-phase')).toBe(phase);
	});

	test('is resized at its inner corner, never below what can be read', async () => {
		await watch(CORNER);
		const start = await small();
		await page.waitForSelector('.grip');
		await drag('.on-small > .grip', -100, -100);
		const larger = await small();
		expect(Math.abs(larger.width - (start.width + 100))).toBeLessThan(2);
		await expectAsRemembered();
		await drag('.on-small > .grip', 900, 0);
		expect((await small()).width).toBeGreaterThanOrEqual(READABLE.width);
	});

	test('goes by keys: arrows, size, keypad; and says where it is', async () => {
		await watch(CORNER);
		const handle = page.getByRole('button', { name: '移动手语画面' });
		const start = await small();
		await handle.press('ArrowLeft');
		expect((await small()).x).toBeCloseTo(start.x - 24, 0);
		await handle.press('7');
		const floor = await box('.floor');
		expect(await small()).toMatchObject({ x: floor.x + 10, y: floor.y + 10 });
		expect(await handle.getAttribute('aria-label')).toContain('左上');
		const before = await small();
		await handle.press('Shift+ArrowRight');
		expect((await small()).width).toBeCloseTo(before.width + 24, 0);
		await handle.press('-');
		expect((await small()).width).toBeCloseTo(before.width, 0);
		await handle.press('9');
		await expectAsRemembered();
		expect(await page.getAttribute('.player', 'data-phase')).not.toBe('ended');
		await page.reload();
		await page.waitForSelector('.stage[data-layout=corner]');
		await expectAsRemembered();
	});

	test('goes by taps alone, on targets for fingers', async () => {
		await watch({ ...PHONE, ...CORNER });
		await page.tap('.handle');
		await page.waitForSelector('.menu');
		expect(await page.evaluate(() => document.activeElement?.closest('.menu') !== null)).toBe(true);
		for (const button of await page.locator('.menu button').all()) {
			const { width, height } = (await button.boundingBox()) as Box;
			expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
		}
		expect(isInside(await box('.menu'), await box('.floor'))).toBe(true);
		for (const name of ['左上', '上', '右上', '左', '右', '左下', '下', '右下']) {
			await page.getByRole('button', { name, exact: true }).tap();
			await expectAsRemembered();
		}
		const widths: number[] = [];
		for (const name of ['小', '中', '大']) {
			await page.getByRole('button', { name, exact: true }).tap();
			widths.push((await small()).width);
		}
		expect(widths).toEqual([...widths].sort((a, b) => a - b));
		expect(new Set(widths.map(Math.round)).size).toBe(3);
		await page.getByRole('button', { name: '好了' }).tap();
		expect(await page.locator('.menu').count()).toBe(0);
	});

	test('goes out of the way of the hands, and nowhere when it may not', async () => {
		for (const followsAction of [true, false]) {
			await watch({
				query: `${SQUARE}&rich`,
				settings: { layout: 'corner', followsAction }
			});
			await page.waitForSelector('.handle');
			const [now, floor] = [await small(), await box('.floor')];
			// The bare page's hands are at work in this part of the picture.
			const hands = {
				...{ x: floor.x + 0.55 * floor.width, y: floor.y + 0.5 * floor.height },
				...{ width: 0.4 * floor.width, height: 0.45 * floor.height }
			};
			expect(placing.overlap(now, hands) === 0).toBe(followsAction);
			expect((await remembered()).small ?? { x: 1, y: 1 }).toMatchObject({ x: 1, y: 1 });
			if (followsAction) await page.context().close();
		}
	});

	test('is the demonstration when the signer is large', async () => {
		await watch({ settings: { layout: 'large' } });
		await page.waitForSelector('.handle');
		expect(await page.getAttribute('.handle', 'aria-label')).toContain('移动操作画面');
		expect((await box('.sign')).height).toBeGreaterThan((await box('.demonstration')).height);
	});
});

describe('looking at the demonstration', () => {
	const transform = (id: string): Promise<{ x: number; y: number; scale: string }> =>
		page.$eval(`video[data-track=${id}]`, (video) => {
			const { translate, scale } = getComputedStyle(video);
			const [x = 0, y = 0] = translate === 'none' ? [] : translate.split(' ').map(parseFloat);
			return { x, y, scale };
		});

	test('mirrors it alone, and says so', async () => {
		await watch({});
		await page.keyboard.press('x');
		await page.waitForSelector('.demonstration .tags :text("镜像")');
		expect((await transform('demonstration')).scale).toMatch(/^-1 1/);
		expect((await transform('sign')).scale).toBe('none');
	});

	test('never mirrors a signer who is in it', async () => {
		page = await (await browser.newContext(DESK)).newPage();
		await page.addInitScript(() => (localStorage.player = '{"isMirrored":true}'));
		await page.goto(`${server.origin}/index.html?main=/main/master.m3u8&seconds=20&signed`);
		await page.waitForSelector('[data-is-ready]');
		expect((await transform('demonstration')).scale).toBe('none');
	});

	test('comes closer and goes about by keys, buttons and mouse, never beyond its border', async () => {
		await watch({});
		await page.keyboard.press('+');
		await page.keyboard.press('+');
		await page.waitForSelector('.ArrowLeft');
		const group = page.getByRole('group', { name: '放大操作画面' });
		const pane = await box('.demonstration');
		const most = (1.25 * pane.width) / 2;
		await group.getByRole('button', { name: '看左边' }).click();
		expect((await transform('demonstration')).x).toBeCloseTo(0.2 * pane.width, 0);
		for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowLeft');
		expect((await transform('demonstration')).x).toBeCloseTo(most, 0);

		const phase = await page.getAttribute('.player', 'data-phase');
		await page.mouse.move(pane.x + 300, pane.y + 200);
		await page.mouse.down();
		await page.mouse.move(pane.x + 200, pane.y + 170, { steps: 4 });
		await page.mouse.up();
		expect((await transform('demonstration')).x).toBeCloseTo(most - 100, 0);
		expect(await page.getAttribute('.player', 'data-phase')).toBe(phase);
		expect((await transform('sign')).scale).toBe('none');

		await group.getByRole('button', { name: '看全部' }).click();
		expect(await transform('demonstration')).toEqual({ x: 0, y: 0, scale: 'none' });
	});

	test('mirrored, looking left still shows what lies on the left', async () => {
		await watch({ settings: { isMirrored: true } });
		await page.keyboard.press('+');
		await page.waitForSelector('.ArrowLeft');
		await page.getByRole('button', { name: '看左边' }).click();
		expect((await transform('demonstration')).x).toBeGreaterThan(20);
	});

	test('on a phone its buttons have room and are large enough', async () => {
		await watch({ ...PHONE });
		await page.keyboard.press('+');
		await page.waitForSelector('.ArrowLeft');
		const pane = await box('.demonstration');
		const boxes: Box[] = [];
		for (const button of await page.locator('.demonstration button').all()) {
			const one = (await button.boundingBox()) as Box;
			expect(Math.min(one.width, one.height)).toBeGreaterThanOrEqual(44);
			expect(isInside(one, pane)).toBe(true);
			for (const other of boxes) expect(placing.overlap(one, other)).toBe(0);
			boxes.push(one);
		}
		expect(boxes.length).toBe(7);
	});
});

describe('what the panes tell', () => {
	test('a border lights up where something starts, and goes', async () => {
		await watch({});
		await page.waitForSelector('.sign.is-lit');
		await until(async () => (await page.locator('.is-lit').count()) === 0);
	});

	test('a lost picture is named in its own pane, and comes back when asked for', async () => {
		await open({});
		server.tap.lose('/sign/');
		await page.click('.begin');
		await page.waitForSelector('.pane.sign [role=alert]:has-text("手语视频断了")');
		server.tap.release();
		await page.click('.pane.sign [role=alert] button');
		await page.waitForSelector('[role=alert]', { state: 'detached' });
	});

	test('a lost picture that is not shown is named all the same', async () => {
		await open({});
		server.tap.lose('/sign/');
		await page.click('.begin');
		await page.waitForSelector('.pane.sign [role=alert]');
		await page.keyboard.press('v');
		await page.keyboard.press('v');
		await page.keyboard.press('v');
		await page.keyboard.press('v');
		await page.waitForSelector('.stage[data-layout=demonstration] .unseen [role=alert]');
	});
});

test.each(['light', 'dark'] as const)(
	'axe finds nothing with every tool open, %s',
	async (theme) => {
		for (const [layout, opener] of [
			['corner', '.handle'],
			['side', '[role=separator]']
		] as const) {
			await watch({ ...PHONE, colorScheme: theme, settings: { layout } });
			await page.keyboard.press('+');
			await page.locator(opener).press('Enter');
			await page.waitForSelector('.menu');
			const { violations } = await new AxeBuilder({ page }).include('.stage').analyze();
			expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
			if (layout === 'corner') await page.context().close();
		}
	}
);
