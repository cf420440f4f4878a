/** An uploaded sign track is lined up with the demonstration: by buttons, in pieces, by keys alone. */
import { type Browser, expect, test } from '@playwright/test';
import { atRest, audit } from '../support/audit.ts';
import { control, pause, playerOf, shot } from '../support/lesson-page.ts';
import {
	A_FRAME_MS,
	aLessonToPlace,
	button,
	earlier,
	field,
	goTo,
	isBehindBy,
	isState,
	kept,
	later,
	openPlacing,
	save,
	unplace
} from '../support/placing-page.ts';
import type { Studio } from '../support/recording-studio.ts';
import { type Server, startServer } from '../support/server.ts';
import { positions, shownTogether } from '../support/watching.ts';
import { say } from '../support/words.ts';

let server: Server;
let studio: Studio;
test.beforeAll(async () => {
	test.setTimeout(400_000);
	server = await startServer();
	studio = await aLessonToPlace(server);
});
test.afterAll(() => server.remove());
test.beforeEach(() => unplace(studio));

type Opened = Parameters<typeof openPlacing>[3];
const open = (browser: Browser, options?: Opened) => openPlacing(browser, server, studio, options);

test('buttons move the signer, and what is seen at once is what plays, and what is kept', async ({
	browser
}, info) => {
	const page = await open(browser);
	await page.goto(`/teach/lessons/${studio.lessonId}`);
	await page.getByRole('link', { name: say('placing_open'), exact: true }).click();
	await page.locator('[data-is-alive="true"]').waitFor();
	await shot(page, info, 'placing-begun');
	await goTo(page, 4000);
	await isBehindBy(page, 0);
	await later(page, 'placing_second').click();
	await isBehindBy(page, 1000);
	await later(page, 'placing_tenth').click();
	await later(page, 'placing_frame').click();
	await isBehindBy(page, 1133);
	await earlier(page, 'placing_frame').click();
	await isBehindBy(page, 1100);
	await expect(page.getByText(say('placing_begins_at', { at: '0:01.1' }))).toBeVisible();
	await isState(page, 'unsaved');
	// The first cue is over before the signing has begun.
	await expect(page.locator('[data-part=unsigned]')).toHaveAttribute('data-count', '1');

	await test.step('it plays so', async () => {
		await goTo(page, 2000);
		await control(page, 'play').click();
		const pairs = await shownTogether(page, { pairs: 12, atLeastMs: 800 });
		await pause(page);
		const apart = pairs.map(([hands, signer]) => hands - signer).sort((a, b) => a - b);
		const middle = apart[Math.floor(apart.length / 2)] ?? NaN;
		expect(Math.abs(middle - 1100)).toBeLessThan(A_FRAME_MS);
	});

	await test.step('the moment shown is where the signer begins', async () => {
		await goTo(page, 3000);
		await button(page, 'placing_begins_here').click();
		await isBehindBy(page, 3000);
		expect((await kept(studio)).offsetMs).toBe(0);
		await save(page);
		await isState(page, 'saved');
		expect(await kept(studio)).toEqual({ offsetMs: 3000, sections: [] });
		await shot(page, info, 'placing-saved');
	});

	await test.step('and it stands there when the page is opened anew', async () => {
		await page.reload();
		await page.locator('[data-is-alive="true"]').waitFor();
		await expect(field(page, 'offsetMs')).toHaveValue('0:03');
		await goTo(page, 5000);
		await isBehindBy(page, 3000);
	});
	await page.context().close();
});

