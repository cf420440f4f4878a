/**
 * The whole thread, each step by a person in a browser: from a signed lesson to a graduate's shop.
 * Nothing is seeded but the invitation that an operator makes for the first member of staff.
 */
import { type Browser, expect, type Page, test } from '@playwright/test';
import { asGb18030, asUtf16, srt, webVtt } from '../support/captions.ts';
import * as films from '../support/films.ts';
import { passTheGate } from '../support/passing.ts';
import { type Server, startServer } from '../support/server.ts';
import { framesPresented, positions } from '../support/watching.ts';
import { acceptInvitation, addLesson, makeCourse } from '../support/first-steps.ts';
import { say } from '../support/words.ts';

let server: Server;
test.beforeAll(async () => {
	server = await startServer();
});
test.afterAll(() => server.remove());

const someone = async (browser: Browser, width = 1280) => {
	const context = await browser.newContext({
		baseURL: server.origin,
		locale: 'zh-CN',
		viewport: { width, height: 900 }
	});
	return context.newPage();
};

const sendVideo = (page: Page, kind: 'demonstration' | 'sign', file: string) =>
	page.locator(`#file-${kind}`).setInputFiles(file);

const videosReady = (page: Page, count: number) =>
	expect(page.getByText(say('teach_video_ready'))).toHaveCount(count, { timeout: 120_000 });

async function addCaptions(page: Page, language: string, name: string, buffer: Buffer) {
	const files = page.locator('#captions details');
	if (!(await files.evaluate((one) => (one as HTMLDetailsElement).open)))
		await files.locator('summary').click();
	await page.getByRole('radio', { name: say(language) }).check();
	await page.locator('#file').setInputFiles({ name, mimeType: 'text/plain', buffer });
	await page.getByRole('button', { name: say('teach_captions_add') }).click();
	await page.getByRole('button', { name: say('captioning_look_take') }).click();
}

async function publish(page: Page) {
	await page.getByRole('button', { name: say('teach_publish_publish') }).click();
	await expect(page.getByText(say('teach_publish_published')).first()).toBeVisible();
}

/** What leads to a line of the transcript, where lines stand within steps. */
const lineOf = (page: Page, words: string) =>
	page.locator('[data-part=transcript] li').filter({ hasText: words }).last().getByRole('button');

/** Plays to the end, as a person does, and waits until the lesson counts as done. */
async function watchToTheEnd(page: Page) {
	await page.getByRole('button', { name: say('player_begin') }).click();
	await expect(page.getByText(say('learn_lesson_complete')).first()).toBeVisible({
		timeout: 60_000
	});
}

