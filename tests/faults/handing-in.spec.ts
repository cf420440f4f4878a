/** Work on its way in, and two who answer it: what is wrong is told, and nothing is lost. */
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import * as films from '../support/films.ts';
import { button, handInPhoto, pageOf, photo, text } from '../support/hand-in-pages.ts';
import { aPracticeLesson } from '../support/handed-in.ts';
import * as made from '../support/people.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';
import { databaseOf } from './town.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
test.beforeAll(async () => {
	server = await startServer();
	db = databaseOf(server);
});
test.afterAll(() => server.remove());

test('what is no picture, too large or cut off is told, and nothing else is lost', async ({
	browser
}) => {
	const { trainee, lessonId } = await aPracticeLesson(db);
	const phone = await pageOf(browser, server, trainee, { width: 360 });
	await phone.goto(`/learn/lessons/${lessonId}/hand-in`);
	await phone.locator('#choose-photo').setInputFiles(text('a.jpg', 'image/jpeg'));
	await expect(phone.getByText(say('problem_photo_odd'))).toBeVisible();
	await button(phone, 'handin_send').click();
	await expect(phone.getByText(say('problem_work_failed')).first()).toBeVisible();
	await phone
		.getByRole('button', { name: say('handin_remove'), exact: false })
		.first()
		.click();
	await expect(phone.getByText(say('problem_photo_odd'))).toHaveCount(0);

	await phone.locator('#choose-video').setInputFiles(text('a.mp4', 'video/mp4'));
	await expect(phone.getByText(say('teach_failure_notAVideo'))).toBeVisible({ timeout: 30_000 });
	await phone
		.getByRole('button', { name: say('handin_remove'), exact: false })
		.first()
		.click();

	const base64 = (word: string) => Buffer.from(word).toString('base64');
	const announced = await phone.request.post('/works', {
		headers: {
			...{ 'tus-resumable': '1.0.0', 'upload-length': String(600 * 1024 * 1024) },
			'upload-metadata': `of ${base64(lessonId)},kind ${base64('video')}`,
			origin: server.origin
		}
	});
	expect(announced.status()).toBe(413);

	const requests: { method: string; offset: number }[] = [];
	phone.on('request', (request) => {
		if (!new URL(request.url()).pathname.startsWith('/works')) return;
		const offset = Number(request.headers()['upload-offset'] ?? 0);
		requests.push({ method: request.method(), offset });
	});
	const line = await phone.context().newCDPSession(phone);
	await line.send('Network.enable');
	const setLine = (offline: boolean, uploadThroughput: number) =>
		line.send('Network.emulateNetworkConditions', {
			...{ offline, latency: 1, downloadThroughput: -1, uploadThroughput }
		});
	await setLine(false, 1_500_000);
	await phone.locator('#choose-video').setInputFiles(await films.large(8));
	// What else comes in meanwhile takes nothing away from it.
	await expect(phone.getByRole('progressbar', { name: /large-8/ })).toBeVisible();
	await phone.locator('#choose-photo').setInputFiles(await photo());
	await expect(phone.locator('#now img').first()).toBeVisible();
	await expect(phone.getByText(say('handin_arriving'))).toHaveCount(0);
	await expect
		.poll(async () =>
			Number(await phone.getByRole('progressbar', { name: /large-8/ }).getAttribute('value'))
		)
		.toBeGreaterThan(50);
	await setLine(true, 0);
	await expect(phone.getByText(say('teach_sending_offline'))).toBeVisible();
	await setLine(false, -1);
	await expect(phone.locator('#now video')).toBeVisible({ timeout: 90_000 });
	// One for the photo, one for the film.
	expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
	const offsets = requests.filter(({ method }) => method === 'PATCH').map(({ offset }) => offset);
	expect(offsets.at(-1)).toBeGreaterThan(0);
});

test('of two instructors the slower one is told, and loses nothing that she wrote', async ({
	browser
}) => {
	const taught = await aPracticeLesson(db);
	const colleague = await made.anInstructor(db);
	await db
		.insertInto('course_instructor')
		.values({
			...{ course_id: taught.courseId, person_id: colleague.id },
			added_at: new Date().toISOString()
		})
		.execute();
	const phone = await pageOf(browser, server, taught.trainee, { width: 360 });
	await phone.goto(`/learn/lessons/${taught.lessonId}/hand-in`);
	await handInPhoto(phone);
	const [one, other] = await Promise.all(
		[taught.instructor, colleague].map((who) => pageOf(browser, server, who))
	);
	if (!one || !other) throw new Error('two pages');
	const open = async (desk: Page) => {
		await desk.goto('/teach/practice');
		await desk.getByRole('link', { name: new RegExp(taught.trainee.displayName) }).click();
	};
	await open(one);
	await button(one, 'assess_begin').click();
	await one.locator('[id="level.0"]').check();
	await one.locator('[id="level.1"]').check();
	await one.getByLabel(say('assess_comment')).fill('做得好');
	await open(other);
	await button(other, 'assess_take_over').click();
	await other.locator('[id="level.0-notYet"]').check();
	await other.locator('[id="level.1-notYet"]').check();
	await button(other, 'assess_send').click();
	await expect(other.getByText(say('assess_done'))).toBeVisible();

	await button(one, 'assess_send').click();
	await expect(one.getByText(say('problem_stale')).first()).toBeVisible();
	await expect(one.getByText(colleague.displayName, { exact: false }).first()).toBeVisible();
	await expect(one.getByLabel(say('assess_comment'))).toHaveValue('做得好');
	await expect(one.locator('[id="level.0"]')).toBeChecked();
	await one.getByRole('radio', { name: say('assess_passed') }).check();
	await button(one, 'assess_correct_send').click();
	await expect(one.getByText(say('assess_done'))).toBeVisible();
	await phone.reload();
	await expect(phone.getByText('做得好')).toBeVisible();
});

test('a photo leaves the phone no larger than it is kept', async ({ browser }) => {
	const { trainee, lessonId } = await aPracticeLesson(db);
	const phone = await pageOf(browser, server, trainee, { width: 360 });
	await phone.goto(`/learn/lessons/${lessonId}/hand-in`);
	const size = { width: 4000, height: 3000 };
	const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
	const buffer = await sharp({ create: { ...size, channels: 3, background: '#000', noise } })
		.jpeg()
		.withMetadata({ orientation: 6 })
		.toBuffer();
	const file = await readFile('src/setup/demo/cover.webp');
	const announced = phone.waitForRequest((request) => request.method() === 'POST');
	await phone
		.locator('#choose-photo')
		.setInputFiles({ name: 'large.jpg', mimeType: 'image/jpeg', buffer });
	const length = Number((await announced).headers()['upload-length']);
	expect(length).toBeLessThan(buffer.length / 1.5);
	await expect(phone.locator('#now img').first()).toHaveAttribute('width', '1920');
	await phone
		.locator('#choose-photo')
		.setInputFiles({ name: 'cover.webp', mimeType: 'image/webp', buffer: file });
	await expect(phone.locator('#now img')).toHaveCount(2);
});
