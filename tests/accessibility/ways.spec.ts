/** The main steps, in the ways in which people really go: without mouse, script, room or colours. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { framesPresented, positions } from '../support/watching.ts';
import { openTownHall, pageFor, type TownHall } from '../support/town-hall.ts';
import { say } from '../support/words.ts';

let town: TownHall;
test.beforeAll(async () => {
	test.setTimeout(300_000);
	town = await openTownHall();
});
test.afterAll(() => town.server.remove());

/** Tabs until the wanted control has focus; it must be reached, and be seen when it is. */
async function tabTo(page: Page, wanted: Locator, key = 'Tab') {
	for (let press = 0; press < 80; press++) {
		await page.keyboard.press(key);
		if (await wanted.evaluate((element) => element === document.activeElement)) {
			await expect(wanted).toBeInViewport({ ratio: 0.5 });
			const ring = await wanted.evaluate((element) => {
				// A control that covers a picture has its ring around the words in it.
				const hasOutline = [element, ...element.children].some((part) => {
					const { outlineStyle, outlineWidth } = getComputedStyle(part);
					return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
				});
				return hasOutline || getComputedStyle(element).boxShadow !== 'none';
			});
			expect(ring, 'focus is visible').toBe(true);
			return;
		}
	}
	throw new Error('the keyboard does not reach it');
}

test('with the keyboard alone a trainee signs in, watches, changes the layout and finds a line', async ({
	browser
}) => {
	const page = await pageFor(browser, town, 'visitor');
	await page.goto('/sign-in');
	await tabTo(page, page.getByLabel(say('public_sign_in_name')));
	await page.keyboard.type(town.world.signIns.trainee.signInName);
	await page.keyboard.press('Tab');
	await page.keyboard.type(town.world.signIns.trainee.password);
	await page.keyboard.press('Enter');
	await page.waitForURL('**/learn');
	await tabTo(page, page.getByRole('link', { name: /^\d+\. 做月饼/ }));
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByRole('button', { name: say('player_begin') }));
	await page.keyboard.press('Enter');
	expect(await framesPresented(page, 500)).toHaveLength(2);
	const layout = page.locator('[data-part=controls] [data-action=layout]');
	await tabTo(page, layout);
	const stage = page.locator('[data-layout]');
	const before = (await stage.getAttribute('data-layout')) ?? '';
	expect(before).not.toBe('');
	await page.keyboard.press('Enter');
	await expect(stage).not.toHaveAttribute('data-layout', before);
	const line = page.locator('[data-part=transcript] li').filter({ hasText: '放进模具' });
	await tabTo(page, line.getByRole('button').first());
	await page.keyboard.press('Enter');
	await expect
		.poll(async () => (await positions(page)).every((at) => at >= 21_000 && at < 26_000))
		.toBe(true);
});

test('with the keyboard alone a graduate answers a shop, and goes back to the question', async ({
	browser
}) => {
	const page = await pageFor(browser, town, 'trainee');
	await page.goto('/learn/placements');
	await tabTo(page, page.getByRole('button', { name: say('placement_yes'), exact: true }));
	await page.keyboard.press('Enter');
	await expect(page.getByText(say('placement_done_consent'), { exact: true })).toBeVisible();
	await tabTo(page, page.getByRole('link', { name: new RegExp(say('placement_leave')) }).first());
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByRole('link', { name: say('placement_leave_no') }));
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/learn\/placements$/);
});

test('with the keyboard alone an instructor takes a lesson back and publishes it again', async ({
	browser
}) => {
	const page = await pageFor(browser, town, 'instructor');
	await page.goto(`/teach/lessons/${town.world.params.lessonId}`);
	await tabTo(
		page,
		page.getByRole('button', { name: say('teach_publish_withdraw'), exact: true }),
		'Shift+Tab'
	);
	await page.keyboard.press('Enter');
	// The reviewer was asked once more; what she has said before stands when she is not.
	await tabTo(page, page.getByRole('button', { name: say('gate_review_take_back') }), 'Shift+Tab');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: say('teach_publish_publish') })).toBeVisible();
	await tabTo(page, page.getByRole('button', { name: say('teach_publish_publish') }), 'Shift+Tab');
	await page.keyboard.press('Enter');
	await expect(page.getByText(say('teach_publish_published')).first()).toBeVisible();
});

test('without JavaScript a lesson has its video, captions and transcript, and forms work', async ({
	browser
}) => {
	const page = await pageFor(browser, town, 'trainee', { javaScriptEnabled: false });
	await page.goto(`/learn/lessons/${town.world.params.lessonId}`);
	await expect(page.locator('video[controls]').first()).toBeVisible();
	await expect(page.locator('[data-part=transcript]')).toContainText('糖浆倒进面粉');
	await page.goto('/learn/placements');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await page.locator('form[action="/preferences"] button[name=language]').first().click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

for (const [way, options] of [
	['at 400 % zoom (320 × 256)', { viewport: { width: 320, height: 256 } }],
	['in forced colours', { forcedColors: 'active', viewport: { width: 360, height: 760 } }],
	['with reduced motion', { reducedMotion: 'reduce', viewport: { width: 360, height: 760 } }]
] as const) {
	test(`${way} nothing is cut off and axe finds nothing`, async ({ browser }) => {
		const page = await pageFor(browser, town, 'trainee', options);
		const { lessonId, number, placementId } = town.world.params;
		for (const address of [
			'/learn',
			`/learn/lessons/${lessonId}`,
			`/learn/certificates/${number}`,
			'/learn/placements',
			`/learn/placements/${placementId}/work`,
			`/learn/placements/${placementId}/check-in`,
			'/showcase'
		]) {
			await page.goto(address);
			expect(
				await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
				`${address} scrolls sideways`
			).toBeLessThanOrEqual(0);
			const { violations } = await new AxeBuilder({ page })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
				.analyze();
			expect(violations.map(({ id, nodes }) => `${address}: ${id} ${nodes[0]?.target}`)).toEqual(
				[]
			);
		}
	});
}
