/** Work is handed in, looked at, marked, answered, done again and passed; by phone and by desk. */
import { expect, test } from '@playwright/test';
import { databaseOf } from '../faults/town.ts';
import * as films from '../support/films.ts';
import { button, handInPhoto, link, pageOf, photo, text } from '../support/hand-in-pages.ts';
import { aPracticeLesson } from '../support/handed-in.ts';
import { shot } from '../support/lesson-page.ts';
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

test('a trainee hands in a photo and a film, learns what to do better, and passes', async ({
	browser
}, info) => {
	test.setTimeout(300_000);
	const { trainee, instructor, lessonId, courseId } = await aPracticeLesson(db);
	const phone = await pageOf(browser, server, trainee, { width: 360 });
	const desk = await pageOf(browser, server, instructor);
	const handIn = `/learn/lessons/${lessonId}/hand-in`;
	let media = '';

	await test.step('she puts in photos and a film, and takes one out again', async () => {
		await phone.goto(`/learn/lessons/${lessonId}`);
		await link(phone, 'handin_open').click();
		await expect(phone.locator('#choose-photo')).toBeAttached();
		await shot(phone, info, 'hand-in-empty');
		await phone.locator('#choose-photo').setInputFiles([await photo(), await photo('IMG_2.jpg')]);
		const second = say('handin_photo_number', { number: 2 });
		await expect(phone.getByRole('img', { name: second })).toBeVisible();
		await button(phone, 'handin_remove_named', { name: second }).click();
		await expect(phone.getByRole('img', { name: second })).toHaveCount(0);
		await phone.locator('#choose-video').setInputFiles(await films.rotatedHevc(3));
		await expect(phone.locator('#now video')).toBeVisible({ timeout: 90_000 });
		await expect(phone.getByText(say('handin_photos_of', { done: 1, wanted: 2 }))).toBeVisible();
		const src = await phone.locator('#now img').first().getAttribute('src');
		media = src ?? '';
		await shot(phone, info, 'hand-in-draft');
	});

	await test.step('she hands it in with two presses, takes it back, and hands it in', async () => {
		await phone.getByLabel(say('handin_comment')).fill('第一次做');
		await button(phone, 'handin_send').dblclick();
		await expect(phone.getByText(say('handin_receipt'))).toBeVisible();
		await expect(phone.getByText(say('handin_waiting_now'))).toBeVisible();
		await shot(phone, info, 'hand-in-receipt');
		await button(phone, 'handin_withdraw').click();
		await expect(phone.getByLabel(say('handin_comment'))).toHaveValue('第一次做');
		await button(phone, 'handin_send').click();
		await expect(phone.getByText(say('handin_receipt'))).toBeVisible();
	});

	await test.step('nobody else of her class sees any of it', async () => {
		const classmate = await pageOf(browser, server, await made.anEnrolledTrainee(db, courseId));
		expect((await phone.request.get(media)).status()).toBe(200);
		expect((await classmate.request.get(media)).status()).toBe(404);
		await classmate.goto(handIn);
		await expect(classmate.getByText(say('handin_receipt'))).toHaveCount(0);
		await classmate.context().close();
	});

	await test.step('her instructor begins to look; from then on it is not taken back', async () => {
		await desk.goto('/teach/practice');
		await shot(desk, info, 'queue');
		await desk.getByRole('link', { name: new RegExp(trainee.displayName) }).click();
		await button(desk, 'assess_begin').click();
		await expect(desk.locator('[id="level.0"]')).toBeVisible();
		await button(phone, 'handin_withdraw').click();
		await expect(phone.getByText(say('problem_looking_already')).first()).toBeVisible();
		await expect(phone.getByText(say('handin_state_looking'))).toBeVisible();
	});

	await test.step('she marks a place by a press, another by keys, and a moment of the film', async () => {
		const name = say('handin_photo_number', { number: 1 });
		const place = button(desk, 'assess_mark_photo', { name });
		await place.click({ position: { x: 60, y: 80 } });
		await place.focus();
		await desk.keyboard.press('Enter');
		const second = button(desk, 'assess_mark_move', { number: 2 });
		await expect(second).toBeFocused();
		for (let press = 0; press < 5; press++) await desk.keyboard.press('ArrowRight');
		expect(await second.evaluate((pin) => pin.style.left)).toBe('60%');
		await desk
			.locator('video')
			.first()
			.evaluate((video: HTMLVideoElement) => {
				video.currentTime = 1.5;
			});
		await button(desk, 'assess_mark_moment').click();
		for (const [number, words] of ['这里裂了', '边上厚', '慢一点'].entries())
			await desk
				.getByRole('textbox', { name: say('assess_mark_text', { number: number + 1 }) })
				.fill(words);
		await shot(desk, info, 'marks');
	});

	await test.step('the rubric proposes; a missed must leaves one result; she signs her answer', async () => {
		await desk.locator('[id="level.0"]').check();
		await desk.locator('[id="level.1-notYet"]').check();
		const missed = say('assess_must_missed', { title: '干净' });
		await expect(desk.getByText(missed)).toBeVisible();
		await expect(desk.getByRole('radio', { name: say('assess_passed') })).toHaveCount(0);
		await expect(desk.getByRole('radio', { name: say('assess_again') })).toBeChecked();
		await desk.locator('#choose-answer').setInputFiles(await films.webm(2));
		await expect(desk.locator('.signed video')).toBeVisible({ timeout: 90_000 });
		await expect(desk.locator('[id="level.0"]')).toBeChecked();
		await desk.screenshot({ path: info.outputPath('assess.png'), fullPage: true });
		await button(desk, 'assess_send').click();
		await expect(desk.getByText(say('assess_done'))).toBeVisible();
	});

	await test.step('she sees it on her road: the result, the signing, the marks', async () => {
		await phone.goto('/learn');
		await expect(phone.getByText(say('handin_state_new'))).toBeVisible();
		await expect(phone.getByText(say('road_said_signed'))).toBeVisible();
		await phone.goto(`/learn/lessons/${lessonId}`);
		await link(phone, 'handin_open_answer').click();
		const first = phone.locator('#round-1');
		await expect(first.getByText('这里裂了')).toBeVisible();
		await button(first, 'assess_mark_goto', { time: '0:01' }).click();
		await expect
			.poll(() =>
				first
					.locator('.works video')
					.evaluate((video: HTMLVideoElement) => Math.round(video.currentTime * 10))
			)
			.toBe(15);
		await expect(first.locator('.works .pin').filter({ hasText: '3' })).toBeVisible();
		await phone.screenshot({ path: info.outputPath('answer.png'), fullPage: true });
		await button(phone, 'handin_seen').click();
		await expect(button(phone, 'handin_seen')).toHaveCount(0);
	});

	await test.step('a second try is a second round, and passes', async () => {
		await handInPhoto(phone);
		await expect(phone.locator('details #round-1')).toBeAttached();
		await desk.goto('/teach/practice');
		await desk
			.getByRole('link', { name: new RegExp(trainee.displayName) })
			.first()
			.click();
		await button(desk, 'assess_begin').click();
		await desk.locator('[id="level.0"]').check();
		await desk.locator('[id="level.1"]').check();
		await expect(desk.getByRole('radio', { name: say('assess_passed') })).toBeChecked();
		await button(desk, 'assess_send').click();
		await expect(desk.getByText(say('assess_done'))).toBeVisible();
		await phone.reload();
		await expect(phone.getByText(say('handin_state_passed')).first()).toBeVisible();
		await expect(phone.locator('#choose-photo')).toHaveCount(0);
	});
});

