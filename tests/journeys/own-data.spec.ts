/** Somebody sees what is kept about her, puts her name right, and takes all of it with her. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { fromBufferPromise } from 'yauzl';
import { diskStorage } from '#lib/server/storage/disk.ts';
import { databaseOf } from '../faults/town.ts';
import { button, link, pageOf } from '../support/hand-in-pages.ts';
import { aPracticeLesson, handIn } from '../support/handed-in.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.remove());

for (const javaScriptEnabled of [true, false])
	test(`she finds it in her settings, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
		browser
	}, info) => {
		const db = databaseOf(server);
		const taught = await aPracticeLesson(db);
		await handIn(db, diskStorage(join(server.dataFolder, 'media')), taught);
		await db.destroy();
		const page = await pageOf(browser, server, taught.trainee, { width: 360, javaScriptEnabled });
		await page.goto('/learn');
		await page.getByRole('banner').getByText(say('general_settings'), { exact: true }).click();
		await link(page, 'own_title').click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('own_title'));
		const work = page.getByRole('listitem').filter({ hasText: say('own_work_what') });
		await expect(work).toContainText(say('own_count', { count: 2 }));
		await page.screenshot({ path: info.outputPath('own-data-360.png'), fullPage: true });

		const name = page.getByLabel(say('own_name'), { exact: true });
		await expect(name).toHaveValue(taught.trainee.displayName);
		await name.fill('');
		await button(page, 'general_save').click();
		// The browser asks for it before it is sent.
		expect(await name.evaluate((one: HTMLInputElement) => one.validity.valueMissing)).toBe(true);
		await name.fill('示例小云');
		await button(page, 'general_save').click();
		await expect(page.getByText(say('own_renamed'))).toBeVisible();
		await page.getByRole('banner').getByText(say('general_settings'), { exact: true }).click();
		await expect(page.getByText(say('general_signed_in_as', { name: '示例小云' }))).toBeVisible();
		await page.keyboard.press('Escape');

		const [download] = await Promise.all([
			page.waitForEvent('download'),
			link(page, 'own_take_now').click()
		]);
		expect(download.suggestedFilename()).toMatch(/^own-data-\d{4}-\d\d-\d\d\.zip$/);
		const zip = await fromBufferPromise(await readFile(await download.path()));
		const names: string[] = [];
		for await (const entry of zip.eachEntry()) names.push(entry.fileName);
		expect(names).toEqual(['data.json', expect.stringMatching(/^works\/[\w-]+\/photo\.jpg$/)]);
		await page.context().close();
	});
