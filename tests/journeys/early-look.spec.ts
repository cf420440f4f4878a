/** An instructor looks at her video while it is still being made. */
import { expect, type Page, test } from '@playwright/test';
import * as films from '../support/films.ts';
import { type Server, startServer } from '../support/server.ts';
import { acceptInvitation, addLesson, makeCourse } from '../support/first-steps.ts';
import { say } from '../support/words.ts';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.remove());

/** Whether a picture stands in a player: decoded, and not black. */
const showsPicture = (page: Page, within: string) =>
	page
		.locator(`${within} video`)
		.first()
		.evaluate((video: HTMLVideoElement) => {
			if (video.readyState < 2 || video.videoWidth === 0) return false;
			const canvas = document.createElement('canvas');
			canvas.width = canvas.height = 8;
			const context = canvas.getContext('2d');
			context?.drawImage(video, 0, 0, 8, 8);
			return context?.getImageData(0, 0, 8, 8).data.some((level, n) => n % 4 < 3 && level > 60);
		});
const seen = (page: Page, within: string) =>
	expect.poll(() => showsPicture(page, within), { timeout: 60_000 }).toBe(true);

test('the lesson page and its preview show the picture before the rest is done, then the whole', async ({
	browser
}) => {
	test.setTimeout(300_000);
	const film = await films.large(30);
	const context = await browser.newContext({ baseURL: server.origin, locale: 'zh-CN' });
	const page = await context.newPage();
	await acceptInvitation(page, await server.invite('示例老师', 'instructor'), 'laoshi');
	await makeCourse(page, '广式月饼');
	await addLesson(page, '包馅', 'teach_mode_signed_at_source');
	await page.locator('#file-demonstration').setInputFiles(film);
	const lesson = page.url();

	const early = `#video-demonstration section[aria-label="${say('pipeline_early_title')}"]`;
	await expect(page.locator(early)).toBeVisible({ timeout: 120_000 });
	await seen(page, early);
	const isReady = page.getByText(say('teach_video_ready'));
	await expect(isReady).toBeHidden();

	const preview = await context.newPage();
	await preview.goto(`${lesson}/preview/phone`);
	await expect(preview.getByText(say('pipeline_early_preview'))).toBeVisible();
	await seen(preview, 'main');
	await expect(isReady).toBeHidden();

	// Nobody else has a way to it, not even somebody who is signed in.
	const address = await page
		.locator(`${early} video`)
		.first()
		.evaluate(() =>
			performance
				.getEntriesByType('resource')
				.map(({ name }) => name)
				.find((name) => name.includes('/media/early/'))
		);
	expect(address).toBeTruthy();
	const stranger = await browser.newContext({ baseURL: server.origin });
	expect((await stranger.request.get(address ?? '')).url()).not.toContain('/media/early/');

	// It grows, and at the end the whole is there.
	await expect(isReady).toBeVisible({ timeout: 240_000 });
	await expect(page.locator(early)).toHaveCount(0);
	await page.reload();
	await expect(page.locator('#review video').first()).toHaveAttribute('poster', /poster\.jpg$/);
	for (const each of [context, stranger]) await each.close();
});
