/** What is hers: choices on every device and nobody else's; and every key does what the help says. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Action, ACTIONS, KEYS } from '#lib/player/keys.ts';
import {
	begin,
	choose,
	control,
	openLesson,
	pause,
	playerOf,
	seek,
	shot
} from '../support/lesson-page.ts';
import { openTownHall, pageFor, type TownHall } from '../support/town-hall.ts';
import { framesPresented, positions } from '../support/watching.ts';
import { say } from '../support/words.ts';

let town: TownHall;
let lessonId: string;
test.beforeAll(async () => {
	test.setTimeout(300_000);
	town = await openTownHall();
	lessonId = town.world.params.lessonId ?? '';
});
test.afterAll(() => town.server.remove());

const PHONE = { viewport: { width: 360, height: 740 } };
const stage = (page: Page) => page.locator('[data-part=stage]');

/** @returns the status of the answer */
const keep = (page: Page, body: string): Promise<number> =>
	page.evaluate(
		async (body) =>
			(
				await fetch('/learn/player-settings', {
					...{ method: 'POST', body, headers: { 'content-type': 'application/json' } }
				})
			).status,
		body
	);

async function newTrainee(browser: Browser, signInName: string): Promise<Page> {
	const context = await browser.newContext({ baseURL: town.server.origin, ...PHONE });
	const page = await context.newPage();
	await page.goto(`/join/${town.world.params.code}`);
	await page.locator('[name=displayName]').fill(signInName);
	await page.locator('[name=signInName]').fill(signInName);
	await page.locator('[name=password]').fill('another long secret');
	await page.locator('main form [type=submit]').first().click();
	await expect(page).toHaveURL(/\/learn$/);
	return page;
}

test('what she chose on one device is there on another', async ({ browser }, info) => {
	const phone = await pageFor(browser, town, 'trainee', PHONE);
	await openLesson(phone, lessonId);
	const saved = () =>
		phone.waitForResponse((answer) => answer.url().endsWith('/learn/player-settings'));
	await control(phone, 'layout').click();
	await control(phone, 'slow').click();
	await control(phone, 'panel').click();
	await choose(phone, 'size', '150');
	const answer = saved();
	await choose(phone, 'place', 'over');
	expect((await answer).status()).toBe(204);

	const other = await pageFor(browser, town, 'trainee');
	await openLesson(other, lessonId);
	await expect(stage(other)).toHaveAttribute('data-layout', 'corner');
	await expect(control(other, 'slow')).toHaveAttribute('aria-pressed', 'true');
	await expect(playerOf(other)).toHaveAttribute('data-captions', 'over');
	await shot(other, info, 'on-another-device');
});

test('nobody else reads them, not on the same phone either', async ({ browser }) => {
	const hers = await pageFor(browser, town, 'trainee', PHONE);
	expect(await keep(hers, '{"layout":"large","captions":"hers-alone"}')).toBe(204);
	await openLesson(hers, lessonId);
	await expect(stage(hers)).toHaveAttribute('data-layout', 'large');
	const kept = await hers.evaluate(() => ({ ...localStorage }));

	const another = await newTrainee(browser, 'another');
	await another.evaluate((kept) => Object.assign(localStorage, kept), kept);
	await openLesson(another, lessonId);
	await expect(stage(another)).toHaveAttribute('data-layout', 'side');
	const pageOf = async (whose: Page) =>
		(await whose.request.get(`/learn/lessons/${lessonId}`)).text();
	expect(await pageOf(hers)).toContain('hers-alone');
	expect(await pageOf(another)).not.toContain('hers-alone');
	expect((await another.request.get('/learn/player-settings')).ok()).toBe(false);
	expect(await keep(another, '{"layout":"corner"}')).toBe(204);
	await hers.reload();
	await expect(stage(hers)).toHaveAttribute('data-layout', 'large');
});

test('settings that are none are refused and change nothing', async ({ browser }) => {
	const page = await pageFor(browser, town, 'trainee', PHONE);
	expect(await keep(page, '{"layout":"large"}')).toBe(204);
	for (const bad of [
		'[1]',
		'null',
		'{"layout":["side"]}',
		'{"look":{"window":{"colour":"red"}}}',
		JSON.stringify({ layout: 'x'.repeat(101) }),
		'{"layout":'
	])
		expect(await keep(page, bad), bad).toBe(400);
	await openLesson(page, lessonId);
	await expect(stage(page)).toHaveAttribute('data-layout', 'large');
});

