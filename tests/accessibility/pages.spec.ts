import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { pass, doorOf } from '#lib/server/access/doors.ts';
import type { Actor } from '#lib/server/access/actor.ts';
import { ROLES, type Role } from '#lib/domain/roles.ts';
import { addressOf, pages } from '../support/routes.ts';
import { openTownHall, pageFor, type TownHall } from '../support/town-hall.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LANGUAGES = ['zh-CN', 'en'] as const;
const THEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280] as const;

// A world for each worker, so that the roles are walked side by side.
test.describe.configure({ mode: 'parallel' });

let town: TownHall;

test.beforeAll(async () => {
	test.setTimeout(300_000);
	town = await openTownHall();
});
test.afterAll(() => town.server.remove());

const actorOf = (role: Role | 'visitor'): Actor =>
	role === 'visitor'
		? { type: 'visitor' }
		: { type: 'person', id: 'x', displayName: 'x', roles: [role] };

/** All its frames are ours, so no second page is needed to put their results together: half the time. */
const audit = (page: Page) => new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze();

for (const role of ['visitor', ...ROLES] as const) {
	const open = pages().filter(({ routeId }) => pass(actorOf(role), doorOf(routeId)) === 'open');
	const refused = pages().find(({ routeId }) => pass(actorOf(role), doorOf(routeId)) !== 'open');

	test(`every page open to a ${role} is clean in both languages, themes and widths`, async ({
		browser
	}) => {
		test.setTimeout(1_500_000);
		const page = await pageFor(browser, town, role);
		const context = page.context();
		const problems: string[] = [];
		const addresses = [
			...open.map((found) => addressOf(found, town.world.params)),
			'/there-is-no-such-page',
			...(refused ? [addressOf(refused, town.world.params)] : [])
		];
		for (const language of LANGUAGES)
			for (const theme of THEMES) {
				await context.addCookies([
					{ name: 'language', value: language, url: town.server.origin },
					{ name: 'theme', value: theme, url: town.server.origin }
				]);
				for (const address of addresses) {
					await page.goto(address);
					for (const width of WIDTHS) {
						await page.setViewportSize({ width, height: 800 });
						const where = `${address} ${language} ${theme} ${width}px`;
						const { violations } = await audit(page);
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
