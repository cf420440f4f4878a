/** An instructor records the signing over a demonstration, in the browser, part by part. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, expect, type Page, test } from '@playwright/test';
import * as takes from '#lib/server/media/takes.ts';
import * as timeline from '#lib/server/media/timeline.ts';
import { untilTrack } from '../faults/town.ts';
import { cameraArguments, GREYS, handFilm } from '../support/fake-camera.ts';
import {
	aLessonToLookAt,
	aLessonToSign,
	launch,
	openStudio,
	type Studio
} from '../support/recording-studio.ts';
import { forget, seen, type Seen, watch } from '../support/recorded-frames.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

const run = promisify(execFile);
/** Long enough that also a page which is shown seven frames a second sees enough of each. */
const PART_MS = 4000;
const PARTS = [0, 1, 2, 3].map((part) => ({
	startMs: part * PART_MS,
	endMs: (part + 1) * PART_MS
}));

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
const part = (page: Page, number: number) => page.getByRole('button', { name: `第${number}步` });
const stateOf = (page: Page, number: number) => part(page, number).getAttribute('data-state');
const untilState = (page: Page, number: number, state: RegExp) =>
	expect.poll(() => stateOf(page, number), { timeout: 20_000 }).toMatch(state);

async function record(page: Page, key = 'recording_record'): Promise<Seen[]> {
	await forget(page);
	await button(page, key).click();
	// What is there from an earlier take goes first.
	await expect(page.locator('.studio')).not.toHaveAttribute('data-phase', 'idle');
	await expect(page.locator('.studio')).toHaveAttribute('data-phase', 'idle', { timeout: 30_000 });
	await expect(button(page, 'recording_keep')).toBeVisible();
	return seen(page);
}

/** So many frames of a part tell where its take stands. */
const ENOUGH = 16;
const UNTIL_ENOUGH_MS = 120_000;

/**
 * Records a part until enough of its frames were seen to judge the take by: on a busy machine a page
 * is shown few of them. A take that the page itself calls uneven is recorded again, as she would.
 */
async function recordUntilSeen(page: Page, index: number, key?: string): Promise<Seen[]> {
	const { startMs = 0, endMs = 0 } = PARTS[index] ?? {};
	const until = Date.now() + UNTIL_ENOUGH_MS;
	for (let now = key; ; now = 'recording_again') {
		const all = await record(page, now);
		const inside = all.filter(({ lessonMs }) => lessonMs >= startMs && lessonMs < endMs - 100);
		const isUneven = await page.getByText(say('recording_problem_uneven')).isVisible();
		if (inside.length >= ENOUGH && !isUneven) return all;
		if (Date.now() > until) throw new Error(`only ${inside.length} frames of part ${index} seen`);
	}
}

/** Every frame's grey in the film that was joined. */
async function greysOf(path: string): Promise<number[]> {
	const args = [
		'-v',
		'error',
		'-i',
		path,
		'-vf',
		'scale=1:1:flags=area:in_range=tv:out_range=pc,format=gray'
	];
	const { stdout } = await run('ffmpeg', [...args, '-f', 'rawvideo', 'pipe:1'], {
		encoding: 'buffer'
	});
	return [...stdout];
}

/** By how many frames of the camera two greys are apart, -12 to 12. */
function framesApart(grey: number, other: number): number {
	const apart = Math.round((grey - other) / 8);
	const half = Math.floor(GREYS / 2);
	return ((((apart + half) % GREYS) + GREYS) % GREYS) - half;
}

async function signTrackOf({ db, lessonId }: Studio) {
	const track = await untilTrack(db, lessonId, 'sign', ({ state }) => state === 'ready');
	const path = join(server.dataFolder, 'media', 'originals', track.id);
	return { track, greys: await greysOf(path), sections: await timeline.sectionsOf(db, lessonId) };
}

/**
 * What was kept arrives as the network is back, but neither this page hears of it nor the next one,
 * which was asked for a moment before: that one sends it again, and is refused.
 */
async function closeUnheard(page: Page, { db, lessonId }: Studio, arrived: number): Promise<void> {
	const body = await (await page.request.get(page.url())).text();
	await page.route('**/health', (route) => route.abort());
	await page.context().setOffline(false);
	await expect.poll(() => takes.receivedIds(db, lessonId)).toHaveLength(arrived);
	await page.unroute('**/health');
	const old = { contentType: 'text/html; charset=utf-8', body };
	await page.route(page.url(), (route) => route.fulfill(old), { times: 1 });
	const answered = page.waitForResponse(
		(answer) => answer.request().method() === 'POST' && answer.url().endsWith('/uploads')
	);
	await page.reload();
	expect((await answered).status()).toBe(404);
}

