import AxeBuilder from '@axe-core/playwright';
import { execFileSync } from 'node:child_process';
import { type Browser, expect, test } from '@playwright/test';
import { pass, doorOf } from '#lib/server/access/doors.ts';
import type { Actor } from '#lib/server/access/actor.ts';
import { ROLES, type Role } from '#lib/domain/roles.ts';
import type { World } from '../support/make-world.ts';
import { addressOf, pages } from '../support/routes.ts';
import { type Server, startServer } from '../support/server.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LANGUAGES = ['zh-CN', 'en'] as const;
const THEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280] as const;

let server: Server;
let world: World;

test.beforeAll(async () => {
	test.setTimeout(300_000);
	server = await startServer({ DEMO: '1' });
	await server.kill();
	const made = execFileSync(process.execPath, ['tests/support/make-world.ts'], {
		env: { ...process.env, DATA_FOLDER: server.dataFolder, DEMO: '1' },
		encoding: 'utf8'
	});
	world = JSON.parse(made.trim().split('\n').at(-1) ?? '') as World;
	await server.start();
});
test.afterAll(() => server.remove());

const actorOf = (role: Role | 'visitor'): Actor =>
	role === 'visitor'
		? { type: 'visitor' }
		: { type: 'person', id: 'x', displayName: 'x', roles: [role] };

async function contextFor(browser: Browser, role: Role | 'visitor') {
	const context = await browser.newContext({ baseURL: server.origin });
	if (role === 'visitor') return context;
	const page = await context.newPage();
	await page.goto('/sign-in');
	await page.locator('[name=signInName]').fill(world.signIns[role].signInName);
	await page.locator('[name=password]').fill(world.signIns[role].password);
	await page.locator('main form [type=submit]').click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	await page.close();
	return context;
}

for (const role of ['visitor', ...ROLES] as const) {
	const open = pages().filter(({ routeId }) => pass(actorOf(role), doorOf(routeId)) === 'open');
	const refused = pages().find(({ routeId }) => pass(actorOf(role), doorOf(routeId)) !== 'open');

	test(`every page open to a ${role} is clean in both languages, themes and widths`, async ({
		browser
	}) => {
		test.setTimeout(600_000);
		const context = await contextFor(browser, role);
		const page = await context.newPage();
		const problems: string[] = [];
		const addresses = [
			...open.map((found) => addressOf(found, world.params)),
			'/there-is-no-such-page',
			...(refused ? [addressOf(refused, world.params)] : [])
		];
		for (const language of LANGUAGES)
			for (const theme of THEMES) {
				await context.addCookies([
					{ name: 'language', value: language, url: server.origin },
					{ name: 'theme', value: theme, url: server.origin }
				]);
				for (const address of addresses) {
					await page.goto(address);
					for (const width of WIDTHS) {
						await page.setViewportSize({ width, height: 800 });
						const where = `${address} ${language} ${theme} ${width}px`;
						const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
						for (const { id, nodes } of violations)
							problems.push(`${where}: ${id} ${nodes[0]?.target.join(' ')}`);
						const overflow = await page.evaluate(
							() => document.documentElement.scrollWidth - innerWidth
						);
						if (overflow > 0) problems.push(`${where}: scrolls sideways by ${overflow} px`);
					}
				}
			}
		expect(problems).toEqual([]);
		await context.close();
	});
}
