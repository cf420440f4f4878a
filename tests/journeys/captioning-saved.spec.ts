/** Captions saved by two at once, off the line, without script, and by the thousand. */
import { expect, test } from '@playwright/test';
import {
	button,
	keep,
	kept,
	openCaptions,
	openPage,
	rows,
	untilAlive,
	untilSaved,
	vttOf,
	withThree,
	words
} from '../support/captioning-studio.ts';
import { aLessonToLookAt } from '../support/recording-studio.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.remove());

test('of two who write at once none is overwritten unknowingly, and nothing is lost', async ({
	browser
}) => {
	const studio = await withThree(server);
	const [mine, theirs] = [
		await openPage(browser, server, studio),
		await openPage(browser, server, studio)
	];
	await openCaptions(mine, studio);
	await openCaptions(theirs, studio);
	await words(theirs).fill('先洗手两次');
	await untilSaved(theirs);
	await expect.poll(async () => (await kept(studio))?.webvtt).toContain('先洗手两次');

	await words(mine).fill('先擦桌子');
	const dialog = mine.getByRole('dialog');
	await expect(dialog).toContainText(studio.instructor.displayName);
	expect((await kept(studio))?.webvtt).toContain('先洗手两次');
	await dialog.getByRole('button', { name: say('captioning_conflict_mine') }).click();
	await expect(dialog).toBeHidden();
	await untilSaved(mine);
	expect((await kept(studio))?.webvtt).toContain('先擦桌子');
	await button(mine, 'captioning_undo').click();
	await expect(words(mine)).toHaveValue('先洗手两次');
	await button(mine, 'captioning_redo').click();
	await untilSaved(mine);
	await expect.poll(async () => (await kept(studio))?.webvtt).toContain('先擦桌子');

	await words(theirs).fill('先洗手三次');
	await theirs
		.getByRole('dialog')
		.getByRole('button', {
			name: say('captioning_conflict_theirs', { name: studio.instructor.displayName })
		})
		.click();
	await expect(words(theirs)).toHaveValue('先擦桌子');
	await untilSaved(theirs);
	await button(theirs, 'captioning_undo').click();
	await expect(words(theirs)).toHaveValue('先洗手三次');
	await Promise.all([mine.context().close(), theirs.context().close()]);
});

test('what cannot be sent stays on the device, through a reload and a session that is over', async ({
	browser
}) => {
	const studio = await withThree(server);
	const page = await openPage(browser, server, studio);
	await page.route('**/captions/zh-CN', (route) =>
		route.request().method() === 'PUT' ? route.abort('internetdisconnected') : route.fallback()
	);
	await openCaptions(page, studio);
	await words(page).fill('先洗手，擦干');
	await untilSaved(page, 'offline');
	await expect(page.getByText(say('captioning_on_device'))).toBeVisible();
	await page.reload();
	await untilAlive(page);
	await expect(words(page)).toHaveValue('先洗手，擦干');
	await untilSaved(page, 'offline');
	await page.unrouteAll();
	await button(page, 'captioning_save_again').click();
	await untilSaved(page);
	expect((await kept(studio))?.webvtt).toContain('先洗手，擦干');

	await studio.db.deleteFrom('session').execute();
	await words(page).fill('先洗手，擦干，戴帽子');
	await untilSaved(page, 'signedOut');
	await expect(page.getByRole('link', { name: say('captioning_sign_in') })).toHaveAttribute(
		'href',
		/^\/sign-in\?next=/
	);
	expect((await kept(studio))?.webvtt).not.toContain('戴帽子');
	await page.context().close();
});

test('without script the captions are there to be read, taken away and removed', async ({
	browser
}) => {
	const studio = await withThree(server);
	const page = await openPage(browser, server, studio, { javaScriptEnabled: false });
	await page.goto(`/teach/lessons/${studio.lessonId}/captions/zh-CN`);
	await expect(page.locator('.cues li')).toHaveText([/先洗手/, /再和面/, /揉面/]);
	for (const [key, format] of [
		['captioning_export_vtt', 'vtt'],
		['captioning_export_srt', 'srt']
	] as const) {
		const href = await page.getByRole('link', { name: say(key) }).getAttribute('href');
		const answer = await page.request.get(href ?? '');
		expect(answer.headers()['content-disposition']).toContain(`zh-CN.${format}`);
		expect(await answer.text()).toContain('揉面');
	}
	await expect(page.getByRole('link', { name: say('captioning_upload') })).toBeVisible();
	await page.locator('section form [type=submit]').click();
	await page.waitForURL(/#captions$/);
	expect(await kept(studio)).toBeUndefined();
	await page.context().close();
});

test('5,000 captions open, scroll, are written in, checked and mended without a long wait', async ({
	browser
}) => {
	const studio = await aLessonToLookAt(server);
	await studio.db.updateTable('track').set({ duration_ms: 7_200_000 }).execute();
	const lines = ['先把糖浆搅匀', '再倒进面粉', '揉到不粘手，盖上布醒二十分钟再来看'];
	await keep(
		studio,
		vttOf(
			Array.from(
				{ length: 5000 },
				(_, n) => [n * 1400, n * 1400 + 1350, lines[n % 3] ?? ''] as const
			)
		)
	);
	const page = await openPage(browser, server, studio);
	const beganAt = Date.now();
	await openCaptions(page, studio);
	const openMs = Date.now() - beganAt;
	expect(await rows(page).count()).toBeLessThan(60);
	await page.getByRole('listbox').press('End');
	await expect(rows(page).last()).toHaveAttribute('aria-posinset', '5000');
	await expect(words(page)).toHaveValue(lines[4999 % 3] ?? '');

	await words(page).focus();
	const lettersMs = await words(page).evaluate(async (area: HTMLTextAreaElement) => {
		const taken: number[] = [];
		for (const letter of '揉面揉面揉面揉面揉面揉面') {
			const from = performance.now();
			area.setRangeText(letter, area.value.length, area.value.length, 'end');
			area.dispatchEvent(new InputEvent('input', { bubbles: true }));
			await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
			taken.push(performance.now() - from);
		}
		return taken.sort((a, b) => a - b);
	});
	const median = lettersMs[Math.floor(lettersMs.length / 2)] ?? Infinity;
	const mendAt = Date.now();
	await button(page, 'captioning_mend_all').click();
	await expect(page.getByText(/^改好了/)).toBeVisible({ timeout: 60_000 });
	console.log(
		`5,000 captions: open ${openMs} ms, a letter ${median.toFixed(1)} ms, mend all ${Date.now() - mendAt} ms`
	);
	expect(median).toBeLessThan(150);
	await untilSaved(page);
	await page.context().close();
});
