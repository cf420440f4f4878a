/** A task to do with one's own hands and a recipe to take along: written, published, read, fetched. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as practice from '#lib/server/courses/practice.ts';
import * as people from '#lib/server/people/sessions.ts';
import * as reviews from '#lib/server/publication/reviews.ts';
import { databaseOf } from '../faults/town.ts';
import { aPdf, aPhoto } from '../support/attached.ts';
import { shot } from '../support/lesson-page.ts';
import * as made from '../support/people.ts';
import { aPerson } from '../support/placing.ts';
import { type Server, startServer } from '../support/server.ts';
import { aTask } from '../support/tasks.ts';
import { say } from '../support/words.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
test.beforeAll(async () => {
	server = await startServer();
	db = databaseOf(server);
});
test.afterAll(() => server.remove());

async function pageOf(
	browser: Browser,
	who: PersonActor,
	{ width = 1280, javaScriptEnabled = true } = {}
): Promise<Page> {
	const context = await browser.newContext({
		...{ baseURL: server.origin, locale: 'zh-CN', javaScriptEnabled },
		viewport: { width, height: 800 }
	});
	const { value } = await people.begin(db, who.id, false);
	await context.addCookies([{ name: 'session', value, url: server.origin }]);
	return context.newPage();
}
const button = (page: Page, key: string) =>
	page.getByRole('button', { name: say(key), exact: true }).last();
const link = (page: Page, key: string) =>
	page.getByRole('link', { name: say(key), exact: true }).first();

test('an instructor writes a task and attaches a recipe; her class reads both, no other class', async ({
	browser
}, info) => {
	const taught = await made.aPublishedLesson(db);
	const desk = await pageOf(browser, taught.instructor);
	const phone = await pageOf(browser, await made.anEnrolledTrainee(db, taught.courseId), {
		width: 360
	});

	await test.step('she begins with the mooncakes, and makes it hers', async () => {
		await desk.goto(`/teach/lessons/${taught.lessonId}`);
		await link(desk, 'task_title').click();
		await expect(desk.getByText(say('task_empty_title'))).toBeVisible();
		await shot(desk, info, 'task-empty');
		await link(desk, 'task_begin_mooncake').click();
		await expect(desk.getByLabel(say('task_name'))).toHaveValue(say('task_mooncake_title'));
		await desk.getByLabel(say('task_name')).fill('做 6 个月饼');
		await desk
			.getByRole('button', {
				name: say('signs_remove_named', { term: say('task_mooncake_pattern') })
			})
			.click();
		await button(desk, 'signs_undo').click();
		await desk.getByRole('button', { name: say('signs_up', { term: say('task_clean') }) }).click();
		await button(desk, 'task_add').click();
		await expect(desk.locator('[name="criteria.3.title"]')).toBeFocused();
		await desk.keyboard.type('大小');
		await button(desk, 'general_save').click();
		await expect(desk.getByText(say('problem_levels_few')).first()).toBeVisible();
		const level = desk.locator('.level').first();
		await level.locator('summary').click();
		await level.locator('[type=file]').setInputFiles({
			...{ name: '薄皮.jpg', mimeType: 'image/jpeg', buffer: await aPhoto() }
		});
		await button(desk, 'general_save').click();
		await expect(desk.getByText(say('problem_alt_missing')).first()).toBeVisible();
		await level.getByLabel(say('task_example_alt')).fill('一样薄的皮');
		await desk.locator('[name="criteria.3.great"]').fill('6 个一样大');
		await desk.locator('[name="criteria.3.nearly"]').fill('有大有小');
		await button(desk, 'general_save').click();
		await expect(desk.getByText(say('task_saved'))).toBeVisible();
		await expect(desk.getByRole('img', { name: '一样薄的皮' })).toBeVisible();
		await shot(desk, info, 'task');
	});

	await test.step('a second saving is taken back', async () => {
		await desk.getByLabel(say('task_name')).fill('做 9 个月饼');
		await button(desk, 'general_save').click();
		await expect(desk.getByText(say('task_saved'))).toBeVisible();
		await desk
			.getByRole('button', { name: say('signs_undo') })
			.first()
			.click();
		await expect(desk.getByText(say('signs_materials_taken_back'))).toBeVisible();
		await expect(desk.getByLabel(say('task_name'))).toHaveValue('做 6 个月饼');
	});

	await test.step('she attaches a recipe; what is no recipe is refused', async () => {
		await desk.goto(`/teach/lessons/${taught.lessonId}/attachments`);
		const file = desk.locator('#file');
		await file.setInputFiles({
			name: 'a.pdf',
			mimeType: 'application/pdf',
			buffer: Buffer.from('<html>')
		});
		await button(desk, 'attached_send').click();
		await expect(desk.getByText(say('problem_attachment_odd')).first()).toBeVisible();
		await file.setInputFiles({ name: '配方.pdf', mimeType: 'text/html', buffer: aPdf() });
		await button(desk, 'attached_send').click();
		await expect(desk.getByText(say('attached_added', { name: '配方.pdf' }))).toBeVisible();
		await desk
			.getByRole('button', { name: say('signs_remove_named', { term: '配方.pdf' }) })
			.click();
		await expect(desk.getByText(say('attached_empty_title'))).toBeVisible();
		await desk.getByRole('button', { name: say('signs_undo') }).click();
		await expect(desk.getByRole('link', { name: '配方.pdf' })).toBeVisible();
		await shot(desk, info, 'attachments');
	});

	await test.step('nothing of it is seen before it is published', async () => {
		await phone.goto(`/learn/lessons/${taught.lessonId}`);
		await expect(phone.getByText(say('task_do'))).toHaveCount(0);
		await expect(phone.getByText('配方.pdf')).toHaveCount(0);
		await desk.goto(`/teach/lessons/${taught.lessonId}`);
		const publishing = desk.locator('#publish');
		for (const key of ['task_difference', 'attached_difference'])
			await expect(publishing.getByText(say(key), { exact: true })).toBeVisible();
		await desk.getByRole('button', { name: say('builder_version_publish', { number: 2 }) }).click();
		await expect(desk.getByText(say('builder_version_published', { number: 2 }))).toBeVisible();
	});

	const fresh = await pageOf(browser, await made.anEnrolledTrainee(db, taught.courseId), {
		width: 360
	});
	let address = '';
	await test.step('a class that begins now reads it below the player, and fetches the file', async () => {
		await fresh.goto(`/learn/lessons/${taught.lessonId}`);
		const task = fresh.locator('#practice');
		await expect(task.getByText('做 6 个月饼')).toBeVisible();
		await expect(task.getByText(say('task_photos_count', { count: 2 }))).toBeVisible();
		await expect(task.locator('h4').nth(1)).toContainText(say('task_clean'));
		await expect(task.locator('h4').nth(1)).toContainText(say('task_must_badge'));
		await expect(task.getByText(say('task_passes', { most: 12, points: 6 }))).toBeVisible();
		await expect(task.getByRole('link', { name: say('handin_open') })).toHaveAttribute(
			'href',
			`/learn/lessons/${taught.lessonId}/hand-in`
		);
		await expect(task.locator('form, button')).toHaveCount(0);
		const shown = task.getByRole('img', { name: '一样薄的皮' });
		await shown.scrollIntoViewIfNeeded();
		await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(800);
		await shot(fresh, info, 'read');
		await fresh.setViewportSize({ width: 1280, height: 800 });
		await shot(fresh, info, 'read-wide');
		const file = fresh.getByRole('link', { name: '配方.pdf' });
		address = (await file.getAttribute('href')) ?? '';
		const answer = await fresh.request.get(address);
		expect(answer.headers()).toMatchObject({
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('配方')}.pdf`,
			'x-content-type-options': 'nosniff'
		});
		expect(await answer.body()).toEqual(aPdf());
	});

	await test.step('a trainee of another class, and nobody, does not get it', async () => {
		const elsewhere = await made.aPublishedLesson(db);
		const other = await pageOf(browser, await made.anEnrolledTrainee(db, elsewhere.courseId));
		expect((await other.request.get(address)).status()).toBe(404);
		const through = address.replace(taught.lessonId, elsewhere.lessonId);
		expect((await other.request.get(through)).status()).toBe(404);
		const nobody = await browser.newPage();
		expect(
			(await nobody.request.get(server.origin + address, { maxRedirects: 0 })).status()
		).not.toBe(200);
	});
});

test('without script a task is begun, moved, saved, refused when somebody was faster, and deleted', async ({
	browser
}) => {
	const taught = await made.aCourseWithLesson(db);
	const desk = await pageOf(browser, taught.instructor, { width: 360, javaScriptEnabled: false });
	const titles = () =>
		desk
			.locator('[name^="criteria."][name$=".title"]')
			.evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
	await desk.goto(`/teach/lessons/${taught.lessonId}/practice`);
	await link(desk, 'task_begin_any').click();
	await desk.getByRole('button', { name: say('signs_up', { term: say('task_clean') }) }).click();
	await expect(desk.getByText(say('task_saved'))).toBeVisible();
	const order = [say('task_any_looks'), say('task_clean'), say('task_any_steps')];
	expect(await titles()).toEqual([...order, '']);

	const lesson = await lessons.forEditing(db, taught.instructor, taught.lessonId);
	await practice.put(db, lesson, taught.instructor, aTask({ baseRevision: '1' }));
	await desk.getByLabel(say('task_name')).fill('我写的');
	await button(desk, 'general_save').click();
	await expect(desk.getByText(say('problem_stale')).first()).toBeVisible();
	await expect(desk.getByText(say('task_conflict_mine'))).toBeVisible();
	await expect(desk.getByLabel(say('task_name'))).toHaveValue('我写的');
	await button(desk, 'general_save').click();
	await expect(desk.getByText(say('task_saved'))).toBeVisible();
	expect((await practice.ofLesson(db, lesson)).task?.title).toBe('我写的');

	await button(desk, 'task_remove').click();
	await expect(desk.getByText(say('task_empty_title'))).toBeVisible();
	await desk.getByRole('button', { name: say('signs_undo') }).click();
	await expect(desk.getByLabel(say('task_name'))).toHaveValue('我写的');
});

test('a reviewer sees the task, its pictures and the files below the lesson, and changes none', async ({
	browser
}, info) => {
	const taught = await made.aPublishedLesson(db);
	const { instructor, lessonId } = taught;
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	const desk = await pageOf(browser, instructor);
	await desk.goto(`/teach/lessons/${lessonId}/attachments`);
	const recipe = { name: '配方.pdf', mimeType: 'application/pdf', buffer: aPdf() };
	await desk.locator('#file').setInputFiles(recipe);
	await button(desk, 'attached_send').click();
	await expect(desk.getByRole('link', { name: '配方.pdf' })).toBeVisible();
	await practice.put(db, lesson, instructor, aTask());
	await desk.goto(`/teach/lessons/${lessonId}/practice`);
	const level = desk.locator('.level').first();
	await level.locator('summary').click();
	const photo = { name: '皮.jpg', mimeType: 'image/jpeg', buffer: await aPhoto() };
	await level.locator('[type=file]').setInputFiles(photo);
	await level.getByLabel(say('task_example_alt')).fill('一样薄的皮');
	await button(desk, 'general_save').click();
	await expect(desk.getByText(say('task_saved'))).toBeVisible();
	await db.deleteFrom('lesson_review').where('lesson_id', '=', lessonId).execute();
	await reviews.ask(db, lesson, instructor);

	const seat = await pageOf(browser, await aPerson(db, 'reviewer'), { width: 360 });
	await seat.goto(`/review/${lessonId}`);
	const beside = seat.locator('section[aria-labelledby="beside-title"]');
	await expect(beside.getByText('做 4 个月饼')).toBeVisible();
	const shown = beside.getByRole('img', { name: '一样薄的皮' });
	await shown.scrollIntoViewIfNeeded();
	await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(800);
	const file = beside.getByRole('link', { name: '配方.pdf' });
	const answer = await seat.request.get((await file.getAttribute('href')) ?? '');
	expect(await answer.body()).toEqual(aPdf());
	await expect(beside.locator('form, button, input')).toHaveCount(0);
	await shot(seat, info, 'reviewed');
});
