/** The caption studio of a lesson, opened by its instructor in a browser of its own. */
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import type { CaptionTier } from '#lib/domain/lessons.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as captions from '#lib/server/media/captions.ts';
import { aLessonToLookAt, type Studio } from './recording-studio.ts';
import type { Server } from './server.ts';
import { say } from './words.ts';

const time = (ms: number): string =>
	new Date(ms).toISOString().slice(11, 19) + `.${String(ms % 1000).padStart(3, '0')}`;

export const vttOf = (cues: readonly (readonly [number, number, string])[]): string =>
	`WEBVTT\n\n${cues.map(([start, end, text]) => `${time(start)} --> ${time(end)}\n${text}\n`).join('\n')}`;

export async function keep(
	{ db, instructor, lessonId }: Studio,
	webvtt: string,
	tier: CaptionTier = 'full'
): Promise<void> {
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	const bytes = new TextEncoder().encode(webvtt);
	const which = { language: 'zh-CN', tier } as const;
	await captions.put(db, lesson, instructor, { ...which, fileName: 'a.vtt', bytes });
}

export async function kept({ db, instructor, lessonId }: Studio, tier: CaptionTier = 'full') {
	const lesson = await lessons.forEditing(db, instructor, lessonId);
	return captions.find(db, lesson, { language: 'zh-CN', tier });
}

export async function openPage(
	browser: Browser,
	server: Server,
	studio: Studio,
	options: Parameters<Browser['newContext']>[0] = {}
): Promise<Page> {
	const context = await browser.newContext({
		baseURL: server.origin,
		locale: 'zh-CN',
		...options
	});
	await context.addCookies([{ name: 'session', value: studio.cookie, url: server.origin }]);
	return context.newPage();
}

export async function openCaptions(page: Page, { lessonId }: Studio, query = ''): Promise<void> {
	await page.goto(`/teach/lessons/${lessonId}/captions/zh-CN${query}`);
	await untilAlive(page);
}
export const untilAlive = (page: Page): Promise<void> =>
	page.locator('.studio[data-is-alive="true"]').waitFor();

export const button = (
	page: Page,
	key: string,
	values?: Record<string, string | number>
): Locator => page.getByRole('button', { name: say(key, values), exact: true });
export const words = (page: Page): Locator => page.locator('textarea[aria-describedby]');
export const rows = (page: Page): Locator => page.locator('[role="option"]');

export const untilSaved = (page: Page, state = 'saved') =>
	expect(page.locator('[data-save]')).toHaveAttribute('data-save', state);

export const THREE = vttOf([
	[0, 2000, '先洗手'],
	[2500, 4500, '再和面'],
	[5000, 7000, '揉面']
]);
export async function withThree(server: Server): Promise<Studio> {
	const studio = await aLessonToLookAt(server);
	await keep(studio, THREE);
	return studio;
}
