/** An instructor marks the steps of a lesson: by taps, by keys alone, without script, with a colleague. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as marks from '#lib/server/media/marks.ts';
import { aReadyTrack } from '../support/people.ts';
import { aLessonToSign, type Studio } from '../support/recording-studio.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

const SECONDS = 9;
let server: Server;
let studio: Studio;
test.beforeAll(async () => {
	test.setTimeout(400_000);
	server = await startServer();
	studio = await aLessonToSign(server, SECONDS, []);
});
test.afterAll(() => server.remove());
// Each begins with a lesson on which nothing is marked.
test.beforeEach(async () => {
	const { db, lessonId } = studio;
	for (const table of ['lesson_step', 'lesson_turn', 'action_area', 'lesson_marks'] as const)
		await db.deleteFrom(table).where('lesson_id', '=', lessonId).execute();
});

const untilAlive = (page: Page) => page.locator('[data-is-alive="true"]').waitFor();

async function open(browser: Browser, options: { javaScriptEnabled?: boolean } = {}) {
	const context = await browser.newContext({
		...{ baseURL: server.origin, locale: 'zh-CN', viewport: { width: 1280, height: 900 } },
		...options
	});
	await context.addCookies([{ name: 'session', value: studio.cookie, url: server.origin }]);
	const page = await context.newPage();
	await page.goto(`/teach/lessons/${studio.lessonId}/steps`);
	if (options.javaScriptEnabled !== false) await untilAlive(page);
	return page;
}
const button = (page: Page, key: string, values = {}) =>
	page.getByRole('button', { name: say(key, values), exact: true });
const names = (page: Page) => page.getByLabel(say('steps_name'));
const saved = (page: Page) => expect(page.locator('[data-saving="saved"]')).toBeVisible();

async function kept() {
	const { db, instructor, lessonId } = studio;
	const found = await marks.find(db, await lessons.forEditing(db, instructor, lessonId));
	if (!found) throw new Error('no demonstration');
	return found;
}
const titles = async () => (await kept()).steps.map(({ title }) => title);
/** What a page says of its saving may still be of what it saved before. */
const untilKept = (wanted: string[]) => expect.poll(titles).toEqual(wanted);

/** Moves along the film with the strip's slider, as arrow keys and fingers do. */
async function goTo(page: Page, ms: number) {
	await page.getByRole('slider', { name: say('steps_strip') }).fill(String(ms));
	await expect(page.locator('[data-part=strip-now]')).toHaveAttribute('data-at-ms', String(ms));
}

test('taps while it plays become steps that save themselves and get pictures', async ({
	browser
}) => {
	const page = await open(browser);
	await button(page, 'steps_begin_here').click();
	await names(page).fill('和面');
	await button(page, 'steps_play_of', { what: '和面' }).click();
	await expect(page.locator('[data-phase=playing]')).toBeVisible();
	await page.waitForTimeout(1500);
	await button(page, 'steps_begin_here').click();
	await expect(names(page)).toHaveCount(2);
	await names(page).nth(1).fill('揉面');
	await saved(page);
	await expect(page.locator('[data-key] img')).toHaveCount(2, { timeout: 60_000 });
	const { steps } = await kept();
	expect(steps.map(({ title }) => title)).toEqual(['和面', '揉面']);
	expect(steps[1]?.startMs).toBeGreaterThan(500);
	expect(steps[0]?.endMs).toBe(steps[1]?.startMs);

	await test.step('a sign, a note and a timer belong to a step', async () => {
		const more = page.locator('[data-key]').nth(1);
		await more.locator('summary').click();
		await more.getByRole('checkbox', { name: say('steps_hazard_hot') }).check();
		await more.getByLabel(say('steps_note')).fill('手要干');
		await more.getByLabel(say('steps_timer_length')).fill('20:00');
		await more.getByLabel(say('steps_timer_length')).press('Tab');
		await saved(page);
		expect((await kept()).steps[1]).toMatchObject({
			...{ note: '手要干', hazards: ['hot'], timer: { label: '揉面', durationMs: 1_200_000 } }
		});
	});

	await test.step('joined, taken back, deleted, and taken back', async () => {
		await page.locator('[data-key] summary').first().click();
		await button(page, 'steps_join').click();
		await expect(names(page)).toHaveCount(1);
		await button(page, 'steps_undo').click();
		await expect(names(page)).toHaveCount(2);
		await button(page, 'steps_delete_of', { what: '和面' }).click();
		await expect(names(page)).toHaveCount(1);
		await page.keyboard.press('Control+z');
		await expect(names(page)).toHaveCount(2);
		await button(page, 'steps_redo').click();
		await expect(names(page)).toHaveCount(1);
		await saved(page);
		expect(await titles()).toEqual(['揉面']);
	});
});

