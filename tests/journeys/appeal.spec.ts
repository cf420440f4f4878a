/** Two instructors do not agree, a third decides, the trainee appeals in sign, and a fourth says yes. */
import { expect, type Page, test } from '@playwright/test';
import { databaseOf } from '../faults/town.ts';
import * as films from '../support/films.ts';
import { button, handInPhoto, link, pageOf } from '../support/hand-in-pages.ts';
import { aPracticeLesson } from '../support/handed-in.ts';
import { shot } from '../support/lesson-page.ts';
import { type Server, startServer } from '../support/server.ts';
import { aColleague } from '../support/two-assessors.ts';
import { say } from '../support/words.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
test.beforeAll(async () => {
	server = await startServer();
	db = databaseOf(server);
});
test.afterAll(() => server.remove());

test('a trainee whom two of three did not pass appeals with a signed film, and another instructor passes her', async ({
	browser
}, info) => {
	test.setTimeout(240_000);
	const place = await aPracticeLesson(db, { assessors: '2' });
	const { trainee, instructor, lessonId } = place;
	const others = [await aColleague(db, place), await aColleague(db, place)];
	const handIn = `/learn/lessons/${lessonId}/hand-in`;
	const phone = await pageOf(browser, server, trainee, { width: 360 });
	const [first, second, third] = await Promise.all(
		[instructor, ...others].map((who, at) =>
			// The third does all of it without script.
			pageOf(browser, server, who, { javaScriptEnabled: at < 2 })
		)
	);
	if (!first || !second || !third) throw new Error('three of them');
	const shown = (page: Page, key: string) => expect(page.getByText(say(key)).first()).toBeVisible();
	const open = async (page: Page) => {
		await page.goto('/teach/practice');
		await page.getByRole('link', { name: new RegExp(trainee.displayName) }).click();
	};
	/** Both criteria, the result, a word. */
	const fill = async (page: Page, result: string, comment: string) => {
		await page.locator('[id="level.0"]').check();
		await page.locator('[id="level.1"]').check();
		await page.getByRole('radio', { name: say(result), exact: true }).check();
		await page.getByLabel(say('assess_comment')).fill(comment);
	};
	const give = async (page: Page, result: string, comment: string) => {
		await button(page, 'assess_begin').click();
		await fill(page, result, comment);
		await button(page, 'deciding_give').click();
	};

	await test.step('she hands in, and is told that two look', async () => {
		await phone.goto(`/learn/lessons/${lessonId}`);
		await shown(phone, 'deciding_task');
		await phone.goto(handIn);
		await handInPhoto(phone);
		await shown(phone, 'deciding_wait_two');
	});

	await test.step('two look without seeing each other, and do not agree', async () => {
		await open(first);
		await shown(first, 'deciding_blind');
		await give(first, 'assess_passed', '皮很薄，好');
		await shown(first, 'deciding_done');
		await shown(first, 'deciding_wait_second');
		await open(second);
		expect(await second.content()).not.toContain('皮很薄');
		await button(second, 'assess_begin').click();
		await expect(second.locator('[id="level.0"]')).toBeVisible();
		await phone.reload();
		await shown(phone, 'deciding_look_second');
		expect(await phone.content()).not.toContain('皮很薄');
		await shot(phone, info, 'two-are-looking');
		await fill(second, 'assess_again', '边上裂了');
		await button(second, 'deciding_give').click();
		await shown(second, 'deciding_wait_third');
	});

	await test.step('a third decides; she sees the two who agree', async () => {
		await open(third);
		expect(await third.content()).not.toMatch(/皮很薄|边上裂了/);
		await give(third, 'assess_again', '再练一次');
		await shown(third, 'assess_done');
		await phone.reload();
		await shown(phone, 'handin_state_again');
		for (const words of ['边上裂了', '再练一次'])
			await expect(phone.getByText(words)).toBeVisible();
		expect(await phone.content()).not.toContain('皮很薄');
		await shot(phone, info, 'decided-by-two');
	});

	await test.step('she appeals: presses a reason and signs', async () => {
		await link(phone, 'appeal_open').click();
		await button(phone, 'appeal_send').click();
		await shown(phone, 'problem_appeal_empty');
		await phone.locator('#choose-answer').setInputFiles(await films.webm(2));
		await expect(phone.locator('.signed video')).toBeVisible({ timeout: 90_000 });
		await phone.getByRole('radio', { name: say('appeal_reason_unseen') }).check();
		await shot(phone, info, 'appeal');
		await button(phone, 'appeal_send').click();
		await shown(phone, 'appeal_wait');
		await shown(phone, 'appeal_next_later');
	});

	await test.step('none of the three may look again; another sees what she signs, and passes her', async () => {
		await open(first);
		await shown(first, 'appeal_not_you');
		await expect(button(first, 'appeal_begin')).toHaveCount(0);
		const fourth = await pageOf(browser, server, await aColleague(db, place));
		await open(fourth);
		await expect(fourth.getByLabel(say('appeal_film')).first()).toBeVisible();
		await shot(fourth, info, 'appeal-to-decide');
		await button(fourth, 'appeal_begin').click();
		await fill(fourth, 'appeal_change', '');
		await button(fourth, 'appeal_answer_send').click();
		await shown(fourth, 'problem_appeal_unanswered');
		await fourth.getByLabel(say('assess_comment')).fill('第二张看得清，通过');
		await button(fourth, 'appeal_answer_send').click();
		await shown(fourth, 'assess_done');
	});

	await test.step('it is final, and she has passed', async () => {
		await phone.reload();
		await shown(phone, 'appeal_changed');
		await shown(phone, 'handin_state_passed');
		await expect(phone.getByText('第二张看得清，通过')).toBeVisible();
		await expect(link(phone, 'appeal_open')).toHaveCount(0);
		await shot(phone, info, 'appeal-changed');
	});
});