test('a lesson is made, watched in step, certified, and leads to a shop that its graduate can leave', async ({
	browser
}) => {
	test.setTimeout(420_000);
	const staff = await someone(browser);
	const instructor = await someone(browser);
	const reviewer = await someone(browser);
	const trainee = await someone(browser, 360);
	const visitor = await someone(browser);
	let joinCode = '';

	await test.step('staff begins with the link the operator gave and invites an instructor', async () => {
		await acceptInvitation(staff, await server.invite('示例专员'), 'zhuanyuan');
		await staff.getByRole('link', { name: say('public_nav_people') }).click();
		await staff.getByLabel(say('staff_invite_name')).fill('示例讲师');
		await staff.getByRole('radio', { name: say('staff_role_instructor') }).check();
		await staff.getByRole('button', { name: say('staff_invite_submit') }).click();
		const link = await staff.getByText(/\/invitations\//).first();
		const address = /http\S+\/invitations\/[\w-]+/.exec((await link.textContent()) ?? '')?.[0];
		await acceptInvitation(instructor, address ?? '', 'jiangshi');
		await expect(instructor).toHaveURL(/\/teach$/);
	});

	await test.step('she makes a course with a cover', async () => {
		await makeCourse(instructor, '广式月饼', {
			summary: '学会做月饼。',
			cover: 'src/setup/demo/cover.webp'
		});
	});

	await test.step('she sends two videos as phones film them, and each is made playable', async () => {
		await addLesson(instructor, '和面', 'teach_mode_spoken_with_sign_track');
		await sendVideo(instructor, 'demonstration', await films.demonstration());
		await sendVideo(instructor, 'sign', await films.rotatedHevc());
		await videosReady(instructor, 2);
		await addCaptions(
			instructor,
			'teach_captions_zh',
			'字幕.srt',
			asUtf16(srt(['倒面粉', '加糖浆', '揉面', '醒面', '分成小块', '盖好']))
		);
		await expect(instructor.getByText(say('teach_captions_added', { count: 6 }))).toBeVisible();
	});

	await test.step('she sees captions over moving pictures, then publishes', async () => {
		await instructor.getByRole('button', { name: say('player_begin') }).click();
		expect(await framesPresented(instructor, 1000)).toHaveLength(2);
		await expect(instructor.locator('[data-part=captions]')).toContainText(/粉|糖|面|块|盖/);
	});

	await test.step('steps, consent and a deaf reviewer stand before publishing', async () => {
		await acceptInvitation(reviewer, await server.invite('示例审校', 'reviewer'), 'shenjiao');
		await publish(await passTheGate(instructor, reviewer, '和面'));
	});

	await test.step('a lesson signed at source needs one video only; hers has a variable frame rate', async () => {
		await instructor.getByRole('link', { name: '广式月饼' }).first().click();
		await addLesson(instructor, '包馅', 'teach_mode_signed_at_source');
		await expect(instructor.locator('input[type=file][id^=file-]')).toHaveCount(1);
		await sendVideo(instructor, 'demonstration', await films.variableFrameRate());
		await videosReady(instructor, 1);
		await addCaptions(
			instructor,
			'teach_captions_zh',
			'包馅.vtt',
			asGb18030(webVtt(['饼', '馅', '面', '饼', '馅', '面']))
		);
		await expect(instructor.getByText(say('teach_captions_added', { count: 6 }))).toBeVisible();
		await publish(await passTheGate(instructor, reviewer, '包馅'));
	});

	await test.step('staff opens a class and gets its code', async () => {
		await staff.getByRole('link', { name: say('public_nav_classes') }).click();
		await staff
			.getByRole('link', { name: say('staff_classes_new') })
			.first()
			.click();
		await staff.getByRole('radio', { name: /广式月饼/ }).check();
		await staff.getByLabel(say('staff_class_name')).fill('秋季班');
		await staff.getByRole('button', { name: say('staff_classes_new') }).click();
		const code = staff.getByText(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/).first();
		joinCode = (await code.textContent())?.trim() ?? '';
		expect(joinCode).toMatch(/^\w{4}-\w{4}$/);
	});

	await test.step('a trainee joins with the code, typed as people type', async () => {
		await trainee.goto('/join');
		await trainee.getByLabel(say('public_join_code')).fill(joinCode.toLowerCase());
		await trainee.getByRole('button', { name: say('public_join_next') }).click();
		await trainee.getByLabel(say('public_display_name')).fill('示例学员');
		await trainee.getByLabel(say('public_sign_in_name')).fill('xueyuan');
		await trainee.getByLabel(say('public_password')).fill('another long secret');
		await trainee.getByRole('button', { name: say('public_join_submit') }).click();
		await expect(trainee).toHaveURL(/\/learn$/);
	});

	await test.step('both videos play in step on a phone, in every layout', async () => {
		await trainee.getByRole('link', { name: /和面/ }).click();
		await trainee.getByRole('button', { name: say('player_begin') }).click();
		expect(await framesPresented(trainee, 1000)).toHaveLength(2);
		// In a corner, the signer large, each alone, and side by side again.
		for (const pictures of [2, 2, 1, 1, 2]) {
			// On a busy machine twelve seconds are over before five layouts.
			await lineOf(trainee, '倒面粉').click();
			await trainee.keyboard.press('v');
			await expect(trainee.locator('video:visible')).toHaveCount(pictures);
			expect(await framesPresented(trainee, 300)).toHaveLength(pictures);
		}
		await trainee.getByRole('button', { name: say('player_pause'), exact: true }).click();
		await expect
			.poll(async () => {
				const [one = 0, other = 0] = await positions(trainee);
				return Math.abs(one - other);
			})
			.toBeLessThan(34);
	});

	await test.step('a line of the transcript leads to its moment', async () => {
		await lineOf(trainee, '分成小块').click();
		await expect
			.poll(async () => (await positions(trainee)).every((at) => Math.abs(at - 8000) < 100))
			.toBe(true);
	});

	await test.step('what she has watched is there on another phone', async () => {
		await trainee.close();
		const other = await someone(browser, 360);
		await other.goto('/sign-in');
		await other.getByLabel(say('public_sign_in_name')).fill('xueyuan');
		await other.getByLabel(say('public_password')).fill('another long secret');
		await other
			.locator('main')
			.getByRole('button', { name: say('public_sign_in_submit') })
			.click();
		await other.getByRole('link', { name: /和面/ }).click();
		await expect(other.getByRole('status').filter({ hasText: /看了 [1-9]\d?%/ })).toBeVisible();
		// From where she stopped to the end, then what she skipped.
		await other
			.getByRole('button', { name: say('player_go_on_at', { time: '0:0' }), exact: false })
			.click();
		await framesPresented(other, 200);
		expect(Math.min(...(await positions(other)))).toBeGreaterThan(7000);
		await expect
			.poll(async () => Math.min(...(await positions(other))), { timeout: 30_000 })
			.toBeGreaterThan(11_900);
		await lineOf(other, '倒面粉').click();
		await other.getByRole('button', { name: say('player_play'), exact: true }).click();
		await expect(other.getByText(say('learn_lesson_complete')).first()).toBeVisible({
			timeout: 60_000
		});
		await other.getByRole('link', { name: say('learn_next_lesson', { title: '包馅' }) }).click();
		await watchToTheEnd(other);

		await staff.goto('/staff/classes');
		await staff.getByRole('link', { name: '秋季班' }).click();
		await staff.getByRole('link', { name: say('cert_nav') }).click();
		await staff.getByRole('button', { name: say('cert_issue_to', { name: '示例学员' }) }).click();
		await expect(staff.getByText(say('cert_issued_now', { count: 1 }))).toBeVisible();

		await other.goto('/learn');
		await other.getByRole('link', { name: say('learn_certificate_open') }).click();
		await expect(other.getByText('示例学员', { exact: true })).toBeVisible();
		await expect(other.getByRole('img', { name: say('learn_certificate_qr') })).toBeVisible();
		const check = await other
			.getByRole('link', { name: say('public_verify_title') })
			.getAttribute('href');
		await visitor.goto(check ?? '');
		await expect(
			visitor.getByText(say('public_verify_valid', { association: '云无声' }))
		).toBeVisible();
		await expect(visitor.getByText('示例学员')).toHaveCount(0);
		await other.getByRole('radio', { name: say('cert_share_yes') }).check();
		await other.getByRole('button', { name: say('general_save') }).click();
		await expect(other.getByText(say('cert_share_saved'))).toBeVisible();
		await visitor.reload();
		await expect(visitor.getByText('示例学员')).toBeVisible();
		await other.context().storageState({ path: 'test-results/trainee.json' });
		await other.close();
	});

	const graduate = await (
		await browser.newContext({
			baseURL: server.origin,
			locale: 'zh-CN',
			storageState: 'test-results/trainee.json',
			viewport: { width: 360, height: 900 }
		})
	).newPage();

	await test.step('staff registers a storefront and proposes it to the graduate', async () => {
		await staff.getByRole('link', { name: say('public_nav_storefronts') }).click();
		await staff
			.getByRole('link', { name: say('staff_storefronts_new') })
			.first()
			.click();
		await staff.getByLabel(say('staff_storefront_name')).fill('示例月饼铺');
		await staff.getByLabel(say('staff_storefront_platform')).selectOption('taobao');
		await staff.getByLabel(say('staff_storefront_address')).fill('https://shop.example/mooncakes');
		await staff.getByLabel(say('staff_storefront_wares')).fill('广式月饼礼盒');
		await staff.getByRole('checkbox', { name: say('placement_role_packing') }).check();
		await staff.getByRole('button', { name: say('staff_storefronts_new') }).click();
		await staff.getByRole('link', { name: say('public_nav_graduates') }).click();
		await staff.getByRole('link', { name: '示例学员' }).click();
		await staff.getByRole('link', { name: '示例月饼铺' }).click();
		await staff.getByRole('radio', { name: say('placement_role_packing') }).check();
		await staff.locator('main form [type=submit]').click();
		await expect(staff.getByText(say('staff_step_waiting')).first()).toBeVisible();
	});

	await test.step('nothing shows before she agrees; she agrees, staff activates, she shows it', async () => {
		await visitor.goto('/showcase');
		await expect(visitor.getByText('示例月饼铺')).toHaveCount(0);
		await graduate.goto('/learn/placements');
		await graduate.getByRole('button', { name: say('placement_yes'), exact: true }).click();
		await expect(graduate.getByText(say('placement_show_question'))).toBeVisible();
		await staff.reload();
		for (const step of ['introduce', 'begin_trial', 'activate']) {
			await staff.getByRole('button', { name: say(`staff_step_${step}`), exact: true }).click();
			await expect(staff.getByText(say(`staff_done_${step}`), { exact: true })).toBeVisible();
		}
		await visitor.reload();
		await expect(visitor.getByText('示例月饼铺')).toHaveCount(0);
		await graduate.reload();
		await graduate.getByRole('button', { name: say('placement_show_yes') }).click();
		await visitor.reload();
		await expect(visitor.getByRole('heading', { name: '示例月饼铺' })).toBeVisible();
		await expect(visitor.getByText('示例学员')).toBeVisible();
	});

	await test.step('she withdraws, and the page has forgotten her at once', async () => {
		await graduate.goto('/learn/placements');
		await graduate.getByRole('link', { name: say('placement_leave') }).click();
		await graduate.getByRole('button', { name: say('placement_leave_yes'), exact: true }).click();
		await visitor.reload();
		await expect(visitor.getByText('示例学员')).toHaveCount(0);
		await staff.reload();
		await expect(staff.getByText(say('placement_state_withdrawn')).first()).toBeVisible();
	});
});