test('without script photos are handed in and answered by plain forms', async ({ browser }) => {
	const { trainee, instructor, lessonId } = await aPracticeLesson(db);
	const phone = await pageOf(browser, server, trainee, { width: 360, javaScriptEnabled: false });
	const desk = await pageOf(browser, server, instructor, { javaScriptEnabled: false });
	await phone.goto(`/learn/lessons/${lessonId}`);
	await link(phone, 'handin_open').click();
	await phone.locator('#photos').setInputFiles(text('a.jpg', 'image/jpeg'));
	await button(phone, 'handin_photo_add').click();
	await expect(phone.getByText(say('problem_photo_odd')).first()).toBeVisible();
	// More than one request carries is said in words too, not by a broken page.
	const handIn = `${server.origin}/learn/lessons/${lessonId}/hand-in`;
	const tooLarge = await phone.request.post(`${handIn}?/add`, {
		headers: { origin: server.origin, accept: 'text/html' },
		multipart: {
			photos: { ...text('large.jpg', 'image/jpeg'), buffer: Buffer.alloc(65 * 1024 * 1024) }
		}
	});
	expect(tooLarge.status()).toBe(413);
	expect(await tooLarge.text()).toContain(say('problem_form_too_large'));
	await phone.locator('#photos').setInputFiles([await photo(), await photo()]);
	await button(phone, 'handin_photo_add').click();
	await expect(phone.locator('#now img')).toHaveCount(2);
	await button(phone, 'handin_send').click();
	await expect(phone.getByText(say('handin_receipt'))).toBeVisible();

	await desk.goto('/teach/practice');
	await desk.getByRole('link', { name: new RegExp(trainee.displayName) }).click();
	await button(desk, 'assess_begin').click();
	await desk.locator('[id="level.0"]').check();
	await desk.getByRole('radio', { name: say('assess_again') }).check();
	await button(desk, 'assess_send').click();
	await expect(desk.locator('[id="level.1-error"]')).toBeVisible();
	await expect(desk.locator('[id="level.0"]')).toBeChecked();
	await desk.locator('[id="level.1-notYet"]').check();
	await desk.getByRole('radio', { name: say('assess_passed') }).check();
	await button(desk, 'assess_send').click();
	await expect(desk.getByText(say('problem_must_missed')).first()).toBeVisible();
	await desk.locator('[id="level.1"]').check();
	await desk.getByRole('radio', { name: say('assess_passed') }).check();
	await button(desk, 'assess_send').click();
	await expect(desk.getByText(say('assess_done'))).toBeVisible();
	await phone.reload();
	await expect(phone.getByText(say('handin_state_passed')).first()).toBeVisible();
});
