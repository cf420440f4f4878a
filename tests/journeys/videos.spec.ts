/** All videos of an instructor in one view: what waits, what fails and why, cancelled, made again. */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import * as sessions from '#lib/server/people/sessions.ts';
import { databaseOf } from '../faults/town.ts';
import * as films from '../support/films.ts';
import { addLesson, aCourse } from '../support/people.ts';
import { fileArrives } from '../support/recording-studio.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.remove());

/** Four files of one instructor at once: a long film, two short ones, and a letter. */
async function fourAtOnce(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
	const db = databaseOf(server);
	const course = await aCourse(db);
	const letter = join(server.dataFolder, 'letter.mp4');
	await writeFile(letter, 'Dear all, this is not a video.');
	const files = [
		[await films.large(30), '长的.mp4'],
		[await films.demonstration(4), '短的.mp4'],
		[await films.demonstration(3), '不要的.mp4'],
		[letter, '信.mp4']
	] as const;
	for (const [path, name] of files)
		await fileArrives(server, db, await addLesson(db, course), path, name);
	const { value } = await sessions.begin(db, course.instructor.id, false);
	const context = await browser.newContext({
		...{ baseURL: server.origin, locale: 'zh-CN', javaScriptEnabled }
	});
	await context.addCookies([{ name: 'session', value, url: server.origin }]);
	const page = await context.newPage();
	await page.goto('/teach/videos');
	return page;
}

const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const ready = (page: Page, name: string) =>
	row(page, name).getByText(say('teach_video_ready'), { exact: true });

test('she sees what waits and in which order, takes one back, learns why one fails, and has one made again', async ({
	browser
}) => {
	test.setTimeout(300_000);
	const page = await fourAtOnce(browser, true);
	await expect(row(page, '短的')).toContainText(say('pipeline_next'));
	await expect(row(page, '不要的')).toContainText(say('pipeline_place', { place: 2 }));

	await row(page, '不要的')
		.getByRole('button', { name: say('builder_videos_cancel') })
		.click();
	await expect(row(page, '不要的')).toHaveCount(0);

	// The page goes on by itself.
	await expect(row(page, '信')).toContainText(say('teach_failure_notAVideo'), { timeout: 200_000 });
	await expect(
		row(page, '信').getByRole('button', { name: say('builder_videos_retry') })
	).toBeVisible();
	await expect(ready(page, '长的')).toBeVisible({ timeout: 60_000 });
	await expect(ready(page, '短的')).toBeVisible();

	await row(page, '短的')
		.locator('summary', { hasText: say('pipeline_again') })
		.click();
	await row(page, '短的')
		.getByRole('button', { name: say('pipeline_again_now') })
		.click();
	await expect(
		page.getByRole('heading', { name: new RegExp(say('builder_videos_under_way')) })
	).toBeVisible();
	await expect(ready(page, '短的')).toBeVisible({ timeout: 60_000 });
	await page.context().close();
});

test('without script the same view is a page to load again', async ({ browser }) => {
	test.setTimeout(300_000);
	const page = await fourAtOnce(browser, false);
	const again = () => page.getByRole('link', { name: say('teach_video_refresh') }).click();
	// The first may not have been begun when the page was loaded.
	await expect(async () => {
		await again();
		await expect(row(page, '短的')).toContainText(say('pipeline_next'), { timeout: 1000 });
	}).toPass({ timeout: 20_000 });
	await row(page, '不要的')
		.getByRole('button', { name: say('builder_videos_cancel') })
		.click();
	await expect(row(page, '不要的')).toHaveCount(0);
	await expect(async () => {
		await again();
		await expect(row(page, '信')).toContainText(say('teach_failure_notAVideo'), { timeout: 1000 });
	}).toPass({ timeout: 200_000 });
	await page.context().close();
});

test('a file that another page of hers is sending is seen as it comes, can be gone on with, and be taken back', async ({
	browser
}) => {
	const db = databaseOf(server);
	const taught = await addLesson(db, await aCourse(db));
	const { value } = await sessions.begin(db, taught.instructor.id, false);
	const context = await browser.newContext({ baseURL: server.origin, locale: 'zh-CN' });
	await context.addCookies([{ name: 'session', value, url: server.origin }]);
	const [sending, page] = [await context.newPage(), await context.newPage()];
	await page.goto('/teach/videos');
	await expect(page.getByText(say('builder_videos_empty_title'))).toBeVisible();

	const film = await films.large(8);
	const name = basename(film);
	await sending.goto(`/teach/lessons/${taught.lessonId}`);
	await expect(sending.locator('#file-demonstration')).toBeEnabled();
	const line = await context.newCDPSession(sending);
	await line.send('Network.enable');
	await line.send('Network.emulateNetworkConditions', {
		...{ offline: false, latency: 1, downloadThroughput: -1, uploadThroughput: 400_000 }
	});
	await sending.locator('#file-demonstration').setInputFiles(film);
	// Without a reload.
	await expect(row(page, name)).toContainText(say('pipeline_unsent_moving'), { timeout: 30_000 });
	await expect(page.getByText(say('builder_videos_empty_title'))).toHaveCount(0);
	const percent = async () =>
		Number(await row(page, name).locator('progress').getAttribute('value'));
	const before = await percent();
	await expect.poll(percent).toBeGreaterThan(before);

	sending.once('dialog', (dialog) => dialog.accept());
	await sending.close({ runBeforeUnload: true });
	const goOn = row(page, name).getByRole('link', { name: say('pipeline_unsent_choose') });
	await expect(goOn).toBeVisible({ timeout: 30_000 });
	await goOn.click();
	await expect(page.getByText(say('teach_unfinished_title'))).toBeVisible();
	await page.goBack();
	await row(page, name)
		.getByRole('button', { name: say('teach_unfinished_discard') })
		.click();
	await expect(row(page, name)).toHaveCount(0);
	expect(
		await db
			.selectFrom('upload')
			.where('person_id', '=', taught.instructor.id)
			.select('id')
			.execute()
	).toEqual([]);
	await context.close();
});
