/** Where fingers and eyes find things again: buttons stay, nothing of the signing is covered. */
import { describe, expect, test } from 'vitest';
import * as placing from '#lib/player/stage/placing.ts';
import {
	box,
	open,
	page,
	PHONE,
	picture,
	remembered,
	SQUARE,
	still,
	touching,
	until,
	useStage,
	watch,
	type Box
} from './stage-page.ts';

useStage();

const layoutNow = (): Promise<string | null> =>
	page.locator('[data-part=stage]').getAttribute('data-layout');

describe('on a phone', () => {
	test('one place, tapped again and again, goes through all layouts', async () => {
		await watch({ viewport: { width: 360, height: 740 }, hasTouch: true });
		// A page has something above the player and below it, so that it can be scrolled both ways.
		await page.addStyleTag({ content: 'body { padding-block: 400px 900px }' });
		await page.locator('[data-part=controls]').evaluate((one) => {
			one.scrollIntoView({ block: 'end' });
		});
		const { x, y, width, height } = await box('[data-action=layout]');
		const seen: (string | null)[] = [];
		for (let tap = 0; tap < 5; tap++) {
			const before = await layoutNow();
			await page.touchscreen.tap(x + width / 2, y + height / 2);
			await until(async () => (await layoutNow()) !== before);
			seen.push(await layoutNow());
		}
		expect(seen).toEqual(['corner', 'large', 'sign', 'demonstration', 'side']);
		expect(Math.abs((await box('[data-action=layout]')).y - y)).toBeLessThan(8);
	});

	test.each(['corner', 'large'] as const)(
		'%s: where there is height, neither covers the other',
		async (layout) => {
			await open({ ...PHONE, viewport: { width: 360, height: 740 }, settings: { layout } });
			const [large, small] =
				layout === 'large'
					? (['sign', 'demonstration'] as const)
					: (['demonstration', 'sign'] as const);
			const above = await picture(large, large === 'sign' ? 1 : 16 / 9);
			const below = await still(`.pane.${small}`);
			expect(below.y).toBeGreaterThanOrEqual(above.y + above.height);
		}
	);

	test.each([
		['upright', { width: 360, height: 740 }],
		['on its side', { width: 740, height: 360 }]
	])('%s, full screen, practising too: both pictures are there', async (_, viewport) => {
		for (const y of [0, 1]) {
			const small = { x: 0, y, width: 0.3 };
			await watch({
				...PHONE,
				viewport,
				settings: { layout: 'corner', small },
				query: `${SQUARE}&rich`
			});
			await page.click('[data-action=fullscreen]');
			await expectBoth();
			await page.click('[data-action=practice]');
			await page.waitForSelector('.practice');
			await expectBoth();
			await page.context().close();
		}
	});
});

async function expectBoth(): Promise<void> {
	for (const id of ['demonstration', 'sign']) {
		const { width, height } = await still(`.pane.${id}`);
		expect(Math.min(width, height)).toBeGreaterThan(140);
	}
}

describe('the small picture under a finger', () => {
	const TALL = {
		...PHONE,
		viewport: { width: 360, height: 740 },
		settings: { layout: 'corner' as const, followsAction: false }
	};
	const small = (): Promise<Box> => still('.pane.on-small');

	test('its menu leaves it to be seen, wherever it goes', async () => {
		await watch(TALL);
		await page.tap('.handle');
		await page.waitForSelector('.menu');
		for (const name of ['左上', '右上', '左下', '下', '上']) {
			await page.getByRole('button', { name, exact: true }).tap();
			expect(placing.overlap(await still('.menu'), await small())).toBe(0);
		}
	});

	test('goes with a finger, and only when the finger is on it', async () => {
		await watch(TALL);
		await page.waitForSelector('.handle');
		const start = await small();
		const fingers = await touching();
		const from = { x: start.x + start.width / 2, y: start.y + start.height / 2 };
		await fingers('touchStart', from);
		for (const by of [10, 30, 60]) await fingers('touchMove', { x: from.x - by, y: from.y - by });
		await fingers('touchEnd');
		const end = await small();
		expect(Math.abs(end.x - (start.x - 60))).toBeLessThan(2);
		expect(Math.abs(end.y - (start.y - 60))).toBeLessThan(2);
		expect(await page.evaluate(() => scrollY)).toBe(0);
		expect((await remembered()).small).not.toMatchObject({ x: 1, y: 1 });
	});
});

