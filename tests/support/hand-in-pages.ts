/** People in browsers who hand in work and answer it. */
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as people from '#lib/server/people/sessions.ts';
import { databaseOf } from '../faults/town.ts';
import { aPhoto } from './attached.ts';
import type { Server } from './server.ts';
import { say } from './words.ts';

/** A page on which somebody of this server is signed in. */
export async function pageOf(
	browser: Browser,
	server: Server,
	who: PersonActor,
	{ width = 1280, javaScriptEnabled = true } = {}
): Promise<Page> {
	const db = databaseOf(server);
	const context = await browser.newContext({
		...{ baseURL: server.origin, locale: 'zh-CN', javaScriptEnabled },
		viewport: { width, height: 800 }
	});
	const { value } = await people.begin(db, who.id, false);
	await db.destroy();
	await context.addCookies([{ name: 'session', value, url: server.origin }]);
	return context.newPage();
}
export const button = (
	page: Page | Locator,
	key: string,
	values?: Record<string, string | number>
) => page.getByRole('button', { name: say(key, values), exact: true }).first();
export const link = (page: Page, key: string) =>
	page.getByRole('link', { name: say(key), exact: true }).first();
export const photo = async (name = 'IMG_1.jpg') => ({
	...{ name, mimeType: 'image/jpeg', buffer: await aPhoto(1200, 800) }
});
export const text = (name: string, mimeType: string) => ({
	...{ name, mimeType, buffer: Buffer.from('flour, sugar') }
});

export async function handInPhoto(page: Page) {
	await page.locator('#choose-photo').setInputFiles(await photo());
	await expect(
		page.getByRole('img', { name: say('handin_photo_number', { number: 1 }) }).last()
	).toBeVisible();
	await button(page, 'handin_send').click();
	await expect(page.getByText(say('handin_receipt'))).toBeVisible();
}