test('four parts, one of them twice and one after a reload, become one sign track that stands where it was signed', async () => {
	test.setTimeout(600_000);
	const studio = await aLessonToSign(server, 16, PARTS);
	const page = await openStudio(browser, server, studio);
	await button(page, 'recording_camera_open').click();
	await watch(page);
	const recorded: Seen[][] = [];
	recorded[0] = await recordUntilSeen(page, 0);
	await button(page, 'recording_keep').click();
	await record(page);
	await page.context().setOffline(true);
	await button(page, 'recording_keep').click();
	await untilState(page, 1, /sent|checking/);
	await untilState(page, 2, /offline/);
	recorded[2] = await recordUntilSeen(page, 2);

	// A closed lid in the middle of things: what was kept and what was not yet looked at are there.
	await closeUnheard(page, studio, 2);
	await page.locator('[data-is-alive="true"]').waitFor();
	await untilState(page, 2, /sent|checking/);
	expect(await stateOf(page, 3)).toBe('draft');
	await part(page, 3).click();
	await button(page, 'recording_keep').click();
	await button(page, 'recording_camera_open').click();
	await watch(page);
	await expect(part(page, 4)).toHaveAttribute('aria-pressed', 'true');
	recorded[3] = await recordUntilSeen(page, 3);
	await button(page, 'recording_keep').click();
	await untilState(page, 4, /sent/);

	await part(page, 2).click();
	recorded[1] = await recordUntilSeen(page, 1, 'recording_again');
	await button(page, 'recording_keep').click();
	await untilState(page, 2, /sent/);

	await button(page, 'recording_join').click();
	await page.waitForURL(/lessons\/[\w-]+$/);
	const { track, greys, sections } = await signTrackOf(studio);
	await expect(page.locator('#video-sign').getByText(say('teach_video_ready'))).toBeVisible({
		timeout: 30_000
	});

	expect(sections.map(({ lessonMs }) => lessonMs)).toEqual(PARTS.map(({ startMs }) => startMs));
	expect(greys).toHaveLength(Math.round(((track.durationMs ?? 0) * 30) / 1000));
	for (const [index, { lessonMs, mediaMs, lengthMs }] of sections.entries()) {
		const apart = (recorded[index] ?? []).flatMap((frame) => {
			const atMs = frame.lessonMs - lessonMs;
			if (atMs < 0 || atMs >= lengthMs) return [];
			const grey = greys[Math.floor(((mediaMs + atMs + 1) * 30) / 1000)];
			return grey === undefined ? [] : [framesApart(grey, frame.grey)];
		});
		expect(apart.length).toBeGreaterThan(15);
		const middle = apart.sort((a, b) => a - b)[Math.floor(apart.length / 2)] ?? NaN;
		expect(Math.abs(middle)).toBeLessThanOrEqual(2);
	}
	expect(await timeline.turnsOf(studio.db, studio.lessonId)).toEqual(PARTS);
	const kept = await takes.ofLesson(studio.db, studio.lessonId);
	expect(kept.map(({ trackId }) => trackId)).toEqual(PARTS.map(() => track.id));
	await page.context().close();
});

