/** A session that ends while somebody writes takes nothing of it away. */
import { expect, test } from '@playwright/test';
import * as sessions from '#lib/server/people/sessions.ts';
import { openPage } from '../support/captioning-studio.ts';
import { aLessonToLookAt } from '../support/recording-studio.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.remove());

test('an instructor whose session is over is told so, signs in beside her form, and saves what she wrote', async ({
	browser
}) => {
	const studio = await aLessonToLookAt(server);
	const page = await openPage(browser, server, studio);
	await page.goto(`/teach/lessons/${studio.lessonId}/edit`);
	const title = page.locator('[name=title]');
	await title.fill('写到一半的课');
	await studio.db.deleteFrom('session').execute();
	const save = page.getByRole('button', { name: say('teach_save') });
	await save.click();
	await expect(page.getByText(say('general_signed_out_todo'))).toBeVisible();
	await expect(title).toHaveValue('写到一半的课');

	const opened = page.waitForEvent('popup');
	await page.getByRole('link', { name: say('general_signed_out_sign_in') }).click();
	const beside = await opened;
	await beside.waitForURL(/\/sign-in\?next=/);
	const { value } = await sessions.begin(studio.db, studio.instructor.id, false);
	await page.context().addCookies([{ name: 'session', value, url: server.origin }]);
	await save.click();
	await page.waitForURL(new RegExp(`/teach/lessons/${studio.lessonId}(#.*)?$`));
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('写到一半的课');
	await page.context().close();
});
