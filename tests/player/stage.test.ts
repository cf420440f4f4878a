/** How the pictures lie on the stage, in real Chromium. */
import { describe, expect, test } from 'vitest';
import { LAYOUTS } from '#lib/player/model.ts';
import * as placing from '#lib/player/stage/placing.ts';
import { READABLE } from '#lib/player/stage/readable.ts';
import {
	box,
	isInside,
	open,
	page,
	PHONE,
	picture,
	ratioOf,
	remembered,
	server,
	SQUARE,
	still,
	until,
	useStage,
	watch,
	type Box
} from './stage-page.ts';

useStage();

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

	test('on the smallest phone neither picture is squeezed to make room for the other', async () => {
		await open({ viewport: { width: 320, height: 568 } });
		const [sign, other] = [await picture('sign', 1), await picture('demonstration', 16 / 9)];
		expect(sign.width).toBeGreaterThanOrEqual(READABLE.width);
		expect(other.width).toBeGreaterThanOrEqual(READABLE.width);
	});

	test.each([20, 80])('at %i % of the border both can still be seen', async (signShare) => {
		for (const viewport of [PHONE.viewport, { width: 1280, height: 900 }]) {
			await open({ viewport, settings: { signShare } });
			const [sign, other] = [await picture('sign', 1), await picture('demonstration', 16 / 9)];
			expect(sign.height).toBeGreaterThanOrEqual(READABLE.height - 0.5);
			expect(other.width).toBeGreaterThanOrEqual(120 - 0.5);
			if (viewport === PHONE.viewport) await page.context().close();
		}
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
