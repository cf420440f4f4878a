/** A lesson changes while a class learns it: who sees what, and what stays. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { PersonActor } from '#lib/server/access/actor.ts';
import { newId } from '#lib/server/ids.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as uploads from '#lib/server/media/uploads.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { databaseOf, untilTrack } from '../faults/town.ts';
import { webVtt } from '../support/captions.ts';
import * as films from '../support/films.ts';
import { graduate } from '../support/graduating.ts';
import { begin, shot } from '../support/lesson-page.ts';
import * as made from '../support/people.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

const SECONDS = 6;
const OLD = ['先洗手', '再和面', '再包馅'];
const FRESH = ['先擦手', '再和面', '再包馅'];

let server: Server;
let db: ReturnType<typeof databaseOf>;
test.beforeAll(async () => {
	server = await startServer();
	db = databaseOf(server);
});
test.afterAll(() => server.remove());

async function pageOf(browser: Browser, who: PersonActor, width = 1280): Promise<Page> {
	const viewport = { width, height: width < 500 ? 740 : 900 };
	const context = await browser.newContext({ baseURL: server.origin, locale: 'zh-CN', viewport });
	const { value } = await sessions.begin(db, who.id, false);
	await context.addCookies([{ name: 'session', value, url: server.origin }]);
	return context.newPage();
}

/** A real film, prepared by the server, with all that the gate asks for. */
async function aPublishedFilm(): Promise<made.Taught> {
	const taught = await made.aCourseWithLesson(db);
	const id = newId();
	const input = { lessonId: taught.lessonId, kind: 'demonstration' as const };
	await uploads.begin(db, taught.instructor, id, { ...input, fileName: 'a.mp4', sizeBytes: 1 });
	await copyFile(await films.demonstration(SECONDS), join(server.dataFolder, 'uploads', id));
	await uploads.receive(db, id);
	await untilTrack(db, taught.lessonId, 'demonstration', ({ state }) => state === 'ready');
	await made.addCaptions(db, taught, 'zh-CN', Buffer.from(webVtt(OLD)));
	await made.passGate(db, taught);
	await made.publish(db, taught);
	return taught;
}

const line = (page: Page | ReturnType<Page['frameLocator']>, words: string) =>
	page.locator('[data-part=transcript] li').filter({ hasText: words }).first();

