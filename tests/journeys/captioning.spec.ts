/** An instructor writes captions: by keyboard, from a file, with somebody else, and off the line. */
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import * as lessons from '#lib/server/courses/lessons.ts';
import { encodeText } from '#lib/studio/captioning/encode.ts';
import {
	button,
	keep,
	kept,
	openCaptions,
	openPage,
	rows,
	THREE,
	untilAlive,
	untilSaved,
	vttOf,
	withThree,
	words
} from '../support/captioning-studio.ts';
import { srt } from '../support/captions.ts';
import { aLessonToLookAt, aLessonToSign } from '../support/recording-studio.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.remove());

async function save(page: Page, name: string): Promise<Uint8Array> {
	const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
	return readFile(await download.path());
}
/** Until the video has come so far, in seconds. */
const untilAt = (page: Page, seconds: number) =>
	expect
		.poll(
			() =>
				page
					.locator('.pictures video')
					.first()
					.evaluate((video: HTMLVideoElement) => video.currentTime),
			{ intervals: [50] }
		)
		.toBeGreaterThan(seconds);

test('from nothing, by keyboard alone: words first, then their times, tapped while it plays', async ({
	browser
}) => {
	const studio = await aLessonToSign(server, 20, []);
	const page = await openPage(browser, server, studio);
	await page.goto(`/teach/lessons/${studio.lessonId}`);
	await page
		.locator('#captions')
		.getByRole('link', { name: new RegExp(say('captioning_write')) })
		.first()
		.press('Enter');
	await untilAlive(page);
	await page.locator('#lines').fill('先洗手\n再和面\n揉三分钟');
	await button(page, 'captioning_lines_take', { count: 3 }).press('Enter');

	const tap = page.locator('.tap');
	await expect(tap.getByRole('button').first()).toBeFocused();
	await page.keyboard.press('Space');
	await untilAt(page, 0.5);
	await page.keyboard.press('Space');
	await expect(tap).toHaveAttribute('data-left', '2');
	await untilAt(page, 1.8);
	await page.keyboard.press('ArrowDown');
	await untilAt(page, 3);
	await page.keyboard.press('ArrowUp');
	await untilAt(page, 3.6);
	await page.keyboard.press('Space');
	await expect(tap).toHaveAttribute('data-left', '0');
	await untilAt(page, 5);
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Escape');
	await expect(words(page)).toBeFocused();
	await untilSaved(page);

	// The last one begins a little earlier; the first one is parted; both can be taken back.
	await page.keyboard.press('Alt+[');
	await page.keyboard.press('Alt+ArrowUp');
	await page.keyboard.press('Alt+ArrowUp');
	await expect(words(page)).toHaveValue('先洗手');
	await page.keyboard.press('Control+Home');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Alt+s');
	await expect(rows(page)).toHaveCount(4);
	await page.keyboard.press('Control+z');
	await expect(rows(page)).toHaveCount(3);
	await page.keyboard.press('Control+s');
	await untilSaved(page);
	const { webvtt = '' } = (await kept(studio)) ?? {};
	const times = [...webvtt.matchAll(/00:00:(\d\d\.\d{3})/g)].map(([, seconds]) => Number(seconds));
	expect(times).toHaveLength(6);
	expect(times).toEqual([...times].sort((a, b) => a - b));
	expect(times[0]).toBeGreaterThan(0.4);
	expect(times[5]).toBeLessThan(20);
	expect(webvtt).toMatch(/先洗手[^]*再和面[^]*揉三分钟/);
	await page.context().close();
});

