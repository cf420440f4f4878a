/** The page on which a sign track is lined up, and a lesson for it on a running server. */
import { type Browser, expect, type Page } from '@playwright/test';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as placing from '#lib/server/media/placing.ts';
import { playerOf } from './lesson-page.ts';
import { addCaptions } from './people.ts';
import { aLessonToSign, signs, type Studio } from './recording-studio.ts';
import type { Server } from './server.ts';
import { positions } from './watching.ts';
import { say } from './words.ts';

const LESSON_S = 9;
const SIGN_S = 6;
/** Both pictures, and some ms of rounding: a frame of 30 a second. */
export const A_FRAME_MS = 34;

/** A demonstration of 9 s, a signer's video of 6 s, and two captions in the first four. */
export async function aLessonToPlace(server: Server): Promise<Studio> {
	const studio = await aLessonToSign(server, LESSON_S, []);
	await signs(server, studio, SIGN_S);
	await addCaptions(studio.db, studio);
	return studio;
}

/** The signer begins with the hands again, and nobody has ever said so. */
export async function unplace({ db, lessonId }: Studio): Promise<void> {
	await db.updateTable('lesson').set({ sign_offset_ms: 0 }).where('id', '=', lessonId).execute();
	for (const table of ['sign_section', 'sign_placing'] as const)
		await db.deleteFrom(table).where('lesson_id', '=', lessonId).execute();
}

type Opened = { width?: number; cookie?: string; javaScriptEnabled?: boolean; language?: string };
export async function openPlacing(
	browser: Browser,
	server: Server,
	studio: Studio,
	options: Opened = {}
): Promise<Page> {
	const { width = 1280, cookie = studio.cookie, javaScriptEnabled = true, language } = options;
	const context = await browser.newContext({
		...{ baseURL: server.origin, locale: 'zh-CN', javaScriptEnabled },
		viewport: { width, height: 900 }
	});
	await context.addCookies([
		{ name: 'session', value: cookie, url: server.origin },
		...(language ? [{ name: 'language', value: language, url: server.origin }] : [])
	]);
	const page = await context.newPage();
	await page.goto(`/teach/lessons/${studio.lessonId}/placing`);
	if (javaScriptEnabled) await page.locator('[data-is-alive="true"]').waitFor();
	return page;
}

export const button = (page: Page, key: string, values = {}) =>
	page.getByRole('button', { name: say(key, values), exact: true });
export const later = (page: Page, by: string) => button(page, 'placing_later_by', { by: say(by) });
export const earlier = (page: Page, by: string) =>
	button(page, 'placing_earlier_by', { by: say(by) });
export const field = (page: Page, name: string) => page.locator(`input[name="${name}"]`);
export const isState = (page: Page, state: string) =>
	expect(page.locator(`[data-state="${state}"]`)).toBeVisible();
export const save = (page: Page) => button(page, 'general_save').last().click();

export async function kept({ db, instructor, lessonId }: Studio) {
	const found = await placing.find(db, await lessons.forEditing(db, instructor, lessonId));
	if (!found) throw new Error('nothing to place');
	return found.placement;
}

/** Moves the player's own slider; what it stands at is told by the pictures. */
export async function goTo(page: Page, ms: number) {
	await page.locator('.seek input').fill(String(ms));
	await expect(playerOf(page)).toHaveAttribute('data-phase', 'paused');
	await expect.poll(async () => Math.abs(((await positions(page))[0] ?? 0) - ms)).toBeLessThan(60);
}

/** How far the signer's picture is behind the hands', while both stand. */
const behind = async (page: Page) => {
	const [hands = NaN, signer = NaN] = await positions(page);
	return hands - signer;
};
export const isBehindBy = (page: Page, ms: number) =>
	expect.poll(async () => Math.abs((await behind(page)) - ms)).toBeLessThan(A_FRAME_MS);
