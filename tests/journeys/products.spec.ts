/**
 * A shop's own products reach the showcase: staff try and connect it, its changes arrive, its failures
 * are told with how old the last good state is, and what is closed is kept by hand.
 */
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { openSqlite } from '#lib/server/database/database.ts';
import { databaseOf } from '../faults/town.ts';
import { acceptInvitation } from '../support/first-steps.ts';
import { aGraduate, aPerson, aProposal, begin, step } from '../support/placing.ts';
import { type Server, startServer } from '../support/server.ts';
import { aPicture, aWooShop } from '../support/shops.ts';
import { say } from '../support/words.ts';

let server: Server;
let db: ReturnType<typeof openSqlite>;
let woo: Awaited<ReturnType<typeof aWooShop>>;
test.beforeAll(async () => {
	server = await startServer({ ASK_LOOPBACK: '1' });
	db = databaseOf(server);
	woo = await aWooShop();
	woo.goods = woo.goods.map((good) => ({ ...good, picture: `${woo.origin}/${good.id}.jpg` }));
});
test.afterAll(async () => {
	await db.destroy();
	await server.remove();
	await woo.server.close();
});

const someone = async (browser: Browser, options: Parameters<Browser['newContext']>[0] = {}) =>
	(await browser.newContext({ baseURL: server.origin, locale: 'zh-CN', ...options })).newPage();

/** A product as a list shows it, which may stand in a list of shops. */
const product = (page: Page, title: string) =>
	page
		.getByRole('listitem')
		.filter({ has: page.getByRole('link', { name: title, exact: true }) })
		.last();

/** What the showcase tells those who read no words, by name. */
async function toldToMachines(page: Page): Promise<Record<string, unknown>> {
	const [text] = await page.locator('script[type="application/ld+json"]').allTextContents();
	if (text === undefined) return {};
	const list = JSON.parse(text) as {
		itemListElement: { item: { name: string; offers: unknown } }[];
	};
	return Object.fromEntries(list.itemListElement.map(({ item }) => [item.name, item.offers]));
}

const fillAddress = async (page: Page, kind: string, address: string) => {
	await page.getByRole('radio', { name: say(kind) }).check();
	await page.getByLabel(say('goods_address'), { exact: true }).fill(address);
};

