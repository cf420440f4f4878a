/** The page that lines up a sign track: without script, with a colleague, empty, and as it looks. */
import { type Browser, expect, test } from '@playwright/test';
import * as sessions from '#lib/server/people/sessions.ts';
import { atRest, audit } from '../support/audit.ts';
import { shot } from '../support/lesson-page.ts';
import {
	aLessonToPlace,
	button,
	earlier,
	field,
	goTo,
	isState,
	kept,
	later,
	openPlacing,
	save,
	unplace
} from '../support/placing-page.ts';
import { aLessonToLookAt, type Studio } from '../support/recording-studio.ts';
import { type Server, startServer } from '../support/server.ts';
import { aColleague } from '../support/two-assessors.ts';
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

test('without script a form of times does it, and says what is wrong', async ({ browser }) => {
	const page = await open(browser, { javaScriptEnabled: false });
	await field(page, 'offsetMs').fill('0:10');
	await save(page);
	await expect(page.getByRole('alert')).toContainText(say('problem_sign_outside'));
	await expect(field(page, 'offsetMs')).toHaveValue('0:10');
	await field(page, 'offsetMs').fill('0:01.5');
	await save(page);
	await isState(page, 'saved');
	expect(await kept(studio)).toEqual({ offsetMs: 1500, sections: [] });
	for (const [name, time] of Object.entries({
		...{ '0.lessonMs': '0:04', '0.mediaMs': '0:02' },
		...{ '1.lessonMs': '0:00', '1.mediaMs': '0:00', '1.lengthMs': '0:02' }
	}))
		await field(page, name).fill(time);
	await save(page);
	await isState(page, 'saved');
	expect((await kept(studio)).sections).toEqual([
		{ lessonMs: 0, mediaMs: 0, lengthMs: 2000 },
		{ lessonMs: 4000, mediaMs: 2000, lengthMs: 4000 }
	]);
	await page.getByRole('checkbox', { name: say('placing_remove_of', { number: 2 }) }).check();
	await save(page);
	await isState(page, 'saved');
	expect((await kept(studio)).sections).toHaveLength(1);
	await page.context().close();
});

test('two who place at once never overwrite each other unknowingly', async ({ browser }, info) => {
	const colleague = await aColleague(studio.db, studio);
	const { value: cookie } = await sessions.begin(studio.db, colleague.id, false);
	const [one, other] = [await open(browser), await open(browser, { cookie })];
	await later(other, 'placing_second').click();
	await save(other);
	await isState(other, 'saved');
	await earlier(one, 'placing_second').click();
	await save(one);
	const conflict = one.locator('[data-part=conflict]');
	await expect(conflict).toContainText(colleague.displayName);
	await atRest(one);
	expect(await audit(one)).toEqual([]);
	await shot(one, info, 'placing-conflict');
	expect((await kept(studio)).offsetMs).toBe(1000);

	await test.step('she looks at the other one’s, and comes back to hers', async () => {
		await button(one, 'placing_conflict_theirs').click();
		await expect(field(one, 'offsetMs')).toHaveValue('0:01');
		await expect(conflict).toHaveCount(0);
		await button(one, 'steps_undo').click();
		await expect(field(one, 'offsetMs')).toHaveValue('-0:01');
		await save(one);
		await isState(one, 'saved');
		expect((await kept(studio)).offsetMs).toBe(-1000);
	});

	await test.step('whoever is asked may also keep hers at once', async () => {
		await later(other, 'placing_second').click();
		await save(other);
		await button(other, 'placing_conflict_mine').click();
		await isState(other, 'saved');
		expect((await kept(studio)).offsetMs).toBe(2000);
	});
	await one.context().close();
	await other.context().close();
});

test('where there is no signing yet, the way to it is shown', async ({ browser }, info) => {
	const lesson = await aLessonToLookAt(server);
	const page = await open(browser, { cookie: lesson.cookie, javaScriptEnabled: false });
	// Somebody else's lesson is not there for her.
	await expect(page.locator('h1')).not.toHaveText(say('placing_title'));
	await page.goto(`/teach/lessons/${lesson.lessonId}/placing`);
	await expect(page.getByText(say('placing_sign_first'))).toBeVisible();
	await shot(page, info, 'placing-empty');
	await page
		.getByRole('link', { name: say('teach_lesson_back') })
		.first()
		.click();
	await expect(page).toHaveURL(new RegExp(`${lesson.lessonId}#video-sign$`));
	await page.context().close();
});

for (const language of ['zh-CN', 'en'])
	for (const width of [360, 1280])
		test(`it reads well in ${language} at ${width} px`, async ({ browser }, info) => {
			const page = await open(browser, { width, language });
			await goTo(page, 4000);
			await page.locator('[data-part=new-piece] input').fill('0:02');
			await page.locator('[data-part=new-piece] button').click();
			await atRest(page);
			expect(await audit(page)).toEqual([]);
			const path = info.outputPath(`placing-${language}-${width}.png`);
			await page.screenshot({ path, fullPage: true });
			const small = await page
				.locator('[data-part=placing]')
				.evaluate((form) =>
					[...form.querySelectorAll('button:not([tabindex="-1"]), input:not([type=hidden])')]
						.filter((one) => !one.closest('.player') && one.getBoundingClientRect().height < 44)
						.map((one) => one.outerHTML.slice(0, 80))
				);
			expect(small).toEqual([]);
			await page.context().close();
		});
