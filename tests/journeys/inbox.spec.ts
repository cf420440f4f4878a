/** The inbox: somebody sees without sound that something waits, goes there, and is told no more. */
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import * as classes from '#lib/server/classes/classes.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { databaseOf } from '../faults/town.ts';
import { button, pageOf } from '../support/hand-in-pages.ts';
import { aPracticeLesson, assess, handIn } from '../support/handed-in.ts';
import * as made from '../support/people.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
test.beforeAll(async () => {
	server = await startServer();
	db = databaseOf(server);
});
test.afterAll(() => server.remove());

const storage = () => diskStorage(join(server.dataFolder, 'media'));
/** What the header of a page says of the inbox: its name, and how many wait. */
const waiting = (page: Page, count: number) =>
	page.getByRole('banner').getByRole('link', {
		name: [say('inbox_nav'), ...(count > 0 ? [say('inbox_unread', { count })] : [])].join(' '),
		exact: true
	});
const told = (page: Page, text: string) => page.getByRole('link', { name: text });

test('an answer is seen in the header, leads to where it is, and is read by being there', async ({
	browser
}) => {
	const taught = await aPracticeLesson(db);
	await db.deleteFrom('notification').execute();
	const id = await handIn(db, storage(), taught);

	const desk = await pageOf(browser, server, taught.instructor);
	await desk.goto('/teach');
	await waiting(desk, 1).click();
	await told(desk, say('inbox_handed_in_text', { title: '揉面' })).click();
	await expect(desk).toHaveURL(/\/teach\/practice$/);
	await expect(waiting(desk, 0)).toBeVisible();

	await assess(db, taught.instructor, id, ['great', 'good'], 'passed');
	const phone = await pageOf(browser, server, taught.trainee, { width: 360 });
	await phone.goto('/learn');
	await waiting(phone, 1).click();
	const answer = told(phone, say('inbox_work_answered_text', { title: '揉面' }));
	await expect(answer).toContainText(say('inbox_new'));
	await phone.screenshot({ path: test.info().outputPath('inbox-360.png'), fullPage: true });
	await answer.click();
	await expect(phone).toHaveURL(/\/hand-in$/);
	await expect(waiting(phone, 0)).toBeVisible();
	await waiting(phone, 0).click();
	await expect(answer).toBeVisible();
	await expect(answer).not.toContainText(say('inbox_new'));
	expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
	for (const page of [desk, phone]) await page.context().close();
});

test('without script too: all are read at once, and what is not wanted is not told', async ({
	browser
}) => {
	const taught = await aPracticeLesson(db);
	await db.deleteFrom('notification').execute();
	await handIn(db, storage(), taught);
	const page = await pageOf(browser, server, taught.instructor, { javaScriptEnabled: false });
	await page.goto('/inbox');
	await button(page, 'inbox_read_all').click();
	await expect(waiting(page, 0)).toBeVisible();
	await expect(button(page, 'inbox_read_all')).toHaveCount(0);

	const wanted = page.getByRole('checkbox', { name: say('inbox_handed_in') });
	await page.getByText(say('inbox_choose'), { exact: true }).click();
	await expect(wanted).toBeChecked();
	await wanted.uncheck();
	await button(page, 'general_save').click();
	await expect(page.getByText(say('inbox_chosen'))).toBeVisible();
	await expect(wanted).not.toBeChecked();
	const trainee = await made.aTrainee(db);
	await classes.join(db, trainee, taught.classId);
	await handIn(db, storage(), { ...taught, trainee });
	await page.goto('/inbox');
	await expect(waiting(page, 0)).toBeVisible();
	await page.context().close();
});

test('an inbox with nothing in it says what it is for', async ({ browser }) => {
	const { trainee } = await aPracticeLesson(db);
	const page = await pageOf(browser, server, trainee, { width: 360 });
	await page.goto('/inbox');
	await expect(page.getByRole('heading', { name: say('inbox_empty_title') })).toBeVisible();
	await expect(page.getByText(say('inbox_empty'))).toBeVisible();
	await page.context().close();
});