test('a class keeps the version it began with, until it is moved; what was completed stays', async ({
	browser
}, info) => {
	test.setTimeout(240_000);
	const taught = await aPublishedFilm();
	const { lessonId } = taught;
	const { classId, staff } = await made.aClass(db, taught.courseId);
	const trainee = await made.aTrainee(db);
	await classes.join(db, trainee, classId);
	const phone = await pageOf(browser, trainee, 360);
	const desk = await pageOf(browser, taught.instructor);
	const draftHasChanges = desk.getByText(say('builder_version_has_changes'));

	await test.step('a trainee begins', async () => {
		await phone.goto(`/learn/lessons/${lessonId}`);
		await expect(line(phone, '先洗手')).toBeAttached();
		await begin(phone, 1);
	});

	await test.step('the instructor changes the captions: the draft alone is another', async () => {
		await desk.goto(`/teach/lessons/${lessonId}`);
		await expect(draftHasChanges).toHaveCount(0);
		await desk.getByText(say('teach_captions_more_files')).click();
		await desk.getByRole('radio', { name: say('teach_captions_zh') }).check();
		const buffer = Buffer.from(webVtt(FRESH));
		await desk.locator('#file').setInputFiles({ name: 'b.vtt', mimeType: 'text/vtt', buffer });
		await desk.getByRole('button', { name: say('teach_captions_add') }).click();
		await desk.getByRole('button', { name: say('captioning_look_take') }).click();
		await expect(draftHasChanges).toBeVisible();
		const which = say('teach_captions_zh');
		const difference = say('builder_difference_captions_changed', { which });
		const publishing = desk.locator('#publish');
		await expect(publishing.getByText(difference, { exact: true })).toBeVisible();
		await shot(desk, info, 'draft-has-changes');
	});

	await test.step('she sees draft and version as on a phone, and nothing is counted', async () => {
		const counted: string[] = [];
		desk.on('request', (request) => {
			if (/watched|player-settings/.test(request.url())) counted.push(request.url());
		});
		await desk.getByRole('link', { name: say('builder_preview'), exact: true }).click();
		const frame = desk.frameLocator('iframe');
		await expect(frame.getByText(say('builder_preview_banner'))).toBeVisible();
		await expect(line(frame, '先擦手')).toBeAttached();
		expect((await desk.locator('iframe').boundingBox())?.width).toBe(380);
		await frame.getByRole('button', { name: say('player_begin') }).click();
		await expect(frame.locator('section.player')).toHaveAttribute('data-phase', 'playing');
		await desk.waitForTimeout(2000);
		await shot(desk, info, 'preview');
		await desk.getByRole('link', { name: say('builder_version', { number: 1 }) }).click();
		await expect(line(frame, '先洗手')).toBeAttached();
		expect(counted).toEqual([]);
		const rows = await db
			.selectFrom('lesson_progress')
			.where('person_id', '=', taught.instructor.id)
			.selectAll()
			.execute();
		expect(rows).toEqual([]);
	});

	await test.step('she publishes version 2 when it was looked at', async () => {
		await made.approve(db, taught);
		await desk.goto(`/teach/lessons/${lessonId}`);
		await desk.getByLabel(say('builder_version_what')).fill('洗手改成擦手');
		await desk.getByRole('button', { name: say('builder_version_publish', { number: 2 }) }).click();
		await expect(desk.getByText(say('builder_version_published', { number: 2 }))).toBeVisible();
		await expect(draftHasChanges).toHaveCount(0);
	});

	await test.step('the class still sees version 1, a new class sees version 2', async () => {
		await phone.goto(`/learn/lessons/${lessonId}`);
		await expect(line(phone, '先洗手')).toBeAttached();
		const other = await pageOf(browser, await made.anEnrolledTrainee(db, taught.courseId), 360);
		await other.goto(`/learn/lessons/${lessonId}`);
		await expect(line(other, '先擦手')).toBeAttached();
		await expect(line(other, '先洗手')).toHaveCount(0);
	});

	await test.step('she watches on to the end', async () => {
		await phone.getByRole('button', { name: say('player_begin') }).click();
		await expect(phone.getByText(say('learn_lesson_complete')).first()).toBeVisible({
			timeout: 60_000
		});
	});

	await test.step('staff read what changes and what stays, and move the class', async () => {
		await graduate(db, { staff, classId, trainee });
		const office = await pageOf(browser, staff, 360);
		await office.goto(`/staff/classes/${classId}`);
		await expect(office.getByText(say('builder_move_newer', { count: 1 }))).toBeVisible();
		await office.getByRole('link', { name: say('builder_move_title') }).click();
		await expect(office.getByText(say('builder_move_done_stays', { count: 1 }))).toBeVisible();
		await shot(office, info, 'move');
		await office.getByRole('button', { name: say('builder_move', { number: 2 }) }).click();
		await expect(office.getByText(say('builder_move_is_newest'))).toBeVisible();
	});

	await test.step('the class sees version 2; the lesson is still completed, the certificate there', async () => {
		await phone.goto(`/learn/lessons/${lessonId}`);
		await expect(line(phone, '先擦手')).toBeAttached();
		await expect(phone.getByText(say('learn_lesson_complete')).first()).toBeVisible();
		await phone.goto('/learn');
		await expect(phone.getByRole('link', { name: say('learn_certificate_open') })).toBeVisible();
	});

	await test.step('who published what, when and why is there to read', async () => {
		await desk.goto(`/teach/lessons/${lessonId}/versions`);
		await expect(desk.getByText('洗手改成擦手')).toBeVisible();
		const by = desk.locator('main').getByText(taught.instructor.displayName);
		await expect(by).toHaveCount(2);
		await shot(desk, info, 'versions');
	});
});

test('changes are undone: the draft is again what trainees see', async ({ browser }) => {
	const taught = await made.aPublishedLesson(db);
	await made.addCaptions(db, taught, 'zh-CN', Buffer.from(webVtt(FRESH)));
	const desk = await pageOf(browser, taught.instructor, 360);
	await desk.goto(`/teach/lessons/${taught.lessonId}`);
	await desk.getByText(say('builder_version_put_back')).click();
	await desk
		.getByRole('button', { name: say('builder_version_put_back_do', { number: 1 }) })
		.click();
	await expect(desk.getByText(say('builder_version_has_changes'))).toHaveCount(0);
	await expect(desk.getByText(say('builder_version_published', { number: 1 }))).toBeVisible();
});

test('only our own page may put the preview into a frame', async ({ browser }) => {
	const taught = await made.aPublishedLesson(db);
	const desk = await pageOf(browser, taught.instructor);
	const headersOf = async (path: string) => (await desk.goto(path))?.headers() ?? {};
	const lesson = `/teach/lessons/${taught.lessonId}`;
	const phone = await headersOf(`${lesson}/preview/phone`);
	expect(phone['content-security-policy']).toContain("frame-ancestors 'self'");
	expect(phone['x-frame-options']).toBe('SAMEORIGIN');
	const other = await headersOf(lesson);
	expect(other['content-security-policy']).toContain("frame-ancestors 'none'");
	expect(other['x-frame-options']).toBe('DENY');
	const stranger = await pageOf(browser, await made.anInstructor(db));
	for (const path of ['preview', 'preview/phone', 'versions'])
		expect((await stranger.goto(`${lesson}/${path}`))?.status()).toBe(404);
});
