/** Everything a trainee can do with a lesson, on a phone and on a wide screen, in one picture each. */
import { expect, type Page, test } from '@playwright/test';
import {
	arrived,
	begin,
	choose,
	control,
	framesInTurns,
	goneBack,
	openLesson,
	pause,
	playerOf,
	seek,
	shot,
	watchShifts
} from '../support/lesson-page.ts';
import { openTownHall, pageFor, type TownHall } from '../support/town-hall.ts';
import { framesPresented, positions } from '../support/watching.ts';
import { say } from '../support/words.ts';

let town: TownHall;
test.beforeAll(async () => {
	test.setTimeout(300_000);
	town = await openTownHall();
});
test.afterAll(() => town.server.remove());

const LAYOUTS = ['side', 'corner', 'large', 'sign', 'demonstration'] as const;
const stage = (page: Page) => page.locator('[data-part=stage]');
const captions = (page: Page) => page.locator('[data-part=captions]');

for (const [device, viewport] of [
	['a phone', { width: 360, height: 740 }],
	['a wide screen', { width: 1280, height: 900 }]
] as const)
	test.describe(`on ${device}`, () => {
		let page: Page;
		test.beforeEach(async ({ browser }) => {
			page = await pageFor(browser, town, 'trainee', { viewport });
			// What an earlier test chose is kept: each begins with the usual choices.
			await page.evaluate(() =>
				fetch('/learn/player-settings', {
					...{ method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
				})
			);
			await openLesson(page, town.world.params.lessonId ?? '');
		});
		test.afterEach(() => page.context().close());

		test('she goes through every layout while it plays, by key and by tap', async ({}, info) => {
			await shot(page, info, 'before');
			await begin(page);
			for (const layout of LAYOUTS) {
				await expect(stage(page)).toHaveAttribute('data-layout', layout);
				const pictures = layout === 'sign' || layout === 'demonstration' ? 1 : 2;
				await expect(page.locator('video:visible')).toHaveCount(pictures);
				expect(await framesPresented(page, 200)).toHaveLength(pictures);
				await shot(page, info, `layout-${layout}`);
				await page.keyboard.press('v');
			}
			for (const layout of [...LAYOUTS.slice(1), 'side']) {
				await control(page, 'layout').click();
				await expect(stage(page)).toHaveAttribute('data-layout', layout);
			}
		});

		test('nothing moves by itself: not while it loads, begins, or captions come and go', async ({}, info) => {
			await watchShifts(page);
			await openLesson(page, town.world.params.lessonId ?? '');
			await page.evaluate(() => document.fonts.ready);
			await begin(page);
			const seen = new Set<string>();
			await expect
				.poll(async () => seen.add((await captions(page).innerText()).trim()).size, {
					timeout: 30_000
				})
				.toBeGreaterThanOrEqual(3);
			await pause(page);
			await shot(page, info, 'played');
			expect(await page.evaluate(() => window.__shifts)).toEqual([]);
		});

		test('she swaps the pictures at one and the same moment', async ({}, info) => {
			await begin(page);
			await pause(page);
			const before = await positions(page);
			await page.keyboard.press('s');
			await expect(page.locator('.floor.is-sign-first')).toBeVisible();
			await page.keyboard.press('v');
			await control(page, 'swap').click();
			await expect(stage(page)).toHaveAttribute('data-layout', 'large');
			expect(await positions(page)).toEqual(before);
			await shot(page, info, 'swapped');
		});

		test('in turns only one picture moves at a time', async ({}, info) => {
			await seek(page, 3000);
			await control(page, 'turns').click();
			await control(page, 'play').click();
			await expect(playerOf(page)).toHaveAttribute('data-turn', 'sign');
			const counting = framesInTurns(page);
			await shot(page, info, 'turn-of-the-signer');
			await expect(playerOf(page)).toHaveAttribute('data-turn', 'demonstration');
			await shot(page, info, 'turn-of-the-hands');
			const { sign, demonstration } = await counting;
			for (const { movedMs, standing } of [sign, demonstration]) {
				expect(movedMs).toBeGreaterThan(1000);
				// It is sought ahead while it waits; it does not play.
				expect(standing).toBeLessThanOrEqual(4);
			}
		});

		test('captions go, come back, in two languages, below, over and beside', async ({}, info) => {
			await begin(page);
			await pause(page);
			await seek(page, 4000);
			await expect(captions(page)).toContainText('糖浆倒进面粉');
			await page.keyboard.press('c');
			await expect(captions(page)).toHaveCount(0);
			await control(page, 'panel').click();
			await page.locator('[data-choice=first] label').filter({ hasText: '中文' }).click();
			await expect(captions(page)).toContainText('糖浆倒进面粉');
			const english = page.locator('[data-choice=second] label').filter({ hasText: 'English' });
			await english.click();
			await expect(captions(page)).toContainText('Pour syrup');
			await shot(page, info, 'settings');
			for (const place of ['over', 'beside', 'below']) {
				await choose(page, 'place', place);
				await expect(captions(page)).toHaveAttribute('data-place', place);
				await expect(captions(page)).toContainText('Pour syrup');
				await page.keyboard.press('Escape');
				await expect(control(page, 'panel')).toBeFocused();
				await shot(page, info, `captions-${place}`);
				await control(page, 'panel').click();
			}
		});

		test('slower, frame by frame, step by step, mirrored and closer', async ({}, info) => {
			await begin(page);
			await control(page, 'slow').click();
			await expect(control(page, 'slow')).toHaveAttribute('aria-pressed', 'true');
			await expect(page.locator('video').first()).toHaveJSProperty('paused', false);
			await expect
				.poll(() =>
					page
						.locator('video')
						.evaluateAll((all: HTMLVideoElement[]) =>
							all.map(({ playbackRate }) => playbackRate > 0.4 && playbackRate < 0.61)
						)
				)
				.toEqual([true, true]);
			await shot(page, info, 'slow');
			await pause(page);
			await seek(page, 8000);
			for (const [key, by] of [
				['.', 1],
				['.', 1],
				[',', -1]
			] as const) {
				const [from = 0] = await positions(page);
				await page.keyboard.press(key);
				await expect
					.poll(async () => {
						const [one = 0, other = 0] = await positions(page);
						return { by: Math.sign(one - from), isOneFrame: Math.abs(one - other) < 17 };
					})
					.toEqual({ by, isOneFrame: true });
			}
			await page.keyboard.press('n');
			await arrived(page, 12_000);
			await page.keyboard.press('n');
			await arrived(page, 21_000);
			await page.keyboard.press('b');
			await arrived(page, 12_000);
			await page.keyboard.press('x');
			await expect(page.getByText(say('stage_mirrored'), { exact: true })).toBeVisible();
			await shot(page, info, 'mirrored');
			await page.keyboard.press('+');
			await expect(page.getByRole('button', { name: say('stage_look_left') })).toBeVisible();
			await page.getByRole('button', { name: say('stage_look_left') }).click();
			await shot(page, info, 'closer');
			await page.getByRole('button', { name: say('stage_zoom_reset') }).click();
			await expect(page.getByRole('button', { name: say('stage_look_left') })).toHaveCount(0);
		});

		test('she repeats a piece from A to B', async ({}, info) => {
			await begin(page);
			await pause(page);
			await seek(page, 8000);
			await page.keyboard.press('[');
			await seek(page, 9500);
			await page.keyboard.press(']');
			const { fromMs, toMs } = await goneBack(page);
			expect(fromMs).toBeLessThan(9600);
			expect(Math.abs(toMs - 8000)).toBeLessThan(300);
			await expect(page.locator('.marks b')).toBeVisible();
			await shot(page, info, 'from-a-to-b');
			await page.keyboard.press(']');
			await expect(page.locator('.marks b')).toHaveCount(0);
		});

		test('she practises to the end by taps; a timer outlives the page', async ({}, info) => {
			await control(page, 'practice').click();
			const practice = page.locator('[data-part=practice]');
			for (const [index, title] of ['和面', '包馅', '脱模', '烘烤'].entries()) {
				await expect(practice.getByRole('heading', { name: title })).toBeVisible();
				if (index === 0) {
					expect((await framesPresented(page, 200)).length).toBeGreaterThan(0);
					await shot(page, info, 'practice');
				}
				if (title === '烘烤') {
					await practice.getByRole('button', { name: /^开始计时：烘烤/ }).click();
					await expect(page.getByRole('timer')).toContainText('烘烤');
					await shot(page, info, 'timer');
				}
				// A second tap within 0.7 s counts as one with the first.
				await page.waitForTimeout(800);
				await practice.locator('button.finish').click();
			}
			await expect(practice).toContainText(say('practice_all_done_title', { count: 4 }));
			await shot(page, info, 'practice-done');
			await page.reload();
			await expect(page.getByRole('timer')).toContainText(/19:\d\d/);
			await expect(page.locator('[data-part=steps]').getByText(say('practice_done'))).toHaveCount(
				4
			);
			await shot(page, info, 'timer-after-reload');
		});

		test('a word shows its sign while the lesson waits, then it goes on', async ({}, info) => {
			await begin(page);
			const word = page.locator('[data-part=transcript] [data-part=term]').first();
			await word.click();
			const dialog = page.locator('[data-part=glossary]');
			await expect(dialog.getByRole('heading')).toBeVisible();
			await expect(playerOf(page)).toHaveAttribute('data-phase', 'paused');
			await expect
				.poll(() => dialog.locator('video').evaluate((clip: HTMLVideoElement) => clip.currentTime))
				.toBeGreaterThan(0.1);
			await shot(page, info, 'glossary');
			await page.keyboard.press('Escape');
			await expect(dialog).toHaveCount(0);
			await expect(word).toBeFocused();
			await expect(playerOf(page)).toHaveAttribute('data-phase', 'playing');
		});

		test('she finds a word in the transcript and goes to its moment', async ({}, info) => {
			await begin(page);
			await pause(page);
			const transcript = page.locator('[data-part=transcript]');
			await transcript.getByRole('searchbox').fill('金黄');
			await expect(transcript.getByRole('status')).toHaveText(
				say('captions_found', { at: 1, count: 1 })
			);
			await shot(page, info, 'transcript-search');
			await transcript
				.locator('li')
				.filter({ hasText: '金黄' })
				.getByRole('button')
				.first()
				.click();
			await arrived(page, 33_600);
		});

		test('full screen keeps pictures, captions and controls; Escape closes one thing', async ({}, info) => {
			await begin(page);
			await control(page, 'fullscreen').click();
			await expect(playerOf(page)).toHaveClass(/is-full/);
			for (const part of [
				stage(page),
				captions(page),
				control(page, 'play'),
				control(page, 'swap')
			])
				await expect(part).toBeInViewport({ ratio: 0.99 });
			expect(await framesPresented(page, 200)).toHaveLength(2);
			await shot(page, info, 'full-screen');
			await page.keyboard.press('f');
			await expect(playerOf(page)).not.toHaveClass(/is-full/);
			await page.keyboard.press('?');
			const help = page.getByRole('dialog', { name: say('player_shortcuts') });
			await expect(help).toBeVisible();
			await shot(page, info, 'shortcuts');
			await page.keyboard.press('Escape');
			await expect(help).toHaveCount(0);
			await control(page, 'panel').click();
			await expect(page.locator('[data-part=panel]')).toBeVisible();
			await page.keyboard.press('Escape');
			await expect(page.locator('[data-part=panel]')).toHaveCount(0);
			await expect(control(page, 'panel')).toBeFocused();
		});
	});