describe('the signer large on a wide screen', () => {
	test.each([
		['right', 1],
		['left', 0]
	])('stands aside of what lies in the %s corner', async (_, x) => {
		await open({ settings: { layout: 'large', small: { x, y: 1, width: 0.3 } }, query: SQUARE });
		// He steps aside once the sizes are known, so that the boxes are looked at until he has.
		const pane = await still('.pane.sign');
		const small = await still('.pane.demonstration');
		const fromX = async (): Promise<number> => {
			const aside = await page
				.locator('.pane.sign video[data-track]')
				.evaluate((video) => getComputedStyle(video).objectPosition);
			const asidePx = Number(/([+-]) ([\d.]+)px/.exec(aside)?.slice(1).join('') ?? 0);
			return pane.x + (pane.width - pane.height) / 2 + asidePx;
		};
		await until(async () =>
			x === 1 ? small.x >= (await fromX()) + pane.height : small.x + small.width <= (await fromX())
		);
		// Aside, and whole.
		expect(await fromX()).toBeGreaterThanOrEqual(pane.x - 0.5);
		expect((await fromX()) + pane.height).toBeLessThanOrEqual(pane.x + pane.width + 0.5);
	});
});

describe('what lies on the pictures goes away again', () => {
	test('the preview comes with a key on the seek bar, not with Tab, and goes by itself or with Escape', async () => {
		await watch({});
		const preview = page.locator('.seek .preview');
		await page.locator('.seek input').focus();
		await page.keyboard.press('Shift+Tab');
		await page.keyboard.press('Tab');
		expect(await preview.count()).toBe(0);
		await page.keyboard.press('ArrowRight');
		await until(async () => (await preview.count()) === 1);
		await until(async () => (await preview.count()) === 0);
		await page.keyboard.press('ArrowRight');
		await until(async () => (await preview.count()) === 1);
		await page.keyboard.press('Escape');
		expect(await preview.count()).toBe(0);
	});
});

describe('when the lesson is over', () => {
	test('the picture says so, and shows it again at one press', async () => {
		await watch({ settings: { takesTurns: true, rate: 2 } });
		await page.locator('.seek input').focus();
		await page.keyboard.press('End');
		const end = page.locator('[data-part=end]');
		await until(async () => (await end.count()) === 1);
		expect(await end.textContent()).toContain('看完了');
		expect(await page.locator('.pane .tags span').count()).toBe(0);
		await end.getByRole('button', { name: '再看一遍' }).click();
		await until(async () => (await end.count()) === 0);
		await until(() => page.evaluate(() => window.__playerBench.main.currentTime < 10));
	});
});

test('at 400 % zoom both pictures are still there', async () => {
	await watch({ viewport: { width: 320, height: 256 } });
	for (const id of ['sign', 'demonstration'] as const)
		expect((await box(`.pane.${id}`)).width).toBeGreaterThanOrEqual(90);
});

test('paused in turns, it is said whose picture goes on and whose waits', async () => {
	await watch({ settings: { takesTurns: true } });
	await until(async () => (await page.locator('.player').getAttribute('data-turn')) === 'sign');
	expect(await page.locator('.pane.demonstration .tags').textContent()).toContain('先停一下');
	expect(await page.locator('.pane.sign .tags').textContent()).not.toContain('从这里接着看');
	await page.click('[data-action=play]');
	await until(
		async () => (await page.locator('.pane .tags', { hasText: '从这里接着看' }).count()) === 1
	);
	expect(await page.locator('.pane.is-standing .tags').textContent()).toContain('先停一下');
});
