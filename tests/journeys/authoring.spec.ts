/**
 * A lesson made of nothing but a demonstration and a camera, by one person in a browser: steps, the
 * sign track in four takes with one retake, captions, the gate; then a trainee watches it in step.
 */
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { readCaptions } from '#lib/captions/read.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as captions from '#lib/server/media/captions.ts';
import * as timeline from '#lib/server/media/timeline.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { databaseOf } from '../faults/town.ts';
import { cameraArguments } from '../support/fake-camera.ts';
import * as films from '../support/films.ts';
import { reviewIsAskedFor } from '../support/passing.ts';
import { aClass, aCourse, aTrainee } from '../support/people.ts';
import { aPerson } from '../support/placing.ts';
import { launch } from '../support/recording-studio.ts';
import { type Server, startServer } from '../support/server.ts';
import { framesPresented, positions, shownTogether } from '../support/watching.ts';
import { addLesson } from '../support/first-steps.ts';
import { say } from '../support/words.ts';

const STEPS = ['倒面粉', '加糖浆', '揉面', '盖好'];
const STEP_MS = 3500;
const HALF_A_FRAME_MS = 17;
/** Both pictures, and some ms of rounding: a frame of 30 a second. */
const A_FRAME_MS = 34;

let server: Server;
let browser: Browser;
test.beforeAll(async () => {
	[server, browser] = await Promise.all([startServer(), launch(cameraArguments())]);
});
test.afterAll(async () => {
	await browser.close();
	await server.remove();
});

const button = (page: Page, key: string, values = {}) =>
	page.getByRole('button', { name: say(key, values), exact: true });

async function signedIn(personId: string, width = 1280): Promise<Page> {
	const context = await browser.newContext({
		...{ baseURL: server.origin, locale: 'zh-CN', viewport: { width, height: 900 } }
	});
	const { value } = await sessions.begin(databaseOf(server), personId, false);
	await context.addCookies([{ name: 'session', value, url: server.origin }]);
	return context.newPage();
}

const untilAlive = (page: Page) => page.locator('[data-is-alive="true"]').waitFor();

async function markSteps(page: Page) {
	await page
		.locator('#steps')
		.getByRole('link', { name: say('gate_steps_edit') })
		.click();
	await untilAlive(page);
	for (const [index, title] of STEPS.entries()) {
		const strip = page.getByRole('slider', { name: say('steps_strip') });
		await strip.fill(String(index * STEP_MS));
		await expect(page.locator('[data-part=strip-now]')).toHaveAttribute(
			'data-at-ms',
			String(index * STEP_MS)
		);
		await button(page, 'steps_begin_here').click();
		await page.getByLabel(say('steps_name')).nth(index).fill(title);
	}
	await expect(page.locator('[data-saving="saved"]')).toBeVisible();
	await expect(page.locator('[data-key] img')).toHaveCount(STEPS.length, { timeout: 60_000 });
	await page.getByRole('link', { name: say('teach_lesson_back') }).click();
}

/** One take that is kept; where the page says that nothing was recorded, she presses once more. */
async function take(page: Page, key = 'recording_record') {
	const studio = page.locator('.studio');
	for (const end = Date.now() + 180_000; ;) {
		await button(page, key).click();
		await expect(studio).not.toHaveAttribute('data-phase', 'idle');
		await expect(studio).toHaveAttribute('data-phase', 'idle', { timeout: 60_000 });
		if (await button(page, 'recording_keep').isVisible()) break;
		await expect(page.getByText(say('recording_problem_title'))).toBeVisible();
		if (Date.now() > end) throw new Error('the camera gives nothing');
	}
	await button(page, 'recording_keep').click();
}

/** A part of which the page says that it cannot be used is recorded again, as she would. */
async function untilUsable(page: Page, part: Locator) {
	for (const end = Date.now() + 180_000; ;) {
		await expect(part).toHaveAttribute('data-state', /^(sent|unusable)$/, { timeout: 60_000 });
		if ((await part.getAttribute('data-state')) === 'sent') return;
		if (Date.now() > end) throw new Error('the camera is too slow for any take');
		await part.click();
		await take(page, 'recording_again');
	}
}

async function recordSigning(page: Page) {
	const part = (title: string) => page.getByRole('button', { name: title });
	await page.getByRole('link', { name: new RegExp(say('recording_here')) }).click();
	await untilAlive(page);
	await button(page, 'recording_camera_open').click();
	for (const title of STEPS) {
		await expect(part(title)).toHaveAttribute('aria-pressed', 'true');
		await take(page);
	}
	await part(STEPS[1] ?? '').click();
	await take(page, 'recording_again');
	for (const title of STEPS) await untilUsable(page, part(title));
	await button(page, 'recording_join').click();
	await page.waitForURL(/lessons\/[\w-]+$/);
	await expect(page.locator('#video-sign').getByText(say('teach_video_ready'))).toBeVisible({
		timeout: 120_000
	});
}

