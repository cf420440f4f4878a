/** The network goes while a page waits for something: what is on the page stays there. */
import { expect, test } from '@playwright/test';
import * as uploads from '#lib/server/media/uploads.ts';
import { aLessonToLookAt, openStudio } from '../support/recording-studio.ts';
import { startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

test('a network that goes while a take is looked at leaves the page as it is', async ({
	browser
}) => {
	const server = await startServer();
	const studio = await aLessonToLookAt(server);
	const span = { startMs: 0, endMs: 10_000, alignMs: 0, trimStartMs: 0, trimEndMs: 10_000 };
	await uploads.begin(studio.db, studio.instructor, crypto.randomUUID(), {
		...{ lessonId: studio.lessonId, kind: 'sign', fileName: 'take.webm', sizeBytes: 1 },
		take: { id: crypto.randomUUID(), ...span }
	});
	const become = (state: 'waiting' | 'ready') =>
		studio.db
			.updateTable('take')
			.set({ state, duration_ms: 10_000, width: 640, height: 480 })
			.where('lesson_id', '=', studio.lessonId)
			.execute();
	await become('waiting');
	const page = await openStudio(browser, server, studio);
	const asked: number[] = [];
	page.on('requestfailed', () => asked.push(Date.now()));
	await page.evaluate(() => document.body.setAttribute('data-same', ''));
	await page.context().setOffline(true);
	// It has asked, in vain, more than once.
	await expect.poll(() => asked.length).toBeGreaterThan(1);
	await expect(page.getByRole('heading', { name: say('recording_title') })).toBeVisible();
	await page.context().setOffline(false);
	await become('ready');
	const all = page.locator('[data-state]').first();
	await expect(all).toHaveAttribute('data-state', 'sent');
	await expect(page.locator('[data-same]')).toHaveCount(1);
	await page.context().close();
	await server.remove();
});