test('a file in GB18030 is opened, and both kinds of file come out without a loss', async ({
	browser
}) => {
	const studio = await aLessonToLookAt(server);
	const page = await openPage(browser, server, studio);
	await openCaptions(page, studio);
	const bytes = encodeText(srt(['先把<i>枧水</i>搅匀', '烤到 180℃']), 'gb18030');
	const input = page.locator('input[type=file]');
	await input.setInputFiles({ name: '字幕.srt', mimeType: '', buffer: Buffer.from(bytes) });
	// It can be read in several ways; nothing happens to the captions until she says which is right.
	const look = page.locator('.looked');
	await expect(look.getByRole('radio').first()).toBeChecked();
	await expect(look.locator('label').first()).toContainText('先把枧水搅匀 / 烤到 180℃');
	expect(await look.getByRole('radio').count()).toBeGreaterThan(1);
	await expect(rows(page)).toHaveCount(0);
	await look.getByRole('radio').nth(1).check();
	await button(page, 'captioning_look_leave').click();
	await expect(look).toHaveCount(0);
	await input.setInputFiles({ name: '字幕.srt', mimeType: '', buffer: Buffer.from(bytes) });
	await button(page, 'captioning_look_take').click();
	await expect(
		page.getByText(
			say('captioning_opened', {
				count: 2,
				encoding: say('captioning_encoding_simplified', { name: 'GB18030' })
			})
		)
	).toBeVisible();
	await untilSaved(page);
	expect((await kept(studio))?.webvtt).toContain('先把<i>枧水</i>搅匀');
	await page.getByLabel(say('captioning_encoding')).selectOption('gb18030');
	expect(new TextDecoder('gb18030').decode(await save(page, 'captioning_export_srt'))).toBe(
		srt(['先把<i>枧水</i>搅匀', '烤到 180℃'])
	);

	// What this studio does not know is in the file again.
	const rich = `WEBVTT - 月饼\nLanguage: zh\n\nNOTE 给审校\n\nREGION\nid:a\nwidth:40%\n\nSTYLE\n::cue(b) { color: lime }\n\nNOTE 第一条\n\none\n00:00:01.000 --> 00:00:02.500 align:start unknown:x region:a\n<v 师傅>先<ruby>枧<rt>jiǎn</rt></ruby>水\n\nNOTE 完\n`;
	await input.setInputFiles({ name: 'a.vtt', mimeType: '', buffer: Buffer.from(rich) });
	await button(page, 'captioning_look_take').click();
	await expect(rows(page)).toHaveCount(1);
	expect(new TextDecoder().decode(await save(page, 'captioning_export_vtt'))).toBe(rich);
	await untilSaved(page);
	expect((await kept(studio))?.webvtt).toBe(rich);

	await input.setInputFiles({ name: 'x.srt', mimeType: '', buffer: Buffer.from('no captions') });
	await expect(page.getByText(say('problem_captions_notCaptions'))).toBeVisible();
	await expect(rows(page)).toHaveCount(1);
	await button(page, 'captioning_undo').click();
	await expect(rows(page)).toHaveCount(2);
	await page.context().close();
});

test('words are found and replaced, a fault is named and mended with one press, and all of it undone', async ({
	browser
}) => {
	const studio = await aLessonToLookAt(server);
	await keep(
		studio,
		vttOf([
			[0, 2000, '先把糖浆和枧水搅匀，再倒进面粉里慢慢拌匀成面团'],
			[2010, 4000, '面粉要过筛'],
			[3500, 3700, '面粉']
		])
	);
	const page = await openPage(browser, server, studio);
	await openCaptions(page, studio);
	const rule = (name: string) => page.locator(`[data-rule="${name}"]`);
	await expect(rule('lineLength')).toContainText('16');
	await rule('lineLength')
		.getByRole('button', { name: say('captioning_mend_rebreak') })
		.click();
	await expect(rule('lineLength')).toHaveCount(0);
	await page.keyboard.press('Alt+ArrowDown');
	await page.keyboard.press('Alt+ArrowDown');
	await rule('overlap')
		.getByRole('button', { name: say('captioning_mend_cutOverlap') })
		.click();
	await expect(rule('overlap')).toHaveCount(0);
	await button(page, 'captioning_mend_all').click();
	await expect(page.getByText(/^改好了/)).toBeVisible();

	await page.keyboard.press('Alt+f');
	await page.keyboard.type('面粉');
	await expect(page.getByText(say('captioning_found_count', { count: 3 }))).toBeVisible();
	await page.getByLabel(say('captioning_instead')).fill('中筋面粉');
	await button(page, 'captioning_replace_all').click();
	await expect(page.getByText(say('captioning_replaced', { count: 3 }))).toBeVisible();
	await untilSaved(page);
	expect((await kept(studio))?.webvtt.match(/中筋面粉/g)).toHaveLength(3);
	const undo = button(page, 'captioning_undo');
	while ((await undo.getAttribute('aria-disabled')) === null) await undo.click();
	await expect(rows(page).first()).toContainText('先把糖浆和枧水搅匀，再倒进面粉里慢慢拌匀成面团');
	await untilSaved(page);
	await expect.poll(async () => (await kept(studio))?.webvtt).not.toContain('中筋');
	await page.context().close();
});

