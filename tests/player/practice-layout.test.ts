/** What is seen in practice mode without scrolling, in real Chromium: asked of the pixels themselves. */
import { describe, expect, test } from 'vitest';
import {
	CALM_MS,
	open,
	page,
	practise,
	shows,
	TITLES,
	until,
	useBrowser
} from './practice-page.ts';

useBrowser();

const SQUARE = '&signSize=480x480';
const SCREENS = [
	['upright', 360, 740, SQUARE],
	['upright, a wide signer', 360, 740, ''],
	['a low one', 360, 640, SQUARE],
	['a tall one', 412, 915, SQUARE],
	['a tablet', 768, 1024, SQUARE],
	['on its side', 740, 360, SQUARE],
	['a desk', 1280, 900, SQUARE]
] as const;
/** Where the bare page says that hands are at work, in shares of the demonstration. */
const HANDS = { x: 0.55, y: 0.5, width: 0.4, height: 0.45 };

/** What covers something, or lies beyond the screen, at nine points of it. */
const covering = (selector: string, part = { x: 0, y: 0, width: 1, height: 1 }) =>
	page.evaluate(
		([selector, part]) => {
			const whole = document.querySelector(selector);
			if (!whole) return [`no ${selector}`];
			const { x, y, width, height } = whole.getBoundingClientRect();
			return [0.12, 0.5, 0.88].flatMap((down) =>
				[0.12, 0.5, 0.88].flatMap((along) => {
					const at = [
						x + width * (part.x + part.width * along),
						y + height * (part.y + part.height * down)
					] as const;
					const top = document.elementFromPoint(...at);
					return top && whole.contains(top) ? [] : [`${at}: ${top?.outerHTML.slice(0, 60)}`];
				})
			);
		},
		[selector, part] as const
	);
/** The picture within its pane, so that shares of it can be asked for. */
async function handsInPane(): Promise<typeof HANDS> {
	const pane = await page.locator('.pane.demonstration').boundingBox();
	if (!pane) throw new Error('no hands to be seen');
	const width = Math.min(pane.width, (pane.height * 16) / 9) / pane.width;
	const height = Math.min(pane.height, (pane.width * 9) / 16) / pane.height;
	return {
		...{ x: (1 - width) / 2 + HANDS.x * width, y: (1 - height) / 2 + HANDS.y * height },
		...{ width: HANDS.width * width, height: HANDS.height * height }
	};
}
async function expectSeen(...selectors: string[]): Promise<void> {
	await page.waitForTimeout(150);
	for (const selector of selectors)
		expect(await covering(selector), `${selector} is seen`).toEqual([]);
	expect(await covering('.pane.demonstration', await handsInPane()), 'hands are seen').toEqual([]);
}
/** As far as a thumb moves it without meaning to. */
const nudgePage = (): Promise<void> => page.evaluate(() => window.scrollBy(0, 90));
async function done(): Promise<void> {
	await page.waitForTimeout(CALM_MS);
	await nudgePage();
	await page.evaluate(() => document.querySelector<HTMLElement>('.finish')?.click());
}

describe.each(SCREENS)('%s', (_name, width, height, query) => {
	const begin = async (): Promise<void> => {
		await open({ viewport: { width, height }, hasTouch: height < 800, query });
		// A page has something above the player and below it, so that it can be scrolled both ways.
		await page.addStyleTag({ content: 'body { padding-block: 400px 900px }' });
		await page.click('.practise');
		await page.waitForSelector('.practice .finish');
	};

	test('each step and its 完成 are on the screen, and hands are never covered', async () => {
		await begin();
		for (const name of TITLES) {
			await shows(name);
			await expectSeen('.finish', '.practice .words', '.pane.sign');
			await done();
		}
		await shows('4 步全部做完了');
		await expectSeen('.finished h2', '.finished .main');
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
	});

	test('a timer that was started is on the screen, and stays there', async () => {
		await begin();
		for (let i = 0; i < 3; i++) await page.keyboard.press('n');
		await shows('烘烤');
		await page.click('text=开始计时：烘烤 20 分钟');
		await page.waitForSelector('[role=timer]');
		await expectSeen('.timers', '.timers p', '.finish', '.practice .words');
		expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('烘烤');
		await nudgePage();
		await expectSeen('.timers p');
		await done();
		await shows('到最后了');
		await expectSeen('.timers p', '.finished h2', '.finished .main');
	});
});

test('what is printed while practising is the lesson with its steps', async () => {
	await practise();
	await until(async () => !(await page.locator('.transcript').isVisible()));
	await page.emulateMedia({ media: 'print' });
	await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
	expect(
		await page
			.locator('.transcript h3')
			.evaluateAll((all) =>
				all.filter((one) => one.checkVisibility()).map((one) => one.textContent)
			)
	).toEqual(TITLES.map((name) => expect.stringContaining(name)));
	expect(await page.locator('.practice').isVisible()).toBe(false);
	await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
	await page.emulateMedia({ media: 'screen' });
	expect(await page.locator('.transcript').isVisible()).toBe(false);
	expect(await page.locator('.practice').isVisible()).toBe(true);
});
