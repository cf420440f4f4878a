/** From a class that has finished to an employer who believes it, and to one that is revoked. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { databaseOf } from '../faults/town.ts';
import { aPdf } from '../support/attached.ts';
import { watch } from '../support/graduating.ts';
import { shot } from '../support/lesson-page.ts';
import * as made from '../support/people.ts';
import { aPerson } from '../support/placing.ts';
import { type Server, startServer } from '../support/server.ts';
import { headerOf, verify } from '../support/verifier.ts';
import { say } from '../support/words.ts';

let server: Server;
let db: ReturnType<typeof databaseOf>;
test.beforeAll(async () => {
	server = await startServer({ ASSOCIATION: '示例聋人协会' });
	db = databaseOf(server);
});
test.afterAll(async () => {
	await db.destroy();
	await server.remove();
});

async function pageOf(browser: Browser, who?: PersonActor, isScripted = true): Promise<Page> {
	const context = await browser.newContext({
		...{ baseURL: server.origin, locale: 'zh-CN', javaScriptEnabled: isScripted },
		viewport: { width: 360, height: 800 }
	});
	if (who) {
		const { value } = await sessions.begin(db, who.id, false);
		await context.addCookies([{ name: 'session', value, url: server.origin }]);
	}
	return context.newPage();
}

/** Everything that an employer's program asks for, over HTTP, as a stranger. */
const fetchText = async (address: string): Promise<string> => {
	const response = await fetch(address);
	expect(response.headers.get('access-control-allow-origin')).toBe('*');
	if (!response.ok) throw new Error(`${address} ${response.status}`);
	return response.text();
};

/** The states that no walk through all pages comes by. */
async function isClean(page: Page): Promise<void> {
	for (const width of [360, 1280]) {
		await page.setViewportSize({ width, height: 800 });
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(overflow).toBeLessThanOrEqual(0);
	}
	await page.setViewportSize({ width: 360, height: 800 });
}

