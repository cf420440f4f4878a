/** What a lesson needs besides videos and captions, done in a browser by those who do it. */
import { expect, type Page } from '@playwright/test';
import { say } from './words.ts';

/** The gate's other steps: steps with pictures, who is to be seen, a deaf reviewer's word. @returns the page */
export async function passTheGate(page: Page, reviewer: Page, firstStep: string) {
	await markStep(page, firstStep);
	await reviewIsAskedFor(page, reviewer);
	return page;
}

/** Who is to be seen agrees, and a deaf reviewer signs it off. */
export async function reviewIsAskedFor(page: Page, reviewer: Page, name = '示例讲师') {
	await page.getByRole('radio', { name: say('gate_consent_myself') }).check();
	await page.getByRole('button', { name: say('gate_consent_add') }).click();
	await expect(page.getByText(say('gate_consent_given_myself', { name }))).toBeVisible();
	await page.getByRole('button', { name: say('gate_review_ask') }).click();
	await expect(page.getByText(say('gate_review_asked')).first()).toBeVisible();
	await reviewer.goto('/review');
	await reviewer.locator('main .grid a').first().click();
	await reviewer.getByRole('radio', { name: say('gate_reviewing_approve') }).check();
	await reviewer.getByRole('button', { name: say('gate_reviewing_decide') }).click();
	await expect(reviewer.getByText(say('gate_reviews_done_approved'))).toBeVisible();
	await page.reload();
}

/** Marks where the first step begins, names it, and waits for its picture. */
async function markStep(page: Page, title: string) {
	await page
		.locator('#steps')
		.getByRole('link', { name: say('gate_steps_edit') })
		.click();
	await page.locator('[data-is-alive="true"]').waitFor();
	await page.getByRole('button', { name: say('steps_begin_here') }).click();
	await page.getByLabel(say('steps_name')).fill(title);
	await page.getByRole('button', { name: say('general_save'), exact: true }).click();
	await expect(page.locator('[data-key] img')).toBeVisible();
	await page.getByRole('link', { name: say('teach_lesson_back') }).click();
	await expect(page.locator('#steps').getByText(title)).toBeVisible();
}