test('products of a graduate’s shop are shown as the shop has them, and old ones as old', async ({
	browser
}) => {
	test.setTimeout(240_000);
	const staff = await someone(browser);
	const visitor = await someone(browser, { viewport: { width: 360, height: 800 } });
	const graduate = await aGraduate(db, '示例毕业生');
	const clerk = await aPerson(db, 'staff');
	const { placementId } = await aProposal(db, { staff: clerk, graduate }, { name: '示例月饼铺' });
	await step(db, graduate, 'consent', placementId);
	await step(db, graduate, 'show', placementId);
	await begin(db, clerk, placementId);

	await test.step('staff choose the wrong kind, and are told so in words', async () => {
		await acceptInvitation(staff, await server.invite('示例专员'), 'zhuanyuan');
		await staff.getByRole('link', { name: say('public_nav_storefronts') }).click();
		await staff.getByRole('link', { name: '示例月饼铺' }).click();
		await staff.getByRole('link', { name: say('goods_title') }).click();
		await fillAddress(staff, 'goods_kind_feed', `${woo.origin}/wp-json/wc/store/v1/products`);
		await staff.getByRole('button', { name: say('goods_try') }).click();
		await expect(staff.getByText(say('problem_source_type')).first()).toBeVisible();
	});

	await test.step('they try the right one, also without scripts, and nothing is shown yet', async () => {
		await fillAddress(staff, 'goods_kind_woocommerce', woo.origin);
		await staff.getByRole('button', { name: say('goods_try') }).click();
		await expect(staff.getByText(say('goods_tried', { count: 2 }))).toBeVisible();
		await expect(staff.getByText('广式月饼礼盒')).toBeVisible();

		const storageState = await staff.context().storageState();
		const plain = await someone(browser, { javaScriptEnabled: false, storageState });
		await plain.goto(new URL(staff.url()).pathname);
		await fillAddress(plain, 'goods_kind_woocommerce', woo.origin);
		await plain.getByRole('button', { name: say('goods_try') }).click();
		await expect(plain.getByText(say('goods_tried', { count: 2 }))).toBeVisible();
		await expect(plain.getByLabel(say('goods_address'), { exact: true })).toHaveValue(woo.origin);
		await plain.context().close();

		await visitor.goto('/showcase');
		await expect(visitor.getByRole('heading', { name: '示例月饼铺' })).toBeVisible();
		await expect(visitor.getByText('广式月饼礼盒')).toHaveCount(0);
	});

	await test.step('connected, the products come to staff’s page by themselves, and to everybody', async () => {
		await staff.getByRole('button', { name: say('goods_connect') }).click();
		await expect(product(staff, '广式月饼礼盒')).toContainText('¥128.00');
		await expect(staff.getByText(say('goods_state_good'), { exact: true })).toBeVisible();
		await visitor.reload();
		await expect(product(visitor, '广式月饼礼盒')).toContainText('¥128.00');
		await expect(product(visitor, '桂花糕')).toContainText(say('goods_out_of_stock'));
		const picture = product(visitor, '广式月饼礼盒').locator('img');
		await expect(picture).toHaveAttribute('src', /^\/showcase\/pictures\//);
		await picture.scrollIntoViewIfNeeded();
		await expect
			.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
			.toBeGreaterThan(0);
		expect(await toldToMachines(visitor)).toMatchObject({
			广式月饼礼盒: {
				...{ price: '128.00', priceCurrency: 'CNY' },
				availability: 'https://schema.org/InStock'
			}
		});
	});

	await test.step('the shop changes a price: after the next look it is everybody’s', async () => {
		woo.goods = woo.goods.map((good) => (good.id === 11 ? { ...good, price: 9950 } : good));
		await staff.getByRole('button', { name: say('goods_refresh') }).click();
		await expect(product(staff, '广式月饼礼盒')).toContainText('¥99.50');
		await visitor.reload();
		await expect(product(visitor, '广式月饼礼盒')).toContainText('¥99.50');
	});

	await test.step('the shop goes down: the last state stays, with how old it is, and not for machines', async () => {
		woo.isDown = true;
		await staff.getByRole('button', { name: say('goods_refresh') }).click();
		await expect(staff.getByText(say('goods_state_failing'))).toBeVisible();
		await expect(staff.getByText(say('problem_source_busy'))).toBeVisible();
		await visitor.reload();
		await expect(product(visitor, '广式月饼礼盒')).toContainText('¥99.50');
		// All at once, so it is said once.
		await expect(visitor.getByText(/\d分钟前查的/)).toHaveCount(1);
		expect(await toldToMachines(visitor)).toEqual({});
	});

	await test.step('what no shop gives is kept by hand, on a phone too', async () => {
		await staff.setViewportSize({ width: 360, height: 800 });
		await staff.getByLabel(say('goods_name')).fill('手工绿豆糕');
		await staff.getByLabel(say('goods_price'), { exact: true }).fill('28,5');
		await staff.getByLabel(say('goods_link')).fill('https://item.example/1');
		await staff.getByLabel(say('goods_picture')).setInputFiles({
			...{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await aPicture('#8e2334') }
		});
		await staff.getByRole('button', { name: say('goods_add') }).click();
		await expect(staff.getByText(say('problem_price_odd')).first()).toBeVisible();
		await staff.getByLabel(say('goods_price'), { exact: true }).fill('28.5');
		await staff.getByRole('button', { name: say('goods_add') }).click();
		await expect(staff.getByText(say('goods_done_kept'))).toBeVisible();
		await visitor.reload();
		await expect(product(visitor, '手工绿豆糕')).toContainText('¥28.50');
		await expect(product(visitor, '手工绿豆糕').locator('img')).toHaveCount(1);
	});

	await test.step('the graduate leaves: products and pictures are gone at once', async () => {
		const source = await product(visitor, '手工绿豆糕').locator('img').getAttribute('src');
		expect((await visitor.request.get(source ?? '')).status()).toBe(200);
		await step(db, graduate, 'withdraw', placementId);
		await visitor.reload();
		await expect(visitor.getByText('手工绿豆糕')).toHaveCount(0);
		expect((await visitor.request.get(source ?? '')).status()).toBe(404);
	});
});
