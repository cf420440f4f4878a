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

for (const javaScriptEnabled of [true, false])
	test(`she has everything erased, and thinks better of it, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
		browser
	}, info) => {
		const db = databaseOf(server);
		const { trainee } = await aPracticeLesson(db);
		const page = await pageOf(browser, server, trainee, { width: 360, javaScriptEnabled });
		await page.goto('/own-data');
		await link(page, 'own_erase_all').click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('own_erase_sure'));
		await page.screenshot({ path: info.outputPath('erase-360.png'), fullPage: true });
		await button(page, 'own_erase_all').click();
		const takeBack = button(page, 'own_erase_take_back');
		await expect(takeBack).toBeVisible();
		await page.screenshot({ path: info.outputPath('erasing-360.png'), fullPage: true });
		const asked = () =>
			db
				.selectFrom('person')
				.where('id', '=', trainee.id)
				.select('erases_at')
				.executeTakeFirstOrThrow();
		const { erases_at } = await asked();
		const days = (Date.parse(erases_at ?? '') - Date.now()) / 86_400_000;
		expect(Math.round(days)).toBe(7);

		// Where she begins each day it is said, and leads to where it is taken back.
		await page.goto('/learn');
		await page.screenshot({ path: info.outputPath('learn-360.png') });
		await link(page, 'own_road_erasing_look').click();
		await takeBack.click();
		await expect(page.getByText(say('own_erase_taken_back'))).toBeVisible();
		expect(await asked()).toEqual({ erases_at: null });
		await db.destroy();
		await page.context().close();
	});