async function writeCaptions(page: Page) {
	await page
		.locator('#captions')
		.getByRole('link', { name: new RegExp(say('captioning_write')) })
		.first()
		.click();
	await untilAlive(page);
	// Slowly, as who is not quick at the keys would: a busy machine is not.
	await page.getByRole('button', { name: say('captioning_rate', { rate: 1 }) }).click();
	await page.locator('#lines').fill(STEPS.join('\n'));
	await button(page, 'captioning_lines_take', { count: STEPS.length }).click();
	const tap = page.locator('.tap');
	const now = () =>
		page
			.locator('.pictures video')
			.first()
			.evaluate((video: HTMLVideoElement) => video.currentTime);
	const at = (seconds: number) => expect.poll(now, { intervals: [50] }).toBeGreaterThan(seconds);
	await expect(tap.getByRole('button').first()).toBeFocused();
	await page.keyboard.press('Space');
	for (const index of STEPS.keys()) {
		await at((index * STEP_MS) / 1000 + 0.2);
		await page.keyboard.press('ArrowDown');
		// Long enough to be read from where the line began, however late that was.
		await at((await now()) + 1.2);
		await page.keyboard.press('ArrowUp');
	}
	await expect(page.locator('[data-save]')).toHaveAttribute('data-save', 'saved');
	await page.getByRole('link', { name: '和面' }).first().click();
}

test('a lesson of four takes, its captions and steps pass the gate, and a trainee watches it in step', async () => {
	test.setTimeout(600_000);
	const db = databaseOf(server);
	const course = await aCourse(db);
	const reviewer = await signedIn((await aPerson(db, 'reviewer')).id);
	const page = await signedIn(course.instructor.id);

	await test.step('she sends the demonstration', async () => {
		await page.goto(`/teach/courses/${course.courseId}`);
		await addLesson(page, '和面', 'teach_mode_silent_demonstration');
		await page.locator('#file-demonstration').setInputFiles(await films.demonstration(14));
		await expect(page.getByText(say('teach_video_ready'))).toHaveCount(1, { timeout: 120_000 });
	});
	const lessonId = /lessons\/([\w-]+)/.exec(page.url())?.[1] ?? '';
	await test.step('marks four steps', () => markSteps(page));
	await test.step('signs over them in four takes, one of them twice', () => recordSigning(page));
	await test.step('writes captions by tapping along', () => writeCaptions(page));
	await test.step('everybody in it agrees, a deaf reviewer signs it off, and it is published', async () => {
		await reviewIsAskedFor(page, reviewer, course.instructor.displayName);
		await button(page, 'teach_publish_publish').click();
		await expect(page.getByText(say('teach_publish_published')).first()).toBeVisible();
	});

	await test.step('a trainee watches it on a phone, both pictures in step', async () => {
		const trainee = await aTrainee(db);
		await classes.join(db, trainee, (await aClass(db, course.courseId)).classId);
		const phone = await signedIn(trainee.id, 360);
		await phone.goto(`/learn/lessons/${lessonId}`);
		await phone.getByRole('button', { name: say('player_begin') }).click();
		expect(await framesPresented(phone, 500)).toHaveLength(2);
		const sections = await timeline.sectionsOf(db, lessonId);
		/** How far the signer is from where he signed this moment of the demonstration. */
		const apartMs = ([handsMs = NaN, signMs = NaN]: number[]): number => {
			const section = sections.findLast(({ lessonMs }) => lessonMs <= handsMs + HALF_A_FRAME_MS);
			return section ? Math.abs(signMs - section.mediaMs - (handsMs - section.lessonMs)) : NaN;
		};
		const together = await shownTogether(phone, { pairs: 21, atLeastMs: 1500 });
		expect(together.length).toBeGreaterThan(20);
		const apart = together.map(apartMs).sort((a, b) => a - b);
		expect(apart[Math.floor(apart.length / 2)]).toBeLessThanOrEqual(A_FRAME_MS);
		await phone.getByRole('button', { name: say('player_pause'), exact: true }).click();
		// Each of the four takes stands where it was signed.
		await expect(phone.locator('section.player')).toHaveAttribute('data-phase', 'paused');
		// Each line was tapped within its own step, and is seen while it stands there.
		const [written] = await captions.textsOf(db, lessonId);
		const kept = readCaptions(new TextEncoder().encode(written?.webvtt ?? ''));
		const cues = kept.ok ? kept.track.cues : [];
		expect(cues).toHaveLength(STEPS.length);
		for (const [index, cue] of cues.entries()) {
			expect(cue.startMs).toBeGreaterThan(index * STEP_MS);
			expect(cue.endMs).toBeLessThan((index + 1) * STEP_MS);
			const atMs = Math.round((cue.startMs + cue.endMs) / 2);
			await phone.locator('.seek input').fill(String(atMs));
			await expect
				.poll(async () => (await positions(phone))[0])
				.toBeGreaterThan(atMs - HALF_A_FRAME_MS);
			await expect.poll(async () => apartMs(await positions(phone))).toBeLessThan(HALF_A_FRAME_MS);
			await expect(phone.locator('[data-part=captions]')).toContainText(STEPS[index] ?? '');
		}
		await expect(phone.locator('[data-part=steps] li')).toHaveCount(STEPS.length);
	});
});