test('plain words are written beside the full ones, with the same times', async ({ browser }) => {
	const studio = await withThree(server);
	const page = await openPage(browser, server, studio, { viewport: { width: 360, height: 740 } });
	await openCaptions(page, studio, '?tier=plain');
	await button(page, 'captioning_from_take', { count: 3 }).click();
	await expect(words(page)).toHaveValue('先洗手');
	await words(page).fill('洗手');
	await expect(page.locator('.reference')).toContainText('先洗手');
	await untilSaved(page);
	expect((await kept(studio, 'plain'))?.webvtt).toBe(THREE.replace('先洗手', '洗手'));
	expect((await kept(studio))?.webvtt).toBe(THREE);
	await page.context().close();
});

test('a long stretch without captions is named, leads to its moment, and is filled or said to be empty', async ({
	browser
}) => {
	const studio = await aLessonToSign(server, 40, []);
	const { db, instructor, lessonId } = studio;
	await lessons.change(db, await lessons.forEditing(db, instructor, lessonId), {
		...{ title: '揉面', summary: '', teachingMode: 'spoken_with_sign_track' }
	});
	await keep(studio, vttOf([[0, 2000, '先洗手']]));
	const page = await openPage(browser, server, studio, { viewport: { width: 360, height: 740 } });
	await page.goto(`/teach/lessons/${lessonId}`);
	const span = '0:02–0:40';
	const named = page.locator('#captions').getByRole('link', { name: new RegExp(span) });
	await expect(named).toContainText(say('captioning_level_must'));
	await expect(
		page.locator('#publish').getByText(say('gate_need_captions_empty_stretches'))
	).toBeVisible();
	await named.click();
	await untilAlive(page);
	await untilAt(page, 1.9);
	const stretch = page.locator('[data-rule="uncovered"]');
	await expect(stretch).toContainText(say('captioning_stretch_uncovered', { span }));
	await stretch.getByRole('button', { name: say('captioning_stretch_quiet') }).click();
	await expect(stretch).toHaveCount(0);
	await button(page, 'captioning_undo').click();
	await expect(stretch).toHaveCount(1);
	await button(page, 'captioning_redo').click();
	await expect(stretch).toHaveCount(0);

	// Of sounds nothing is told: that none matters is said once, and can be taken back.
	const untold = page.locator('[data-rule="noSounds"]');
	await untold.getByRole('button', { name: say('captioning_no_sounds') }).click();
	await expect(untold).toHaveCount(0);
	await expect(page.locator('[data-rule="saysNoSounds"]')).toBeVisible();
	await untilSaved(page);
	const { webvtt } = (await kept(studio)) ?? {};
	expect(webvtt).toContain('<c.quiet>[这里没有话]</c>');
	expect(webvtt).toContain('NOTE no sounds that matter');
	await button(page, 'captioning_no_sounds_unsay').click();
	await expect(untold).toHaveCount(1);
	await page.goto(`/teach/lessons/${lessonId}`);
	await expect(named).toHaveCount(0);
	await page.context().close();
});
