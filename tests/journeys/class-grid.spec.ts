/** How a class comes on, seen by whoever teaches it and by staff; on a phone and on a wide screen. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { openTownHall, pageFor, type TownHall } from '../support/town-hall.ts';
import { say } from '../support/words.ts';

let town: TownHall;
test.beforeAll(async () => {
	test.setTimeout(300_000);
	town = await openTownHall();
});
test.afterAll(() => town.server.remove());

for (const [device, width] of [
	['a phone', 360],
	['a wide screen', 1280]
] as const)
	test(`an instructor sees on ${device} who is how far, and opens what waits`, async ({
		browser
	}, info) => {
		const page = await pageFor(browser, town, 'instructor', { viewport: { width, height: 800 } });
		await page.goto('/teach');
		await page.getByRole('link', { name: say('grid_nav') }).click();
		// The page before it has a list, too.
		await page.waitForURL('**/teach/classes');
		await page.getByRole('main').getByRole('listitem').first().getByRole('link').click();
		const table = page.getByRole('table');
		await expect(table.getByRole('rowheader').first()).toBeVisible();
		await expect(table).toContainText(say('grid_completed'));
		await page.screenshot({ path: info.outputPath('grid.png'), fullPage: true });
		// The names stay where they are while the lessons go by, and the page itself does not scroll.
		const region = page.getByRole('region', { name: say('grid_caption') });
		const name = table.getByRole('rowheader').first();
		const before = await name.boundingBox();
		await region.focus();
		await page.keyboard.press('End');
		await region.evaluate((one) => one.scrollTo({ left: one.scrollWidth }));
		expect((await name.boundingBox())?.x).toBeCloseTo(before?.x ?? NaN, 0);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			width
		);
		await page.context().close();
	});

test('staff see the same from the class, without the work itself, and take it home as a table', async ({
	browser
}) => {
	const page = await pageFor(browser, town, 'staff');
	await page.goto(`/staff/classes/${town.world.params.classId}`);
	await page.getByRole('link', { name: say('grid_see') }).click();
	await page.waitForURL('**/progress');
	await expect(page.getByRole('table').getByRole('rowheader').first()).toBeVisible();
	expect(await page.locator('table a').count()).toBe(0);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: say('grid_csv') }).click()
	]);
	const text = await readFile(await download.path(), 'utf8');
	const [head = '', ...lines] = text.trimEnd().split('\r\n');
	expect(head).toContain(say('grid_trainee'));
	expect(lines).toHaveLength(await page.getByRole('table').getByRole('rowheader').count());
	expect(text).toContain(say('grid_completed'));
	await page.context().close();
});
