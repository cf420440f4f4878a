/**
 * From a proposal to a check-in after ninety days: the graduate answers himself, a second member of
 * staff hears what is wrong, and he can leave. The calendar is moved by moving the day it began.
 */
import { expect, type Page, test } from '@playwright/test';
import type { PersonActor } from '#lib/server/access/actor.ts';
import { tellWhatIsDue } from '#lib/server/aftercare/reminders.ts';
import * as storefronts from '#lib/server/storefronts/storefronts.ts';
import { databaseOf } from '../faults/town.ts';
import { atRest, audit } from '../support/audit.ts';
import { button, link, pageOf } from '../support/hand-in-pages.ts';
import {
	aGraduate,
	aPerson,
	aProposal,
	aShop,
	beganAt,
	daysAgo,
	step
} from '../support/placing.ts';
import { type Server, startServer } from '../support/server.ts';
import { say } from '../support/words.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
test.beforeAll(async () => {
	server = await startServer();
	db = databaseOf(server);
});
test.afterAll(() => server.remove());

const radio = (page: Page, group: string | RegExp, name: string) =>
	page.getByRole('group', { name: group }).getByRole('radio', { name: say(name), exact: true });
const told = (page: Page, key: string, title: string) =>
	page.getByRole('link', { name: say(key, { title }) }).first();

/** Nothing that axe finds, nothing that is cut off; and a picture to look at. Axe is a script itself. */
async function look(page: Page, name: string) {
	if (test.info().title.endsWith('without script')) return;
	await atRest(page);
	await page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true });
	expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
	expect(await audit(page)).toEqual([]);
}