test('everything can be done with keys alone', async ({ browser }) => {
	const page = await open(browser);
	await page.locator('.player').focus();
	await page.keyboard.press('a');
	// It stands still, so one goes on with the name.
	await expect(names(page)).toBeFocused();
	await page.keyboard.type('和面');
	const strip = page.getByRole('slider', { name: say('steps_strip') });
	await strip.focus();
	for (let press = 0; press < 30; press++) await page.keyboard.press('ArrowRight');
	await page.keyboard.press('a');
	await expect(names(page)).toHaveCount(2);
	await expect(names(page).nth(1)).toBeFocused();
	await page.keyboard.type('揉面');
	await page.keyboard.press('Enter');
	await saved(page);
	expect((await kept()).steps).toMatchObject([
		{ title: '和面', startMs: 0, endMs: 3000 },
		{ title: '揉面', startMs: 3000 }
	]);
	const row = page.locator('[data-key]').nth(1);
	await row.locator('summary').focus();
	await page.keyboard.press('Enter');
	const about = `揉面 · ${say('steps_start')}`;
	await button(page, 'steps_earlier', { what: about }).focus();
	await page.keyboard.press('Enter');
	await expect(row.getByLabel(say('steps_start'), { exact: true })).toHaveValue('0:02.8');
	await saved(page);
	expect((await kept()).steps[1]?.startMs).toBe(2800);
});

test('without script a form does it, and says what is wrong', async ({ browser }) => {
	const page = await open(browser, { javaScriptEnabled: false });
	await names(page).fill('和面');
	await page.getByLabel(say('steps_start')).fill('soon');
	await button(page, 'general_save').click();
	await expect(page.getByRole('alert')).toBeVisible();
	await expect(names(page)).toHaveValue('和面');
	await page.getByLabel(say('steps_start')).fill('0:00');
	await button(page, 'general_save').click();
	await expect(page.getByText(say('steps_saved'))).toBeVisible();
	await names(page).nth(1).fill('揉面');
	await page.getByLabel(say('steps_start')).nth(1).fill('0:04');
	await button(page, 'general_save').click();
	await expect(names(page)).toHaveCount(3);
	expect((await kept()).steps).toMatchObject([
		{ title: '和面', startMs: 0, endMs: 4000 },
		{ title: '揉面', startMs: 4000 }
	]);
	await page.getByRole('checkbox', { name: say('steps_delete_of', { what: '和面' }) }).check();
	await button(page, 'general_save').click();
	await expect(names(page)).toHaveCount(2);
	expect(await titles()).toEqual(['揉面']);
});

test('two who mark at once never overwrite each other unknowingly', async ({ browser }) => {
	const [one, other] = [await open(browser), await open(browser)];
	await button(one, 'steps_begin_here').click();
	await names(one).fill('先存的');
	await untilKept(['先存的']);
	await button(other, 'steps_begin_here').click();
	await names(other).fill('后存的');
	await expect(other.locator('[data-saving="conflict"]')).toBeVisible();
	expect(await titles()).toEqual(['先存的']);
	await button(other, 'steps_conflict_theirs').click();
	await expect(names(other)).toHaveValue('先存的');
	// Mine is not lost: taking back brings it again, now knowing of the other.
	await button(other, 'steps_undo').click();
	await expect(names(other)).toHaveValue('后存的');
	await untilKept(['后存的']);
	await one.reload();
	await untilAlive(one);
	await expect(names(one)).toHaveValue('后存的');

	await test.step('who keeps hers finds the other one by taking back', async () => {
		// Once it has its picture her page asks for nothing more, and so learns nothing of the other one.
		await expect(other.locator('ol img')).toBeVisible();
		await names(one).fill('又先存的');
		await untilKept(['又先存的']);
		await names(other).fill('又后存的');
		await button(other, 'steps_conflict_mine').click();
		await untilKept(['又后存的']);
		await button(other, 'steps_undo').click();
		await expect(names(other)).toHaveValue('又先存的');
	});
});

test('a lost connection and a closed page lose nothing', async ({ browser }) => {
	const page = await open(browser);
	await page.context().setOffline(true);
	await button(page, 'steps_begin_here').click();
	await names(page).fill('没网时标的');
	await expect(page.locator('[data-saving="lost"]')).toBeVisible();
	expect(await titles()).toEqual([]);
	const again = await page.context().newPage();
	await page.close({ runBeforeUnload: false });
	await again.context().setOffline(false);
	await again.goto(`/teach/lessons/${studio.lessonId}/steps`);
	await expect(names(again)).toHaveValue('没网时标的');
	await expect(again.getByText(say('steps_restored'))).toBeVisible();
	await saved(again);
	expect(await titles()).toEqual(['没网时标的']);
});

test('turns and places of hands, where there is a signer beside the hands', async ({ browser }) => {
	await aReadyTrack(studio.db, studio, 'sign', SECONDS * 1000);
	const page = await open(browser);
	await button(page, 'steps_layer_turns').click();
	await button(page, 'steps_turn_here').click();
	await goTo(page, 4000);
	await button(page, 'steps_hands_here').click();
	await saved(page);
	expect((await kept()).turns).toMatchObject([
		{ startMs: 0, sign: { startMs: 0, endMs: 4000 }, hands: { startMs: 4000 } }
	]);
	await button(page, 'steps_layer_areas').click();
	await goTo(page, 2000);
	await button(page, 'steps_area_here').click();
	const field = [say('steps_cell_bottom'), say('steps_cell_left')].join(' ');
	await page.getByRole('button', { name: field }).click();
	await saved(page);
	expect((await kept()).areas).toMatchObject([
		{ startMs: 2000, x: 0, y: 333, width: 667, height: 667 }
	]);
});
