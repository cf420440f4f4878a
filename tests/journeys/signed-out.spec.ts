/** A session that ends while somebody writes takes nothing of it away. */
import { expect, test } from '@playwright/test';
import * as courses from '#lib/server/courses/courses.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { newId } from '#lib/server/ids.ts';
import * as attachments from '#lib/server/media/attachments.ts';
import * as terms from '#lib/server/media/terms.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { aPdf } from '../support/attached.ts';
import { openPage } from '../support/captioning-studio.ts';
import { addLesson } from '../support/people.ts';
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
	const save = page.getByRole('button', { name: say('general_save') });
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

test('a press in a list is told the same, changes nothing, and counts once she is signed in again', async ({
	browser
}) => {
	const studio = await aLessonToLookAt(server);
	const { db, instructor, courseId, lessonId } = studio;
	await addLesson(db, studio);
	const course = await courses.forEditing(db, instructor, courseId);
	await terms.add(db, course, newId(), { term: '面粉', variants: [], explanation: '' });
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	const file = { fileName: '配方.pdf', bytes: aPdf() };
	const { mediaFolder } = settingsFrom({ DATA_FOLDER: server.dataFolder });
	await attachments.add(db, diskStorage(mediaFolder), lesson, instructor, file);
	const page = await openPage(browser, server, studio);
	const signIn = async () => {
		const { value } = await sessions.begin(db, instructor.id, false);
		await page.context().addCookies([{ name: 'session', value, url: server.origin }]);
	};
	const remove = (name: string) => say('signs_remove_named', { term: name });
	for (const [path, name] of [
		[`courses/${courseId}`, say('teach_lesson_down_named', { title: '揉面' })],
		[`courses/${courseId}/glossary`, remove('面粉')],
		[`lessons/${lessonId}/attachments`, remove('配方.pdf')]
	] as const) {
		await signIn();
		await page.goto(`/teach/${path}`);
		const button = page.locator('main').getByRole('button', { name }).first();
		await expect(button).toBeEnabled();
		const before = await page.locator('main').innerText();
		await db.deleteFrom('session').execute();
		await button.click();
		const told = page.getByText(say('general_signed_out_todo'));
		await expect(told).toBeVisible();
		const box = await told.boundingBox();
		expect(box?.width, path).toBeGreaterThan(120);
		await signIn();
		await button.click();
		await expect(told).toHaveCount(0);
		await expect.poll(() => page.locator('main').innerText(), path).not.toBe(before);
	}
	await page.context().close();
});