test('pieces: marked, moved, refused in words where they cannot be, taken back, kept', async ({
	browser
}, info) => {
	const page = await open(browser, { width: 360 });
	await goTo(page, 5000);
	await field(page, 'new').fill('0:03');
	await button(page, 'placing_new_add', { at: '0:05' }).click();
	await expect(page.locator('[data-piece]')).toHaveCount(2);
	await isBehindBy(page, 2000);
	// The first one ends where the signer is needed again.
	expect(await page.locator('[data-piece="1"] .hint').last().textContent()).toContain('0:03');

	await test.step('a piece is moved where it is looked at', async () => {
		await later(page, 'placing_second').click();
		await isBehindBy(page, 3000);
		await expect(field(page, '1.mediaMs')).toHaveValue('0:02');
		await button(page, 'steps_undo').click();
		await expect(field(page, '1.mediaMs')).toHaveValue('0:03');
		await isBehindBy(page, 2000);
	});

	await test.step('what cannot be is said beside it, also by the server', async () => {
		await field(page, '1.lengthMs').fill('0:08');
		await field(page, '1.lengthMs').press('Tab');
		await expect(page.locator('[id="1.lengthMs-error"]')).toContainText(
			say('problem_piece_over_end', { end: '0:09' })
		);
		await field(page, '0.mediaMs').fill('0:20');
		await field(page, '0.mediaMs').press('Tab');
		await expect(page.locator('[id="0.mediaMs-error"]')).toContainText(
			say('problem_piece_outside_sign', { end: '0:06' })
		);
		await save(page);
		await expect(page.getByRole('alert')).toBeFocused();
		await atRest(page);
		expect(await audit(page)).toEqual([]);
		await shot(page, info, 'placing-refused');
		await isState(page, 'unsaved');
		expect((await kept(studio)).sections).toEqual([]);
		await field(page, '0.mediaMs').fill('0:00');
		await field(page, '0.mediaMs').press('Tab');
		await field(page, '1.lengthMs').fill('soon');
		await field(page, '1.lengthMs').press('Tab');
		await expect(page.locator('[id="1.lengthMs-error"]')).toContainText(say('placing_time_odd'));
		await field(page, '1.lengthMs').fill('');
		await field(page, '1.lengthMs').press('Tab');
		await expect(page.locator('.error')).toHaveCount(0);
	});

	await save(page);
	await isState(page, 'saved');
	const sections = [
		{ lessonMs: 0, mediaMs: 0, lengthMs: 3000 },
		{ lessonMs: 5000, mediaMs: 3000, lengthMs: 3000 }
	];
	expect(await kept(studio)).toEqual({ offsetMs: 0, sections });

	await test.step('one is taken out, which can be taken back', async () => {
		await button(page, 'placing_remove_of', { number: 2 }).click();
		await expect(page.locator('[data-piece]')).toHaveCount(1);
		await expect(page.getByRole('heading', { level: 2 }).first()).toBeFocused();
		await page.keyboard.press('Control+z');
		await expect(page.locator('[data-piece]')).toHaveCount(2);
		await isState(page, 'saved');
		await button(page, 'placing_one').click();
		await expect(field(page, 'offsetMs')).toHaveValue('0:00');
		await save(page);
		await isState(page, 'saved');
		expect(await kept(studio)).toEqual({ offsetMs: 0, sections: [] });
	});

	await test.step('nothing scrolls sideways, and a trainee’s player goes by the pieces', async () => {
		for (const width of [360, 1280]) {
			await page.setViewportSize({ width, height: 900 });
			const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			expect(overflow).toBeLessThanOrEqual(0);
		}
	});
	await page.context().close();
});

test('everything can be done with keys alone', async ({ browser }) => {
	const page = await open(browser);
	const press = async (target: ReturnType<typeof button>) => {
		await target.focus();
		await page.keyboard.press('Enter');
	};
	await press(later(page, 'placing_second'));
	await expect(field(page, 'offsetMs')).toHaveValue('0:01');
	await expect(later(page, 'placing_second')).toBeFocused();
	await playerOf(page).focus();
	// Five seconds on, by the player's own key.
	await page.keyboard.press('l');
	await expect.poll(async () => (await positions(page))[0] ?? 0).toBeGreaterThan(4900);
	await field(page, 'new').focus();
	await page.keyboard.press('Control+a');
	await page.keyboard.type('0:05');
	// Enter means the field it is pressed in: nothing is saved by it.
	await page.keyboard.press('Enter');
	await expect(page.locator('[data-piece]')).toHaveCount(2);
	await isState(page, 'unsaved');
	// In a field this is the field's own; from anywhere else it takes back what was placed.
	await later(page, 'placing_frame').focus();
	await page.keyboard.press('Control+z');
	await expect(page.locator('[data-piece]')).toHaveCount(0);
	await field(page, 'offsetMs').focus();
	await page.keyboard.press('Control+a');
	await page.keyboard.type('-0:02');
	// Enter saves, and presses no other button.
	await page.keyboard.press('Enter');
	await isState(page, 'saved');
	expect(await kept(studio)).toEqual({ offsetMs: -2000, sections: [] });
	await page.context().close();
});
