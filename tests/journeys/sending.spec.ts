/** Sending a video over the lines people have: cut off, killed, reloaded, taken back, or wrong. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CDPSession, expect, type Page, test } from '@playwright/test';
import * as films from '../support/films.ts';
import { type Server, startServer } from '../support/server.ts';
import { acceptInvitation, addLesson, makeCourse } from '../support/first-steps.ts';
import { say } from '../support/words.ts';

const BYTES_PER_SECOND = 1_500_000;

let server: Server;
let lesson: string;
let page: Page;
let line: CDPSession;
/** Every request of the upload protocol: its method, and the offset it sends from. */
let requests: { method: string; offset: number | undefined }[];

test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.remove());

test.beforeEach(async ({ browser }, { testId }) => {
	const context = await browser.newContext({ baseURL: server.origin, locale: 'zh-CN' });
	page = await context.newPage();
	await acceptInvitation(
		page,
		await server.invite('示例老师', 'instructor'),
		`laoshi-${testId.slice(-6)}`
	);
	await makeCourse(page, '广式月饼');
	await addLesson(page, '包馅', 'teach_mode_signed_at_source');
	await expect(page.locator('#file-demonstration')).toBeEnabled();
	lesson = page.url();
	requests = [];
	page.on('request', (request) => {
		if (!request.url().includes('/uploads')) return;
		const offset = request.headers()['upload-offset'];
		requests.push({ method: request.method(), offset: offset ? Number(offset) : undefined });
	});
	line = await context.newCDPSession(page);
	await line.send('Network.enable');
});
test.afterEach(() => page.context().close());

const setLine = (state: 'slow' | 'cut' | 'fast') =>
	line.send('Network.emulateNetworkConditions', {
		offline: state === 'cut',
		latency: 1,
		downloadThroughput: -1,
		uploadThroughput: state === 'slow' ? BYTES_PER_SECOND : -1
	});
const choose = (file: string) => page.locator('#file-demonstration').setInputFiles(file);
const bar = () => page.locator('#video progress');
const atLeast = (percent: number) =>
	expect
		.poll(async () => Number(await bar().getAttribute('value')), { timeout: 60_000 })
		.toBeGreaterThanOrEqual(percent);
const waits = () => expect(page.getByText(say('teach_sending_offline'))).toBeVisible();
const isReady = () =>
	expect(page.getByText(say('teach_video_ready'))).toBeVisible({ timeout: 120_000 });
const digestOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
/** Bytes of what is arriving, as they lie on the disk. */
const arrivedBytes = (): number => {
	const folder = join(server.dataFolder, 'uploads');
	const uploads = readdirSync(folder).filter((name) => !name.endsWith('.json'));
	return Math.max(0, ...uploads.map((name) => statSync(join(folder, name)).size));
};

test('a video outlives a cut line, a killed server and a reloaded page, and arrives byte for byte', async () => {
	test.setTimeout(300_000);
	const film = await films.large(8);
	await setLine('slow');
	await choose(film);
	await atLeast(10);

	await setLine('cut');
	await waits();
	await setLine('slow');
	await atLeast(30);

	await server.kill();
	await waits();
	await server.start();
	await atLeast(50);

	await page.getByRole('button', { name: say('teach_sending_pause') }).click();
	await expect(page.getByText(say('teach_sending_paused'))).toBeVisible();
	page.once('dialog', (dialog) => dialog.accept());
	await page.reload();
	await expect(page.getByText(say('teach_unfinished_title'))).toBeVisible();
	await expect(page.locator('#file-demonstration')).toBeEnabled();

	const before = arrivedBytes();
	expect(before).toBeGreaterThan(statSync(film).size * 0.4);
	const sofar = requests.length;
	await setLine('fast');
	await choose(film);
	await isReady();
	const after = requests.slice(sofar);
	expect(after.map(({ method }) => method)).not.toContain('POST');
	expect(after.find(({ method }) => method === 'PATCH')?.offset).toBe(before);
	expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);

	const originals = join(server.dataFolder, 'media', 'originals');
	const kept = readdirSync(originals).map((name) => digestOf(join(originals, name)));
	expect(kept).toContain(digestOf(film));
});

test('a video taken back is gone, and the place is free for another', async () => {
	await setLine('slow');
	await choose(await films.large(8));
	await atLeast(5);
	await page.getByRole('button', { name: say('teach_sending_cancel') }).click();
	await expect(page.getByText(say('teach_sending_cancelled'))).toBeVisible();
	// The page answers the tap; the server is told right after it.
	await expect.poll(arrivedBytes).toBe(0);
	await page.reload();
	await expect(page.locator('#file-demonstration')).toBeEnabled();
	await expect(page.getByText(say('teach_unfinished_title'))).toHaveCount(0);
});

test('leaving while something is sent is asked about first', async () => {
	await setLine('slow');
	await choose(await films.large(8));
	await atLeast(5);
	const asked: string[] = [];
	page.on('dialog', async (dialog) => {
		asked.push(dialog.message());
		await dialog.dismiss();
	});
	await page.getByRole('link', { name: say('teach_courses_title') }).click();
	await expect.poll(() => asked).toEqual([say('teach_sending_leave')]);
	expect(page.url()).toBe(lesson);
	await expect(bar()).toBeVisible();
});

test('files that are no videos are named as such, before sending or after looking inside', async () => {
	const text = { name: 'recipe.txt', mimeType: 'text/plain', buffer: Buffer.from('flour') };
	const input = page.locator('#file-demonstration');
	await input.setInputFiles(text);
	await expect(page.locator('#video').getByText(say('teach_file_not_a_video'))).toBeVisible();
	await input.setInputFiles({ name: 'a.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(0) });
	await expect(page.locator('#video').getByText(say('teach_file_empty'))).toBeVisible();
	expect(requests).toEqual([]);

	await input.setInputFiles({ ...text, name: 'recipe.mp4', mimeType: 'video/mp4' });
	await expect(page.getByText(say('teach_video_failed'))).toBeVisible({ timeout: 30_000 });
	await expect(page.getByText(say('teach_failure_notAVideo'))).toBeVisible();
	await expect(input).toBeEnabled();
});
