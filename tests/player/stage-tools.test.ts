/** Moving, sizing and looking closer, in real Chromium: by pointer, by keys, by taps. */
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import * as placing from '#lib/player/stage/placing.ts';
import { READABLE } from '#lib/player/stage/readable.ts';
import {
	box,
	isInside,
	open,
	page,
	PHONE,
	remembered,
	SQUARE,
	still,
	touching,
	useStage,
	watch,
	type Box
} from './stage-page.ts';

useStage();

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
		await open({ settings: { isMirrored: true }, hasSign: false, query: '&signed' });
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

	test('two fingers bring it closer, one moves it, and a whole one lets the page scroll', async () => {
		await watch({ ...PHONE, settings: { layout: 'demonstration' } });
		const pane = await box('.demonstration');
		const touchAction = (): Promise<string> =>
			page.$eval('.demonstration', (e) => getComputedStyle(e).touchAction);
		expect(await touchAction()).toBe('auto');
		await page.keyboard.press('+');
		await page.waitForSelector('.ArrowLeft');
		expect(await touchAction()).toBe('none');
		const middle = { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 };
		const touch = await touching();
		const at = (dx: number, dy = 0) => ({ x: middle.x + dx, y: middle.y + dy });
		await touch('touchStart', at(-30), at(30));
		for (const apart of [34, 38, 42, 45]) await touch('touchMove', at(-apart), at(apart));
		await touch('touchEnd');
		const { x, scale } = await transform('demonstration');
		expect(parseFloat(scale)).toBeGreaterThan(1.8);
		await touch('touchStart', at(0, 20));
		for (const dx of [5, 15, 25, 35]) await touch('touchMove', at(dx, 20));
		await touch('touchEnd');
		expect((await transform('demonstration')).x - x).toBeGreaterThan(20);
		await page.getByRole('button', { name: '看全部' }).click();
		await page.waitForSelector('.ArrowLeft', { state: 'detached' });
		expect(await touchAction()).not.toBe('none');
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

test('nothing glides for those who want no motion; forced colours keep every edge', async () => {
	await watch({
		...{ reducedMotion: 'reduce', forcedColors: 'active' },
		settings: { layout: 'corner' }
	});
	await page.waitForSelector('.handle');
	const style = await page.$eval('.pane.on-small', (pane) => {
		const { transitionDuration, outlineStyle } = getComputedStyle(pane);
		return { isStill: parseFloat(transitionDuration) < 0.001, outlineStyle };
	});
	expect(style).toEqual({ isStill: true, outlineStyle: 'solid' });
});
