/** From a school's list to a class that learns: nobody in it types a name or a password. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import * as sessions from '#lib/server/people/sessions.ts';
import { databaseOf } from '../faults/town.ts';
import * as made from '../support/people.ts';
import { readQr } from '../support/qr.ts';
import { type Server, startServer } from '../support/server.ts';
import { csv, xlsx } from '../support/sheets.ts';
import { say } from '../support/words.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
test.beforeAll(async () => {
	server = await startServer();
	db = databaseOf(server);
});
test.afterAll(() => server.remove());

const device = async (browser: Browser, width = 360, javaScriptEnabled = true): Promise<Page> => {
	const viewport = { width, height: 740 };
	const options = { baseURL: server.origin, locale: 'zh-CN', viewport, javaScriptEnabled };
	return (await browser.newContext(options)).newPage();
};

async function staffAt(browser: Browser, javaScriptEnabled = true) {
	const taught = await made.aPublishedLesson(db);
	const { staff, classId } = await made.aClass(db, taught.courseId);
	const page = await device(browser, 1280, javaScriptEnabled);
	const { value } = await sessions.begin(db, staff.id, false);
	await page.context().addCookies([{ name: 'session', value, url: server.origin }]);
	return { page, classId };
}

const press = (page: Page, word: string, values = {}) =>
	page.getByRole('button', { name: say(word, values) }).click();

/** Looks at a card on the sheet as a phone's camera does. */
async function scan(page: Page, name: string): Promise<string> {
	const square = page.getByRole('img', { name: say('cards_qr', { name }) });
	return readQr(await square.screenshot());
}

async function send(page: Page, classId: string, name: string, buffer: Buffer) {
	await page.goto(`/staff/classes/${classId}`);
	await page.getByRole('link', { name: say('roster_nav') }).click();
	await page.locator('#file').setInputFiles({ name, mimeType: 'text/csv', buffer });
	await press(page, 'roster_read');
}

test('a roster is looked at, imported and printed as cards; a trainee scans hers and learns', async ({
	browser
}) => {
	test.setTimeout(180_000);
	const { page, classId } = await staffAt(browser);
	const rows = [
		['姓名', '编号', '残疾证号'],
		['示例甲', 'S-1', '不该读的'],
		['', 'S-2', '不该读的'],
		['示例乙', 'S-3', '不该读的']
	];

	await test.step('staff sees what would happen, and what was not read', async () => {
		await send(page, classId, '名单.csv', Buffer.from('\ufeff' + csv(rows)));
		await expect(page.getByText(say('roster_left_out_private'))).toBeVisible();
		await expect(page.getByText('残疾证号')).toBeVisible();
		await expect(page.getByText('不该读的')).toHaveCount(0);
		await expect(page.getByText(say('problem_roster_name_missing'))).toBeVisible();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('link', { name: say('roster_download') }).click()
		]);
		const bad = await (await download.createReadStream()).toArray();
		expect(Buffer.concat(bad as Buffer[]).toString()).toContain('"3","","S-2"');
	});

	await test.step('she imports it, and once more: nobody is there twice', async () => {
		await press(page, 'roster_import', { n: 2 });
		const done = say('roster_done', { n: 2, joined: 0 });
		await expect(page.getByText(done)).toBeVisible();
		await send(page, classId, '名单.xlsx', await xlsx(rows));
		await expect(page.getByText(say('roster_import_none'))).toBeVisible();
	});

	await test.step('she prints the cards: on paper there is nothing else', async () => {
		await page.goto(`/staff/classes/${classId}/cards`);
		await press(page, 'cards_make_missing', { n: 2 });
		await expect(page.getByText(say('cards_once_title'))).toBeVisible();
		await page.emulateMedia({ media: 'print' });
		await expect(
			page.getByRole('img', { name: say('cards_qr', { name: '示例甲' }) })
		).toBeVisible();
		await expect(page.getByRole('heading', { level: 1 })).toBeHidden();
		await expect(page.getByText(say('cards_once_title'))).toBeHidden();
		await page.screenshot({ path: 'test-results/cards-print.png', fullPage: true });
		await page.emulateMedia({ media: 'screen' });
	});
	const address = await scan(page, '示例甲');
	expect(address).toMatch(new RegExp(`^${server.origin}/card/[\\w-]{27}$`));

	const phone = await device(browser);
	await test.step('she scans: the page says whose card it is, and one button begins', async () => {
		// A messenger looks at the link before her; it uses nothing up and signs nobody in.
		expect((await fetch(address)).headers.get('set-cookie')).toBeNull();
		await phone.goto(address);
		await expect(phone.getByRole('heading', { level: 1, name: '示例甲' })).toBeVisible();
		await expect(phone.getByRole('textbox')).toHaveCount(0);
		await phone.screenshot({ path: 'test-results/card-ready.png' });
		await press(phone, 'card_begin');
		await expect(phone).toHaveURL(/\/learn$/);
		await expect(phone.getByText('揉面').first()).toBeVisible();
	});

	await test.step('on her own phone it goes on working, also after signing out', async () => {
		await phone.context().clearCookies({ name: 'session' });
		await phone.goto(address);
		await press(phone, 'card_begin');
		await expect(phone).toHaveURL(/\/learn$/);
	});

	const other = await device(browser);
	await test.step('another phone is refused, and may ask; staff allows it', async () => {
		await other.goto(address);
		await expect(other.getByText(say('card_elsewhere_title'))).toBeVisible();
		await expect(other.getByRole('button', { name: say('card_begin') })).toHaveCount(0);
		await expect(other.getByText(say('cards_computer'), { exact: false })).toBeVisible();
		await other.screenshot({ path: 'test-results/card-elsewhere.png' });
		await press(other, 'card_ask');
		await expect(other.getByText(say('card_asked'))).toBeVisible();
		await page.reload();
		await expect(page.getByText(say('cards_asked'))).toBeVisible();
		await page.getByRole('link', { name: say('cards_open_named', { name: '示例甲' }) }).click();
		await press(page, 'cards_allow');
		await expect(page.getByText(say('cards_event_device_allowed'))).toBeVisible();
		await other.goto(address);
		await press(other, 'card_begin');
		await expect(other).toHaveURL(/\/learn$/);
	});

	await test.step('staff takes the card back: it is gone, and both phones are out', async () => {
		await press(page, 'cards_revoke');
		await expect(page.getByText(say('cards_event_revoked'))).toBeVisible();
		await page.screenshot({ path: 'test-results/card-history.png', fullPage: true });
		await phone.goto('/learn');
		await expect(phone).toHaveURL(/\/sign-in/);
		await phone.goto(address);
		await expect(phone.getByText(say('card_gone_title'))).toBeVisible();
	});
});

