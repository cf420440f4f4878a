/** A course leaves as a file and comes in again, is made a second time, and is shown to everybody. */
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import type { PersonActor } from '#lib/server/access/actor.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import { newId } from '#lib/server/ids.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { databaseOf } from '../faults/town.ts';
import { aFullCourse } from '../support/full-course.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
let full: Awaited<ReturnType<typeof aFullCourse>>;
let page: Page;
test.beforeAll(async ({ browser }) => {
	server = await startServer();
	db = databaseOf(server);
	const storage = diskStorage(settingsFrom({ DATA_FOLDER: server.dataFolder }).mediaFolder);
	full = await aFullCourse(db, storage);
	await db.deleteFrom('job').execute();
	page = await pageOf(browser, full.instructor);
});
test.afterAll(async () => {
	await db.destroy();
	await server.remove();
});

async function pageOf(browser: import('@playwright/test').Browser, person?: PersonActor) {
	const context = await browser.newContext({ baseURL: server.origin, locale: 'zh-CN' });
	if (person) {
		const { value } = await sessions.begin(db, person.id, false);
		await context.addCookies([{ name: 'session', value, url: server.origin }]);
	}
	return context.newPage();
}

test('an instructor exports a course, imports the file and finds an equal draft', async () => {
	await page.goto(`/teach/courses/${full.courseId}`);
	await page.getByRole('link', { name: say('exchange_share_open') }).click();
	await expect(page.getByText(say('exchange_export_out'))).toBeVisible();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: say('exchange_export_download') }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/^广式月饼-\d{4}-\d\d-\d\d\.zip$/);
	const file = await download.path();
	expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK');

	await page.goto('/teach');
	await page.getByRole('link', { name: say('exchange_import_open') }).click();
	await expect(page.getByText(say('exchange_import_draft'))).toBeVisible();
	const slot = page.locator('#archive');
	await expect(slot).toBeEnabled();
	await slot.setInputFiles({
		name: '广式月饼.zip',
		mimeType: 'application/zip',
		buffer: await readFile(file)
	});
	await expect(page.getByText(say('exchange_import_done'))).toBeVisible({ timeout: 60_000 });
	await page
		.getByRole('link', { name: say('exchange_import_to_course', { title: '广式月饼' }) })
		.click();
	await expect(page.getByRole('heading', { level: 1, name: '广式月饼' })).toBeVisible();
	await expect(page.getByRole('heading', { name: '第一单元' })).toBeVisible();
	await expect(page.locator('ol[data-unit] li[id^=lesson-]')).toHaveCount(2);
	expect(page.url()).not.toContain(full.courseId);
});

test('a file that is no course is refused in words, and can be taken off the list', async () => {
	await page.goto('/teach/import');
	const slot = page.locator('#archive');
	await expect(slot).toBeEnabled();
	await slot.setInputFiles({
		name: '照片.zip',
		mimeType: 'application/zip',
		buffer: Buffer.from('no zip')
	});
	const row = page.getByRole('listitem').filter({ hasText: '照片.zip' });
	await expect(row.getByText(say('problem_archive_not_zip'))).toBeVisible({ timeout: 30_000 });
	await row.getByRole('button').click();
	await expect(row).toHaveCount(0);
});

test('a course is made a second time under another name', async () => {
	await page.goto(`/teach/courses/${full.courseId}/share`);
	await page.getByLabel(say('exchange_duplicate_name')).fill('广式月饼 春季');
	await page.getByRole('button', { name: say('exchange_duplicate_submit') }).click();
	await expect(page.getByRole('heading', { level: 1, name: '广式月饼 春季' })).toBeVisible();
	await expect(page.locator('ol[data-unit] li[id^=lesson-]')).toHaveCount(2);
});

test('a course put on the public list is seen by everybody, with what machines read, until it is taken off', async ({
	browser
}) => {
	await page.goto(`/teach/courses/${full.courseId}/share`);
	await expect(page.getByText(say('exchange_list_not_yet'))).toBeVisible();
	// What the gate asks of a lesson has its own journeys.
	await db
		.insertInto('lesson_publication')
		.values({
			...{ id: newId(), lesson_id: full.first.lessonId, published_by: full.instructor.id },
			published_at: '2026-11-27T00:00:00.000Z'
		})
		.execute();
	await versions.adopt(db);
	await page.reload();
	await page.getByRole('button', { name: say('exchange_list_submit') }).click();
	await expect(page.getByText(say('exchange_listed'))).toBeVisible();

	const visitor = await pageOf(browser);
	const violations: string[] = [];
	visitor.on('console', (message) => {
		if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
	});
	await visitor.goto('/');
	await visitor
		.locator('main')
		.getByRole('link', { name: say('exchange_courses_title') })
		.click();
	await visitor.getByRole('link', { name: '广式月饼' }).click();
	await expect(visitor.getByText(say('exchange_courses_how_text'))).toBeVisible();
	// Only the published lesson, and its cover without anybody signed in.
	await expect(visitor.locator('main h2 + ol > li')).toHaveCount(1);
	const cover = visitor.locator('main img');
	await expect
		.poll(() => cover.evaluate((img: HTMLImageElement) => img.naturalWidth))
		.toBeGreaterThan(100);
	const text = await visitor.locator('script[type="application/ld+json"]').textContent();
	expect(JSON.parse(text ?? '')).toMatchObject({
		'@type': ['Course', 'LearningResource'],
		accessibilityFeature: ['signLanguage', 'captions', 'transcript'],
		inLanguage: ['csl', 'zh-CN', 'en'],
		hasPart: [
			{
				video: {
					'@type': 'VideoObject',
					accessibilityFeature: ['signLanguage', 'captions', 'transcript']
				}
			}
		]
	});
	expect(await visitor.content()).not.toContain(full.instructor.displayName);
	// So does the list of courses; pages that present none say nothing of the kind.
	const dataAt = async (path: string): Promise<unknown[]> => {
		await visitor.goto(path);
		const found = await visitor.locator('script[type="application/ld+json"]').allTextContents();
		return found.map((json) => JSON.parse(json) as unknown);
	};
	expect(await dataAt('/courses')).toMatchObject([
		{
			itemListElement: [
				{
					item: {
						'@type': ['Course', 'LearningResource'],
						accessibilityFeature: ['signLanguage', 'captions', 'transcript']
					}
				}
			]
		}
	]);
	for (const path of ['/', '/showcase', '/verify', '/verify/YWS-2026-000000', '/join', '/help'])
		expect(await dataAt(path), path).toEqual([]);
	await visitor.goto(`/courses/${full.courseId}`);
	expect(violations).toEqual([]);

	await page.getByRole('button', { name: say('exchange_unlist_submit') }).click();
	await expect(page.getByText(say('exchange_not_listed'))).toBeVisible();
	expect((await visitor.reload())?.status()).toBe(404);
});