for (const javaScriptEnabled of [true, false])
	test(`from a proposal to ninety days of work, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
		browser
	}) => {
		test.setTimeout(240_000);
		await db
			.updateTable('role_grant')
			.set({ revoked_at: daysAgo(1) })
			.execute();
		const proposer = await aPerson(db, 'staff', '王老师');
		const colleague = await aPerson(db, 'staff', '赵老师');
		const graduate = await aGraduate(db, '李静怡');
		const shopId = await storefronts.create(db, proposer, aShop({ name: '示例月饼铺' }));
		const pageFor = (who: PersonActor, width?: number) =>
			pageOf(browser, server, who, { javaScriptEnabled, ...(width !== undefined && { width }) });
		const desk = await pageFor(proposer);
		const other = await pageFor(colleague);
		const phone = await pageFor(graduate, 360);
		const placementId = await test.step('proposed, warned, agreed', async () => {
			await desk.goto(`/staff/graduates/${graduate.id}/propose/${shopId}`);
			await desk.getByRole('radio', { name: say('placement_role_packing') }).check();
			await desk.locator('main form [type=submit]').click();
			await expect(desk.getByText(say('staff_step_waiting'))).toBeVisible();
			await phone.goto('/learn/placements');
			for (const warning of ['care_beware_sham', 'care_beware_pyramid', 'care_beware_tell'])
				await expect(phone.getByText(say(warning))).toBeVisible();
			await look(phone, 'proposal-360');
			await button(phone, 'placement_yes').click();
			await expect(phone.getByText(say('placement_now_consented'))).toBeVisible();
			const row = db.selectFrom('placement').where('person_id', '=', graduate.id).select('id');
			return (await row.executeTakeFirstOrThrow()).id;
		});

		await test.step('introduced, tried, begun; he reads each step', async () => {
			await desk.reload();
			for (const next of ['introduce', 'begin_trial', 'activate']) {
				await button(desk, `staff_step_${next}`).click();
				await expect(desk.getByText(say(`staff_done_${next}`), { exact: true })).toBeVisible();
			}
			await phone.goto('/inbox');
			await told(phone, 'inbox_moved_text', '示例月饼铺').click();
			await expect(phone.getByText(say('placement_now_active'))).toBeVisible();
		});

		await beganAt(db, placementId, daysAgo(91));
		await tellWhatIsDue(db);

		await test.step('after ninety days he says how he is; his income only with his consent', async () => {
			await phone.goto('/inbox');
			await told(phone, 'inbox_check_in_text', '示例月饼铺').click();
			await expect(phone.getByText(say('care_check_in_lead', { day: 90 }))).toBeVisible();
			await radio(phone, say('care_feeling'), 'care_feeling_bad').check();
			await phone.getByRole('checkbox', { name: say('care_help_signing') }).check();
			await phone.getByLabel(say('care_income_yuan')).fill('3200');
			await button(phone, 'general_save').click();
			await expect(phone.getByText(say('problem_income_not_agreed')).first()).toBeVisible();
			await expect(phone.getByRole('checkbox', { name: say('care_help_signing') })).toBeChecked();
			await look(phone, 'check-in-360');
			await phone.getByRole('checkbox', { name: say('care_income_agree') }).check();
			await button(phone, 'general_save').click();
			await expect(phone.getByText(say('care_check_in_saved'))).toBeVisible();
			await expect(phone.getByText(say('care_alarm_told'))).toBeVisible();
			await look(phone, 'check-in-answered-360');
		});

		await test.step('of his month he answers three questions without typing', async () => {
			await phone.goto('/learn/placements');
			await look(phone, 'asked-360');
			await link(phone, 'care_ask_month_open').click();
			await button(phone, 'general_save').click();
			await expect(phone.getByText(say('problem_choose_one')).first()).toBeVisible();
			await radio(phone, /你做事了吗/, 'care_worked_yes').check();
			await radio(phone, say('care_paid'), 'care_paid_no').check();
			await radio(phone, say('care_money'), 'care_money_yes').check();
			await button(phone, 'general_save').click();
			await expect(phone.getByText(say('care_month_saved'))).toBeVisible();
			await expect(phone.getByText(say('care_alarm_told'))).toBeVisible();
			await expect(radio(phone, say('care_money'), 'care_money_yes')).toBeChecked();
			await look(phone, 'month-360');
		});

		await test.step('who proposed the shop cannot close the alarms; a colleague is told, and does', async () => {
			await link(desk, 'care_nav').click();
			await expect(desk.getByRole('heading', { name: say('care_alarms') })).toBeVisible();
			await look(desk, 'staff-list');
			await desk.getByRole('link', { name: '李静怡' }).first().click();
			await expect(desk.getByText(say('care_close_other')).first()).toBeVisible();
			await expect(button(desk, 'care_close')).toHaveCount(0);

			await other.goto('/inbox');
			await told(other, 'inbox_alarm_text', '李静怡').click();
			for (const alarm of ['money', 'unpaid', 'bad'])
				await expect(
					other.getByRole('heading', { name: say(`care_alarm_${alarm}`) })
				).toBeVisible();
			await expect(other.getByText(say('care_income', { yuan: 3200 }))).toBeVisible();
			await look(other, 'staff-placement');
			const closing = other.getByRole('button', { name: say('care_close'), exact: true });
			// "Bad", not paid, money asked; late in a month also the silence before he answered.
			for (let open = await closing.count(); open > 0; open--) {
				await expect(closing).toHaveCount(open);
				await other.getByLabel(say('care_close_note')).first().fill('和店主谈了，押金退了');
				await button(other, 'care_close').click();
				await expect(other.getByText(say('care_done_close'))).toBeVisible();
			}
			await expect(closing).toHaveCount(0);
		});

		await test.step('she sees to the check-in, and takes it off the list', async () => {
			await desk.reload();
			await desk.getByLabel(say('care_seen_note')).fill('去了店里，请了手语翻译');
			await button(desk, 'care_seen').click();
			await expect(desk.getByText(say('care_done_see_to'))).toBeVisible();
			await link(desk, 'care_nav').click();
			await expect(desk.getByRole('heading', { name: say('care_empty_title') })).toBeVisible();
			await desk.getByText(say('care_closed')).click();
			await expect(desk.getByText('和店主谈了，押金退了').first()).toBeVisible();
			await look(desk, 'staff-empty');
		});

		await test.step('he takes his numbers back, and leaves', async () => {
			await phone.goto(`/learn/placements/${placementId}/check-in`);
			await button(phone, 'care_income_back').click();
			await expect(phone.getByText(say('care_income_gone'))).toBeVisible();
			await other.reload();
			await expect(other.getByText(say('care_income', { yuan: 3200 }))).toHaveCount(0);
			await phone.goto('/learn/placements');
			await link(phone, 'placement_leave').click();
			await button(phone, 'placement_leave_yes').click();
			await expect(phone.getByText(say('placement_done_withdraw'))).toBeVisible();
			// What is over he may still say: whether the last month was paid.
			await expect(link(phone, 'care_ask_month_open')).toBeVisible();
			await desk.goto(`/staff/graduates/${graduate.id}`);
			await expect(desk.getByText(say('placement_state_withdrawn')).first()).toBeVisible();
		});
		for (const page of [desk, other, phone]) await page.context().close();
	});

test('staff end it with a reason, which the graduate reads', async ({ browser }) => {
	const staff = await aPerson(db, 'staff', '王老师');
	const graduate = await aGraduate(db, '陈默');
	const shopId = await storefronts.create(db, staff, aShop({ name: '示例点心店' }));
	const desk = await pageOf(browser, server, staff);
	await desk.goto(`/staff/graduates/${graduate.id}/propose/${shopId}`);
	await desk.getByRole('radio', { name: say('placement_role_packing') }).check();
	await desk.locator('main form [type=submit]').click();
	await desk.getByText(say('staff_step_end_open')).click();
	await button(desk, 'staff_step_end').click();
	await expect(desk.getByText(say('problem_choose_one')).first()).toBeVisible();
	await desk.getByLabel(say('staff_step_end_reason')).selectOption('shop_closed');
	await desk.getByLabel(say('staff_step_end_note')).fill('房东收回了店面');
	await button(desk, 'staff_step_end').click();
	await expect(desk.getByText(say('staff_done_end'), { exact: true })).toBeVisible();
	const phone = await pageOf(browser, server, graduate, { width: 360 });
	await phone.goto('/learn/placements');
	await phone.getByText(say('placement_history')).click();
	await expect(
		phone.getByText(say('placement_event_why', { reason: say('placement_reason_shop_closed') }))
	).toBeVisible();
	await expect(phone.getByText('房东收回了店面')).toBeVisible();
	for (const page of [desk, phone]) await page.context().close();
});

for (const javaScriptEnabled of [true, false])
	test(`somebody asks him for money before there is work: one press, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
		browser
	}) => {
		await db
			.updateTable('role_grant')
			.set({ revoked_at: daysAgo(1) })
			.execute();
		const proposer = await aPerson(db, 'staff', '王老师');
		const colleague = await aPerson(db, 'staff', '赵老师');
		const graduate = await aGraduate(db, '陈默');
		const { placementId } = await aProposal(db, { staff: proposer, graduate });
		await step(db, graduate, 'consent', placementId);
		const phone = await pageOf(browser, server, graduate, { javaScriptEnabled, width: 360 });
		const other = await pageOf(browser, server, colleague, { javaScriptEnabled });
		await phone.goto('/learn/placements');
		// A finger that presses twice tells it once.
		await button(phone, 'care_report_money').dblclick();
		await expect(phone.getByText(say('care_alarm_told'))).toBeVisible();
		await expect(phone.getByText(say('care_helped_open'))).toHaveCount(1);
		await look(phone, 'reported-360');

		await other.goto('/inbox');
		await told(other, 'inbox_alarm_text', '陈默').click();
		await expect(other.getByRole('heading', { name: say('care_alarm_money') })).toBeVisible();
		await look(other, 'reported-staff');
		await other.getByLabel(say('care_close_note')).fill('打了报警电话，店铺停了');
		await button(other, 'care_close').click();
		await expect(other.getByText(say('care_done_close'))).toBeVisible();

		await phone.goto('/inbox');
		await told(phone, 'inbox_alarm_closed_text', '云月饼铺').click();
		await phone.getByText(say('care_helped')).click();
		await expect(phone.getByText('打了报警电话，店铺停了')).toBeVisible();
		await look(phone, 'helped-360');
		for (const page of [other, phone]) await page.context().close();
	});