test('who finds her card used before her stops it with one press, and the other phone is out', async ({
	browser
}) => {
	const { page, classId } = await staffAt(browser);
	await send(page, classId, '名单.csv', Buffer.from(csv([['姓名'], ['示例丁']])));
	await press(page, 'roster_import', { n: 1 });
	await page.goto(`/staff/classes/${classId}/cards`);
	await press(page, 'cards_make_missing', { n: 1 });
	const address = await scan(page, '示例丁');
	const stranger = await device(browser);
	await stranger.goto(address);
	await press(stranger, 'card_begin');
	await stranger.getByRole('link', { name: say('card_own') }).click();
	await expect(stranger.getByText(say('cards_this_device'))).toBeVisible();

	const phone = await device(browser);
	await phone.goto(address);
	await press(phone, 'card_stop');
	await expect(phone.getByRole('heading', { name: say('card_stopped_title') })).toBeVisible();
	await stranger.goto('/learn');
	await expect(stranger).toHaveURL(/\/sign-in/);
	await page.goto(`/staff/classes/${classId}/cards`);
	await page.getByRole('link', { name: say('cards_open_named', { name: '示例丁' }) }).click();
	await expect(page.getByText(say('cards_event_revoked'))).toBeVisible();
});

test('all of it works without JavaScript', async ({ browser }) => {
	const { page, classId } = await staffAt(browser, false);
	await send(page, classId, '名单.csv', Buffer.from(csv([['姓名'], ['示例丙']])));
	await press(page, 'roster_import', { n: 1 });
	await page
		.getByRole('main')
		.getByRole('link', { name: say('cards_nav'), exact: true })
		.click();
	await press(page, 'cards_make_missing', { n: 1 });
	const address = await scan(page, '示例丙');
	const phone = await device(browser, 360, false);
	await phone.goto(address);
	await press(phone, 'card_begin');
	await expect(phone).toHaveURL(/\/learn$/);
	const other = await device(browser, 360, false);
	await other.goto(address);
	await press(other, 'card_ask');
	await expect(other.getByText(say('card_asked'))).toBeVisible();
});

test('a class with one seat: who comes second reads that it is full', async ({ browser }) => {
	const { page, classId } = await staffAt(browser);
	await page.goto(`/staff/classes/${classId}/edit`);
	await page.getByLabel(say('running_starts')).fill('2026-12-20');
	await page.getByLabel(say('running_ends')).fill('2026-12-01');
	await page.getByLabel(say('running_place'), { exact: false }).first().fill('示例路 1 号');
	await page.getByLabel(say('running_seats')).fill('1');
	await press(page, 'general_save');
	await expect(page.getByText(say('problem_ends_before_start')).first()).toBeVisible();
	await page.getByLabel(say('running_ends')).fill('2026-12-31');
	await press(page, 'general_save');
	await expect(page).toHaveURL(new RegExp(`/staff/classes/${classId}$`));
	await expect(page.getByText('示例路 1 号')).toBeVisible();
	const code = await page.locator('code').first().textContent();

	const join = async (name: string) => {
		const phone = await device(browser);
		await phone.goto(`/join/${code}`);
		return { phone, name };
	};
	const register = async ({ phone, name }: Awaited<ReturnType<typeof join>>) => {
		await phone.getByLabel(say('public_display_name')).fill('示例学员');
		await phone.getByLabel(say('public_sign_in_name')).fill(name);
		await phone.getByLabel(say('public_password')).fill('a long enough secret');
		await press(phone, 'public_join_submit');
	};
	const [first, second] = [await join('first'), await join('second')];
	await expect(first.phone.getByText('示例路 1 号')).toBeVisible();
	await register(first);
	await expect(first.phone).toHaveURL(/\/learn$/);
	await register(second);
	await expect(second.phone.getByText(say('problem_class_full')).first()).toBeVisible();
	const third = await join('third');
	await expect(third.phone.getByText(say('running_full_title'))).toBeVisible();
	await expect(third.phone.getByLabel(say('public_sign_in_name'))).toHaveCount(0);
	await third.phone.screenshot({ path: 'test-results/join-full.png' });
});
