/** An instructor puts the lessons of her course in order: by pointer, and by keys alone. */
import { expect, type Page, test } from '@playwright/test';
import { openPage } from '../support/captioning-studio.ts';
import { addLesson } from '../support/people.ts';
import { aLessonToLookAt, type Studio } from '../support/recording-studio.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
let studio: Studio;
test.beforeAll(async () => {
	server = await startServer();
	studio = await aLessonToLookAt(server);
	for (let count = 0; count < 2; count++) await addLesson(studio.db, studio, 'signed_at_source');
});
test.afterAll(() => server.remove());

const rows = (page: Page) => page.locator('[data-lesson]');
const order = (page: Page) =>
	rows(page).evaluateAll((found) => found.map((row) => (row as HTMLElement).dataset.lesson));
const untilOrder = (page: Page, wanted: (string | undefined)[]) =>
	expect.poll(() => order(page)).toEqual(wanted);

async function open(browser: Parameters<typeof openPage>[0]): Promise<Page> {
	// High enough for all rows: a hand drags what it sees.
	const page = await openPage(browser, server, studio, { viewport: { width: 1280, height: 1600 } });
	await page.goto(`/teach/courses/${studio.courseId}`);
	await page.locator('.handle').first().waitFor();
	return page;
}
async function drag(page: Page, from: number, to: number): Promise<void> {
	const [handle, target] = [
		await page.locator('.handle').nth(from).boundingBox(),
		await rows(page).nth(to).boundingBox()
	];
	if (!handle || !target) throw new Error('no rows');
	await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
	await page.mouse.down();
	await page.mouse.move(target.x + 60, target.y + target.height - 4, { steps: 5 });
	await page.mouse.up();
}

test('a lesson is dragged behind the last one, moved back with the keyboard, and stays there', async ({
	browser
}) => {
	const page = await open(browser);
	const [first, second, third] = await order(page);
	await drag(page, 0, 2);
	await untilOrder(page, [second, third, first]);
	await page.reload();
	await untilOrder(page, [second, third, first]);

	const up = rows(page).last().getByRole('button');
	await up.focus();
	await page.keyboard.press('Enter');
	await untilOrder(page, [second, first, third]);
	await page.context().close();
});

test('a lesson dropped after the session is over is where it was, and she is told', async ({
	browser
}) => {
	const page = await open(browser);
	const before = await order(page);
	await page.context().clearCookies();
	await drag(page, 0, 2);
	await expect(page.getByText(say('general_signed_out'))).toBeVisible();
	expect(await order(page)).toEqual(before);
	await page.context().close();
});
