/** The words of a trade get their signs by camera and by file, a trainee opens one, and reckons amounts. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import * as courses from '#lib/server/courses/courses.ts';
import * as glossary from '#lib/server/media/glossary.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { cameraArguments } from '../support/fake-camera.ts';
import * as films from '../support/films.ts';
import { playerOf } from '../support/lesson-page.ts';
import { addCaptions, anEnrolledTrainee, passGate, publish } from '../support/people.ts';
import { aSignedLesson, launch, type Studio } from '../support/recording-studio.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
let browser: Browser;
test.beforeAll(async () => {
	[server, browser] = await Promise.all([startServer(), launch(cameraArguments())]);
});
test.afterAll(async () => {
	await browser.close();
	await server.remove();
});

const button = (page: Page, key: string) =>
	page.getByRole('button', { name: say(key), exact: true });
const state = (page: Page, key: string) => page.getByText(say(key), { exact: true });
const row = (page: Page, term: string) => page.getByRole('listitem').filter({ hasText: term });

async function contextOf(
	cookie: string,
	options: Parameters<Browser['newContext']>[0] = {}
): Promise<BrowserContext> {
	const context = await browser.newContext({
		...{ baseURL: server.origin, locale: 'zh-CN', ...options }
	});
	await context.addCookies([{ name: 'session', value: cookie, url: server.origin }]);
	return context;
}

async function addWord(page: Page, term: string, variants = ''): Promise<void> {
	await page.getByLabel(say('signs_term'), { exact: true }).fill(term);
	await page.locator('[name=variants]').fill(variants);
	await page.locator('[name=explanation]').fill('一句话。');
	await button(page, 'signs_add').click();
	await expect(page.getByText(say('signs_done_added', { term }))).toBeVisible();
}

async function openWord(page: Page, term: string): Promise<void> {
	await page.getByRole('link', { name: term, exact: true }).click();
	await expect(page.getByRole('heading', { level: 1, name: term })).toBeVisible();
	await page.locator('[data-is-alive="true"]').waitFor();
}

async function record(page: Page, key: string): Promise<void> {
	await button(page, key).click();
	await expect(button(page, 'recording_keep')).toBeVisible({ timeout: 30_000 });
}

const listOf = async ({ db, instructor, courseId }: Studio) =>
	glossary.list(db, await courses.forEditing(db, instructor, courseId));

test('words get their signs by camera and by file, nothing is lost, and a trainee opens one in the player', async () => {
	test.setTimeout(240_000);
	const studio = await aSignedLesson(server, 6);
	const page = await (await contextOf(studio.cookie)).newPage();
	await page.goto(`/teach/courses/${studio.courseId}`);
	await page.getByRole('link', { name: say('signs_title') }).click();
	await expect(page.getByText(say('signs_empty_title'))).toBeVisible();
	await addWord(page, '和面', '揉');
	await addWord(page, '洗手');
	await addWord(page, '馅');

	// The same word twice is refused in words, and what was written stays.
	await page.getByLabel(say('signs_term'), { exact: true }).fill('揉');
	await button(page, 'signs_add').click();
	await expect(page.getByText(say('problem_term_there', { term: '和面' })).first()).toBeVisible();
	await expect(page.getByLabel(say('signs_term'), { exact: true })).toHaveValue('揉');

	// Out and back again, up and back again.
	await page.getByRole('button', { name: say('signs_remove_named', { term: '洗手' }) }).click();
	await expect(row(page, '洗手')).toHaveCount(0);
	await button(page, 'signs_undo').click();
	await expect(page.getByRole('heading', { level: 2 }).nth(1)).toContainText('洗手');
	await page.getByRole('button', { name: say('signs_up', { term: '洗手' }) }).click();
	await expect(page.getByText(say('signs_done_moved', { term: '洗手' }))).toBeVisible();
	await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('洗手');
	await button(page, 'signs_undo').click();
	await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('和面');

	// By camera: recorded, made again, looked at, and the line is lost before it is kept.
	await openWord(page, '和面');
	await button(page, 'signs_record').click();
	await expect(page.locator('[data-camera="on"]')).toBeVisible();
	await record(page, 'recording_record');
	await expect
		.poll(() =>
			page.getByLabel(say('signs_review')).evaluate((video: HTMLVideoElement) => video.currentTime)
		)
		.toBeGreaterThan(0.2);
	await record(page, 'recording_again');
	await page.context().setOffline(true);
	await button(page, 'recording_keep').click();
	await expect(page.getByText(say('signs_offline'))).toBeVisible();
	// A reload in the middle of it: the film is still here, and goes out by itself.
	await page.context().setOffline(false);
	await page.reload();
	await expect(state(page, 'signs_state_ready')).toBeVisible({ timeout: 60_000 });
	await expect(page.getByLabel(say('captions_sign_of', { term: '和面' }))).toBeVisible();
	const kept = await page.evaluate(
		() =>
			new Promise((resolve, reject) => {
				const opening = indexedDB.open('recordings');
				opening.onerror = reject;
				opening.onsuccess = () => {
					const all = opening.result.transaction('takes').objectStore('takes').count();
					all.onsuccess = () => resolve(all.result);
				};
			})
	);
	expect(kept).toBe(0);

	// By file, on the next word; what is no short film is refused, and can be thrown away.
	await page.getByRole('link', { name: say('signs_next', { term: '洗手' }) }).click();
	await expect(page.getByRole('heading', { level: 1, name: '洗手' })).toBeVisible();
	await page.locator('#film').setInputFiles(await films.demonstration(31));
	await button(page, 'recording_keep').click();
	await expect(page.getByText(say('problem_clip_tooLong'))).toBeVisible();
	await button(page, 'signs_discard').click();
	await page.locator('#film').setInputFiles(await films.demonstration(2));
	await button(page, 'recording_keep').click();
	await expect(state(page, 'signs_state_ready')).toBeVisible({ timeout: 60_000 });
	expect((await listOf(studio)).map(({ term, clipState }) => [term, clipState])).toEqual([
		...[
			['和面', 'ready'],
			['洗手', 'ready'],
			['馅', undefined]
		]
	]);
	await page.context().close();

	await addCaptions(studio.db, studio);
	await passGate(studio.db, studio);
	await publish(studio.db, studio);
	const trainee = await anEnrolledTrainee(studio.db, studio.courseId);
	const { value } = await sessions.begin(studio.db, trainee.id, false);
	const hers = await (await contextOf(value, { viewport: { width: 360, height: 740 } })).newPage();
	await hers.goto(`/learn/lessons/${studio.lessonId}`);
	await expect(playerOf(hers)).toHaveAttribute('data-is-ready', 'true');
	const word = hers.locator('[data-part=captions] [data-part=term]').first();
	await hers.locator('.seek input').fill('500');
	await expect(word).toHaveText('洗手');
	await word.click();
	const sign = hers.locator('[data-part=glossary] video');
	await expect
		.poll(() => sign.evaluate((video: HTMLVideoElement) => [video.loop, video.currentTime > 0.3]))
		.toEqual([true, true]);
	await hers.context().close();
});

test('without JavaScript the words are a form, and a sign is uploaded', async () => {
	const studio = await aSignedLesson(server);
	const page = await (await contextOf(studio.cookie, { javaScriptEnabled: false })).newPage();
	await page.goto(`/teach/courses/${studio.courseId}/glossary`);
	for (const term of ['面粉', '糖浆']) await addWord(page, term);
	await page.getByRole('button', { name: say('signs_up', { term: '糖浆' }) }).click();
	await page.getByRole('button', { name: say('signs_remove_named', { term: '面粉' }) }).click();
	await button(page, 'signs_undo').click();
	await expect(page.getByRole('heading', { level: 2 }).nth(1)).toContainText('面粉');
	await page.getByRole('link', { name: '面粉', exact: true }).click();
	await page.locator('#film').setInputFiles('package.json');
	await button(page, 'signs_upload').click();
	await expect(page.getByText(say('problem_clip_notAVideo')).first()).toBeVisible();
	await page.locator('#film').setInputFiles(await films.webm(3));
	await button(page, 'signs_upload').click();
	await expect
		.poll(async () => (await listOf(studio)).at(-1)?.clipState, { timeout: 60_000 })
		.toBe('ready');
	await page.reload();
	await expect(page.getByLabel(say('captions_sign_of', { term: '面粉' }))).toBeVisible();
	await page.context().close();
});

test('without permission for the camera she is told what to do, and a file does as well', async () => {
	const denying = await launch(['--use-fake-device-for-media-stream', '--deny-permission-prompts']);
	try {
		const studio = await aSignedLesson(server);
		const context = await denying.newContext({ baseURL: server.origin, locale: 'zh-CN' });
		await context.addCookies([{ name: 'session', value: studio.cookie, url: server.origin }]);
		const page = await context.newPage();
		await page.goto(`/teach/courses/${studio.courseId}/glossary`);
		await addWord(page, '面粉');
		await openWord(page, '面粉');
		await button(page, 'signs_record').click();
		await expect(page.getByText(say('recording_camera_refused_title'))).toBeVisible();
		await page.getByRole('link', { name: say('recording_upload_instead') }).click();
		await expect(page.locator('#film')).toBeVisible();
	} finally {
		await denying.close();
	}
});

test('materials are written down, and a trainee reckons them for her own number', async () => {
	test.setTimeout(120_000);
	const studio = await aSignedLesson(server);
	const context = await contextOf(studio.cookie);
	const page = await context.newPage();
	await page.goto(`/teach/lessons/${studio.lessonId}`);
	await page.getByRole('link', { name: say('signs_materials') }).click();
	const field = (at: number, part: string) => page.locator(`[id="rows.${at}.${part}"]`);
	await button(page, 'signs_material_add').waitFor();
	await page.locator('[name=count]').fill('12');
	await page.locator('[name=product]').fill('月饼');
	await field(0, 'name').fill('面粉');
	await field(0, 'amount').fill('一点');
	await field(0, 'amount').press('Enter');
	await expect(page.getByText(say('problem_amount_odd')).first()).toBeVisible();
	await field(0, 'amount').fill('250');
	await button(page, 'signs_material_add').click();
	await expect(field(1, 'name')).toBeFocused();
	await field(1, 'name').fill('鸡蛋');
	await field(1, 'amount').fill('1');
	await field(1, 'unit').selectOption('piece');
	await button(page, 'signs_tool_add').click();
	await field(2, 'name').fill('模具');
	await page.getByRole('button', { name: say('signs_up', { term: '鸡蛋' }) }).click();
	await page.getByRole('button', { name: say('signs_remove_named', { term: '模具' }) }).click();
	await button(page, 'signs_undo').click();
	await button(page, 'general_save').last().click();
	await expect(page.getByText(say('signs_materials_saved'))).toBeVisible();
	await button(page, 'signs_undo').click();
	await expect(page.getByText(say('signs_materials_taken_back'))).toBeVisible();
	await expect(field(0, 'name')).toHaveValue('');
	await button(page, 'signs_undo').click();
	await expect(field(0, 'name')).toHaveValue('鸡蛋');
	await context.close();

	await addCaptions(studio.db, studio);
	await passGate(studio.db, studio);
	await publish(studio.db, studio);
	const trainee = await anEnrolledTrainee(studio.db, studio.courseId);
	const { value } = await sessions.begin(studio.db, trainee.id, false);
	for (const javaScriptEnabled of [true, false]) {
		const hers = await (await contextOf(value, { javaScriptEnabled })).newPage();
		await hers.goto(`/learn/lessons/${studio.lessonId}`);
		const amounts = hers.locator('#materials td');
		await expect(amounts).toHaveText(['1 个', '250 克']);
		if (javaScriptEnabled) await hers.getByRole('button', { name: say('signs_print') }).waitFor();
		await hers.locator('#materials [name=make]').fill('18');
		if (!javaScriptEnabled) await button(hers, 'signs_reckon').click();
		await expect(amounts).toHaveText(['1½ 个', '375 克']);
		await hers.getByRole('button', { name: say('signs_more') }).click();
		await expect(
			hers.getByText(say('signs_for_pieces', { count: 19, product: '月饼' }))
		).toBeVisible();
		await hers.getByRole('link', { name: say('signs_as_given') }).click();
		await expect(amounts).toHaveText(['1 个', '250 克']);
		await hers.emulateMedia({ media: 'print' });
		await expect(hers.locator('#materials td').first()).toBeVisible();
		if (javaScriptEnabled) {
			// As the browser tells it; the words are printed beside the amounts, the pictures are not.
			await hers.evaluate(() => dispatchEvent(new Event('beforeprint')));
			await expect(hers.locator('[data-part=transcript]').getByText('先洗手。')).toBeVisible();
			await expect(hers.locator('#materials td').first()).toBeVisible();
			await expect(hers.locator('[data-part=stage]')).toBeHidden();
		}
		await hers.context().close();
	}
});

test('a film that had arrived when its answer was lost is taken again, and the device hears so', async () => {
	const studio = await aSignedLesson(server);
	const page = await (await contextOf(studio.cookie)).newPage();
	await page.goto(`/teach/courses/${studio.courseId}/glossary`);
	await addWord(page, '和面');
	await openWord(page, '和面');
	const film = await readFile(await films.webm(3));
	const headers = { origin: server.origin, 'content-type': 'application/octet-stream' };
	const href = `${page.url().split('?')[0]}/clip/${randomUUID()}`;
	for (let count = 0; count < 2; count++)
		expect((await page.request.put(href, { data: film, headers })).status()).toBe(204);
	await page.context().close();
});