test('a class is certified, a graduate shows what she wants to, an employer believes it until it is revoked', async ({
	browser
}, info) => {
	test.setTimeout(180_000);
	const taught = await made.aPublishedLesson(db);
	const staff = await aPerson(db, 'staff', '示例专员');
	const { classId } = await made.aClass(db, taught.courseId, staff);
	const [graduate, other, late] = [
		await aPerson(db, 'trainee', '示例学员'),
		await aPerson(db, 'trainee', '示例同学'),
		await aPerson(db, 'trainee', '示例新人')
	];
	for (const who of [graduate, other, late]) await classes.join(db, who, classId);
	for (const who of [graduate, other]) await watch(db, who, taught.lessonId);

	const office = await pageOf(browser, staff);
	const phone = await pageOf(browser, graduate);
	const employer = await pageOf(browser, undefined, false);
	let number = '';
	let token = '';
	const tokenNow = () => fetchText(`${server.origin}/verify/${number}/badge.jwt`);

	await test.step('staff see who is ready and what is missing, and issue to all with one press', async () => {
		await office.goto(`/staff/classes/${classId}`);
		await office.getByRole('link', { name: say('cert_nav') }).click();
		await expect(office.getByText(say('cert_missing_watch', { title: '揉面' }))).toBeVisible();
		await isClean(office);
		await shot(office, info, 'issuing');
		await office.getByRole('button', { name: say('cert_issue_all', { count: 2 }) }).click();
		await expect(office.getByText(say('cert_issued_now', { count: 2 }))).toBeVisible();
		await expect(office.getByText(say('cert_ready_none'))).toBeVisible();
		await isClean(office);
	});

	await test.step('an employer without a script sees that it is real, and nothing of her', async () => {
		number = (await certificates.of(db, graduate))[0]?.number ?? '';
		await employer.goto('/verify');
		await employer.getByLabel(say('public_verify_number')).fill(` ${number.toLowerCase()}`);
		await employer.getByRole('button', { name: say('public_verify_submit') }).click();
		await expect(
			employer.getByRole('heading', { name: say('public_verify_valid_title') })
		).toBeVisible();
		await expect(
			employer.getByText(say('public_verify_valid', { association: '示例聋人协会' }))
		).toBeVisible();
		await expect(employer.getByText(say('cert_verify_name_hidden'))).toBeVisible();
		await expect(employer.getByText('示例学员')).toHaveCount(0);
		await expect(employer.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
		await shot(employer, info, 'valid');
	});

	await test.step('she decides to show her name; page and credential follow', async () => {
		await phone.goto('/learn');
		await phone.getByRole('link', { name: say('learn_certificate_open') }).click();
		expect(JSON.stringify(await verify(await tokenNow(), fetchText))).not.toContain('示例学员');
		await phone.getByRole('radio', { name: say('cert_share_yes') }).check();
		await phone.getByRole('button', { name: say('general_save') }).click();
		await expect(phone.getByText(say('cert_share_saved'))).toBeVisible();
		await isClean(phone);
		await shot(phone, info, 'own');
		await employer.reload();
		await expect(employer.getByText('示例学员')).toBeVisible();
	});

	await test.step('she finds it among hers, and takes it along as a PDF', async () => {
		await phone.goto('/learn');
		const menu = phone.getByRole('navigation', { name: say('general_navigation') });
		await menu.getByRole('link', { name: say('cert_mine_nav') }).click();
		await expect(phone.getByText(say('cert_mine_name_shown'))).toBeVisible();
		await phone.getByRole('link', { name: '广式月饼' }).click();
		const [file] = await Promise.all([
			phone.waitForEvent('download'),
			phone.getByRole('link', { name: say('cert_pdf') }).click()
		]);
		expect(file.suggestedFilename()).toBe(`${number}.pdf`);
		expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-');
		await phone.getByRole('link', { name: say('cert_mine_title') }).click();
		const beginner = await pageOf(browser, late);
		await beginner.goto('/learn/certificates');
		await expect(beginner.getByText(say('cert_mine_empty_title'))).toBeVisible();
		await isClean(beginner);
		await phone.goto(`/learn/certificates/${number}`);
	});

	await test.step('any verifier finds the credential good, with what stands at its addresses', async () => {
		token = await tokenNow();
		const credential = await verify(token, fetchText);
		expect(credential).toMatchObject({
			id: `${server.origin}/verify/${number}`,
			issuer: { id: `${server.origin}/issuer`, name: '示例聋人协会' },
			credentialSubject: { identifier: [{ identityHash: '示例学员' }] }
		});
		expect(JSON.parse(await fetchText(`${server.origin}/issuer`))).toMatchObject({
			id: `${server.origin}/issuer`,
			type: ['Profile']
		});
		const known = await fetchText(`${server.origin}/.well-known/jwks.json`);
		expect(known).toContain(String(headerOf(token).kid));
		expect(known).not.toContain('"d"');
	});

	await test.step('the operator makes a new key: the old credential is still good', async () => {
		await promisify(execFile)(process.execPath, ['src/setup/rotate-key.ts'], {
			env: { ...process.env, DATA_FOLDER: server.dataFolder }
		});
		const newer = await tokenNow();
		expect(headerOf(newer).kid).not.toBe(headerOf(token).kid);
		await verify(newer, fetchText);
		await verify(token, fetchText);
	});

	await test.step('staff revoke it with a reason; page and credential say so at once', async () => {
		await office.goto(`/staff/certificates/${number}`);
		await office.getByText(say('cert_revoke_open')).click();
		await office.getByRole('button', { name: say('cert_revoke'), exact: true }).click();
		await expect(office.getByRole('alert').first()).toBeVisible();
		await office.getByLabel(say('cert_revoke_reason')).fill('发给了别人');
		await office.getByRole('button', { name: say('cert_revoke'), exact: true }).click();
		await expect(office.getByText(say('cert_revoked_why', { reason: '发给了别人' }))).toBeVisible();
		await isClean(office);
		await employer.reload();
		await expect(
			employer.getByRole('heading', { name: say('public_verify_revoked_title') })
		).toBeVisible();
		await expect(employer.getByText('示例学员')).toHaveCount(0);
		await expect(employer.getByText('发给了别人')).toHaveCount(0);
		await shot(employer, info, 'revoked');
		await expect(verify(token, fetchText)).rejects.toThrow('revoked');
		await phone.reload();
		await expect(phone.getByText(say('cert_revoked_why', { reason: '发给了别人' }))).toBeVisible();
	});

	await test.step('a number that was never given is told apart from both', async () => {
		const seeing = await pageOf(browser);
		await seeing.goto('/verify/YWS-2026-2222-3333-4444');
		await expect(
			seeing.getByRole('heading', { name: say('cert_verify_unknown_title') })
		).toBeVisible();
		await isClean(seeing);
		await seeing.goto(`/verify/${number}`);
		await isClean(seeing);
	});
});

test('staff record what others have awarded; it stands on its holder’s ladder, as theirs', async ({
	browser
}, info) => {
	const taught = await made.aPublishedLesson(db);
	const staff = await aPerson(db, 'staff');
	const { classId } = await made.aClass(db, taught.courseId, staff);
	const trainee = await aPerson(db, 'trainee', '示例师傅');
	await classes.join(db, trainee, classId);
	const [office, phone] = [await pageOf(browser, staff), await pageOf(browser, trainee)];
	await office.goto(`/staff/classes/${classId}/certificates`);
	await office.getByRole('link', { name: `${say('record_see')} · 示例师傅`, exact: true }).click();
	await office.getByRole('radio', { name: say('record_kind_skill_level') }).check();
	await office.getByLabel(say('record_level')).selectOption('3');
	await office.getByLabel(say('record_name')).fill('糕点面包烘焙工');
	await office.getByLabel(say('record_body')).fill('示例评价机构');
	await office.getByLabel(say('record_day')).fill('2026-05-01');
	const copy = { name: '证书.pdf', mimeType: 'application/pdf', buffer: Buffer.from(aPdf()) };
	await office.locator('#file').setInputFiles(copy);
	await office.getByRole('button', { name: say('record_add'), exact: true }).click();
	await expect(
		office.getByText(say('problem_original_not_seen')).filter({ visible: true }).first()
	).toBeVisible();
	await office.getByRole('checkbox', { name: say('record_checked_yes') }).check();
	await office.getByRole('button', { name: say('record_add'), exact: true }).click();
	await expect(office.getByText(say('record_added'))).toBeVisible();
	await isClean(office);
	await phone.goto('/learn/certificates');
	await expect(
		phone.getByText(say('record_ladder_next', { level: say('record_level_4') }))
	).toBeVisible();
	await expect(phone.getByText('示例评价机构')).toBeVisible();
	await isClean(phone);
	await shot(phone, info, 'ladder');
});