test('a page killed in the middle of a take, a camera pulled out, a full device and a session that is over lose nothing of it', async () => {
	const studio = await aLessonToSign(server, 7.5, []);
	const first = await openStudio(browser, server, studio);
	const state = (page: Page) => page.locator('.studio').getAttribute('data-phase');
	const untilShare = (page: Page, share: number) =>
		expect
			.poll(() =>
				page.locator('.camera progress').evaluate((bar: HTMLProgressElement) => bar.value)
			)
			.toBeGreaterThan(share);
	const whole = (page: Page) => page.getByRole('button', { name: say('recording_part_all') });
	await button(first, 'recording_camera_open').click();
	await button(first, 'recording_record').press('Enter');
	await expect(button(first, 'recording_stop')).toBeVisible();
	await untilShare(first, 0.4);
	await first.close();

	const context = first.context();
	const page = await context.newPage();
	// Among her videos it is seen that it is here, and where to go on; what is taken out comes back.
	await page.goto('/teach/videos');
	const kept = page
		.getByRole('listitem')
		.filter({ hasText: say('pipeline_recording_of', { from: '0:00', to: '0:07' }) });
	await expect(kept).toContainText(say('pipeline_recording_broken'), { timeout: 30_000 });
	await kept.getByRole('button', { name: say('teach_unfinished_discard') }).click();
	await expect(kept).toHaveCount(0);
	await page.getByRole('button', { name: say('signs_undo') }).click();
	await kept.getByRole('link', { name: say('pipeline_recording_open') }).click();
	await page.waitForURL(/\/record$/);
	await expect(whole(page)).toHaveAttribute('data-state', 'draft');
	await button(page, 'recording_replay').click();
	const take = page.getByLabel(say('recording_take'));
	await expect
		.poll(() => take.evaluate((video: HTMLVideoElement) => video.currentTime))
		.toBeGreaterThan(0.5);
	await button(page, 'recording_delete').click();
	await expect(whole(page)).toHaveAttribute('data-state', 'empty');
	await button(page, 'recording_undo').click();
	await expect(whole(page)).toHaveAttribute('data-state', 'draft');
	await button(page, 'recording_delete').click();

	await button(page, 'recording_camera_open').click();
	// The main button has the focus: the space bar is enough.
	await expect(button(page, 'recording_record')).toBeFocused();
	await page.keyboard.press('Space');
	await expect(button(page, 'recording_stop')).toBeFocused();
	await untilShare(page, 0.1);
	await page.locator('.mirror').evaluate((video: HTMLVideoElement) => {
		const [track] = (video.srcObject as MediaStream).getVideoTracks();
		track?.stop();
		// Chromium tells only of ends it did not ask for.
		track?.dispatchEvent(new Event('ended'));
	});
	await expect(page.getByText(say('recording_camera_lost_title'))).toBeVisible();
	await expect(whole(page)).toHaveAttribute('data-state', 'draft');
	expect(await state(page)).toBe('idle');
	await button(page, 'recording_camera_again').click();
	await expect(button(page, 'recording_again')).toBeVisible();

	// Chromium sets no limit to a private window's database: it is refused as a full disk refuses it.
	const setFull = (isFull: boolean) =>
		page.evaluate((isOn) => {
			const store = IDBObjectStore.prototype as IDBObjectStore & { room?: IDBObjectStore['put'] };
			const put = (store.room ??= store.put);
			store.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
				if (isOn && this.name === 'chunks') throw new DOMException('full', 'QuotaExceededError');
				return put.apply(this, given);
			};
		}, isFull);
	await setFull(true);
	await button(page, 'recording_again').click();
	await expect(page.getByText(say('recording_problem_full'))).toBeVisible();
	await expect(whole(page)).toHaveAttribute('data-state', 'draft');
	await setFull(false);

	await studio.db.deleteFrom('session').execute();
	await button(page, 'recording_keep').click();
	await expect(page.getByText(say('recording_refused_signed_out'))).toBeVisible();
	await expect(whole(page)).toHaveAttribute('data-state', 'kept');
	await context.close();
});

for (const [wide, framing] of [
	[0.2, 'recording_check_framing_good'],
	[0.42, 'recording_check_framing_outside']
] as const)
	test(`her picture is checked while she signs: ${framing}`, async () => {
		const filming = await launch(cameraArguments(handFilm(wide)));
		try {
			const page = await openStudio(filming, server, await aLessonToLookAt(server));
			await button(page, 'recording_camera_open').click();
			await button(page, 'recording_check_start').click();
			await expect(page.getByText(say(framing))).toBeVisible();
			await expect(page.getByText(say('recording_check_light_good'))).toBeVisible();
		} finally {
			await filming.close();
		}
	});

test('without permission she is told what to do, and can upload a video instead', async () => {
	const denying = await launch(['--use-fake-device-for-media-stream', '--deny-permission-prompts']);
	try {
		const studio = await aLessonToLookAt(server);
		const page = await openStudio(denying, server, studio);
		await button(page, 'recording_camera_open').click();
		await expect(page.getByText(say('recording_camera_refused_title'))).toBeVisible();
		await page.getByRole('link', { name: say('recording_upload_instead') }).click();
		await expect(page.locator('#file-sign')).toBeVisible();
	} finally {
		await denying.close();
	}
});
