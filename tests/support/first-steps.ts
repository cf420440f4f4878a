/** What every instructor does first, in a browser: she accepts her invitation, makes a course and a lesson. */
import { expect, type Page } from '@playwright/test';
import { say } from './words.ts';

export async function acceptInvitation(page: Page, link: string, signInName: string) {
	await page.goto(link);
	await page.getByLabel(say('public_sign_in_name')).fill(signInName);
	await page.getByLabel(say('public_password')).fill('a long enough secret');
	await page.getByRole('button', { name: say('public_invitation_submit') }).click();
}

/** A course, from the page of courses; what comes next is its first lesson. */
export async function makeCourse(
	page: Page,
	title: string,
	{ summary, cover }: { summary?: string; cover?: string } = {}
) {
	await page
		.getByRole('link', { name: say('teach_course_new') })
		.first()
		.click();
	await page.getByLabel(say('teach_course_title')).fill(title);
	await page.getByRole('radio', { name: say('teach_skill_baking') }).check();
	if (summary) await page.getByLabel(say('teach_course_summary')).fill(summary);
	if (cover) await page.locator('[name=cover]').setInputFiles(cover);
	await page.getByRole('button', { name: say('teach_course_create') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('teach_lesson_new'));
	await expect(page.getByRole('link', { name: title })).toBeVisible();
}

/** A lesson, from the page of its course or from where making a course has led. */
export async function addLesson(page: Page, title: string, mode: string) {
	const field = page.getByLabel(say('teach_lesson_title'));
	if (!(await field.isVisible()))
		await page.getByRole('link', { name: say('teach_lesson_new') }).click();
	await field.fill(title);
	await page.getByRole('radio', { name: say(mode) }).check();
	await page.getByRole('button', { name: say('teach_lesson_create') }).click();
	await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}