test('a picture that is not shown asks for no video, and comes back in step', async ({
	browser
}) => {
	const page = await pageFor(browser, town, 'trainee', PHONE);
	await keep(page, '{"layout":"sign"}');
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	await openLesson(page, lessonId);
	const folderOf = async (track: string) => {
		const poster = await page.locator(`video[data-track=${track}]`).getAttribute('poster');
		return poster?.slice(0, poster.lastIndexOf('/')) ?? '';
	};
	const folders = { sign: await folderOf('sign'), hands: await folderOf('demonstration') };
	expect(folders.sign).not.toBe(folders.hands);
	const segmentsOf = (folder: string) =>
		asked.filter((path) => path.startsWith(`${folder}/`) && /\.(m4s|mp4|ts)$/.test(path)).length;
	await begin(page, 1);
	// Standing: what plays on would be past that moment before it is looked at.
	await pause(page);
	await seek(page, 25_000);
	await control(page, 'play').click();
	expect(await framesPresented(page, 1000)).toHaveLength(1);
	expect(segmentsOf(folders.sign)).toBeGreaterThan(0);
	expect(segmentsOf(folders.hands)).toBe(0);

	await page.keyboard.press('s');
	await expect(stage(page)).toHaveAttribute('data-layout', 'demonstration');
	expect(await framesPresented(page, 300)).toHaveLength(1);
	expect(segmentsOf(folders.hands)).toBeGreaterThan(0);
	await page.keyboard.press('v');
	expect(await framesPresented(page, 500)).toHaveLength(2);
	await pause(page);
	await expect
		.poll(async () => {
			const [one = 0, other = 0] = await positions(page);
			return Math.abs(one - other);
		})
		.toBeLessThan(17);
});

const attribute = (name: string) => (page: Page) => playerOf(page).getAttribute(name);
const pressed = (action: string) => (page: Page) =>
	control(page, action).getAttribute('aria-pressed');
const place = async (page: Page) => String((await positions(page))[0]);
const said = (page: Page) => page.locator('[data-part=status] .hidden').textContent();
const scale = (page: Page) =>
	stage(page).evaluate((element) => element.style.getPropertyValue('--scale'));
const count = (selector: string) => (page: Page) => page.locator(selector).count();

/** Where it can be seen what a key did. */
const SEEN: Record<Action, (page: Page) => Promise<unknown>> = {
	play: attribute('data-phase'),
	back: place,
	forward: place,
	frameBack: place,
	frameForward: place,
	stepBack: place,
	stepForward: place,
	again: count('.marks b'),
	slower: (page) => control(page, 'slow').getAttribute('title'),
	faster: (page) => control(page, 'slow').getAttribute('title'),
	loopStart: said,
	loopEnd: count('.marks b'),
	swap: count('.floor.is-sign-first'),
	layout: (page) => stage(page).getAttribute('data-layout'),
	sign: pressed('sign'),
	turns: pressed('turns'),
	practice: count('[data-part=practice]'),
	mirror: count('.tags span'),
	zoomIn: scale,
	zoomOut: scale,
	captions: count('[data-part=captions]'),
	sound: pressed('sound'),
	fullscreen: attribute('class'),
	help: count('dialog[open]')
};
/** Names of the help, as Playwright presses them. */
const PRESSES: Record<string, string> = { '←': 'ArrowLeft', '→': 'ArrowRight' };

test('every key of the help does what it says', async ({ browser }) => {
	const page = await pageFor(browser, town, 'trainee');
	await keep(page, '{}');
	await openLesson(page, lessonId);
	await begin(page);
	await pause(page);
	await seek(page, 16_000);
	await playerOf(page).focus();
	for (const action of ACTIONS)
		for (const key of KEYS[action]) {
			const before = await SEEN[action](page);
			await page.keyboard.press(PRESSES[key] ?? key);
			await expect
				.poll(() => SEEN[action](page), { message: `${key} for ${action}` })
				.not.toEqual(before);
			// What covers the page or takes keys of its own is left again by the same key, or Escape.
			if (action === 'practice' || action === 'fullscreen') await page.keyboard.press(key);
			if (action === 'help') await page.keyboard.press('Escape');
			await playerOf(page).focus();
		}
});

test('a key that is taken from another action says so', async ({ browser }) => {
	const page = await pageFor(browser, town, 'trainee');
	await keep(page, '{}');
	await openLesson(page, lessonId);
	await page.keyboard.press('?');
	const help = page.getByRole('dialog', { name: say('player_shortcuts') });
	const change = say('player_key_change', { what: say('player_layout') });
	await help.getByRole('button', { name: change }).click();
	await expect(help.getByText(say('player_key_press'))).toBeVisible();
	await page.keyboard.press('m');
	const told = say('player_key_taken', { key: 'm', what: say('player_sound') });
	await expect(help.getByRole('status').filter({ hasText: told })).toBeVisible();
	await page.context().close();
});

test('a key of her own takes the place of the usual one; off, none does anything', async ({
	browser
}) => {
	const page = await pageFor(browser, town, 'trainee');
	await keep(page, '{}');
	await openLesson(page, lessonId);
	await page.keyboard.press('?');
	await page
		.getByRole('button', { name: say('player_key_change', { what: say('player_layout') }) })
		.click();
	const help = page.getByRole('dialog', { name: say('player_shortcuts') });
	await expect(help.getByText(say('player_key_press'))).toBeVisible();
	await page.keyboard.press('q');
	await expect(help.getByText('q', { exact: true })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(help).toHaveCount(0);
	await page.keyboard.press('q');
	await expect(stage(page)).toHaveAttribute('data-layout', 'corner');
	await page.keyboard.press('v');
	await expect(stage(page)).toHaveAttribute('data-layout', 'corner');
	await control(page, 'panel').click();
	await page.getByText(say('player_shortcuts_use'), { exact: true }).click();
	await page.keyboard.press('Escape');
	await page.keyboard.press('q');
	await expect(stage(page)).toHaveAttribute('data-layout', 'corner');
});
