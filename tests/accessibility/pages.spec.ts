import { expect, type Page, test } from '@playwright/test';
import { pass, doorOf } from '#lib/server/access/doors.ts';
import type { Actor } from '#lib/server/access/actor.ts';
import { ROLES, type Role } from '#lib/domain/roles.ts';
import { atRest, audit, OF_COLOURS } from '../support/audit.ts';
import { addressOf, pages } from '../support/routes.ts';
import { openTownHall, pageFor, type TownHall } from '../support/town-hall.ts';

const LANGUAGES = ['zh-CN', 'en'] as const;
const WIDTHS = [360, 1280] as const;
/** Only whether it scrolls sideways. */
const NONE: string[] = [];

// A world for each worker, so that the roles are walked side by side.
test.describe.configure({ mode: 'parallel' });
// What is wrong is listed in words; recording every step of the walk would take a fifth longer.
test.use({ trace: 'off' });

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

const choose = (page: Page, name: 'language' | 'theme', value: string) =>
	page.context().addCookies([{ name, value, url: town.server.origin }]);

/** What a page says, without the header, which is each one's own. */
const contentOf = (html: string) => /<main[^]*<\/footer>/.exec(html)?.[0] ?? html;

/** Looks at the page as it stands, at every width. */
async function look(page: Page, where: string, rules?: string[]): Promise<string[]> {
	const problems: string[] = [];
	for (const width of WIDTHS) {
		await page.setViewportSize({ width, height: 800 });
		const at = `${where} ${width}px`;
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		if (overflow > 0) problems.push(`${at}: scrolls sideways by ${overflow} px`);
		if (rules !== NONE)
			problems.push(...(await audit(page, rules)).map((found) => `${at}: ${found}`));
	}
	return problems;
}

/**
 * Colours are all that a theme changes (tests/ui/contrast.test.ts holds it to that), so what it
 * can break is looked at once more in the other one, on the same page.
 */
async function lookInBothThemes(page: Page, where: string): Promise<string[]> {
	const problems = await look(page, `${where} light`);
	await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
	await atRest(page);
	return [...problems, ...(await look(page, `${where} dark`, OF_COLOURS))];
}

for (const role of ['visitor', ...ROLES] as const) {
	const open = pages().filter(({ routeId }) => pass(actorOf(role), doorOf(routeId)) === 'open');
	const refused = pages().find(({ routeId }) => pass(actorOf(role), doorOf(routeId)) !== 'open');

	test(`every page open to a ${role} is clean in both languages, themes and widths`, async ({
		browser
	}) => {
		test.setTimeout(1_500_000);
		const page = await pageFor(browser, town, role);
		const visitor = await pageFor(browser, town, 'visitor');
		const problems: string[] = [];
		const addresses = [
			...open.map((found) => addressOf(found, town.world.params)),
			'/there-is-no-such-page',
			...(refused ? [addressOf(refused, town.world.params)] : [])
		];
		for (const language of LANGUAGES) {
			await choose(visitor, 'language', language);
			await choose(page, 'language', language);
			await choose(page, 'theme', 'light');
			for (const address of addresses) {
				const answer = await page.goto(address);
				await atRest(page);
				const content = contentOf((await answer?.text()) ?? '');
				// What says the same to a visitor is looked at as a visitor's; the header is on all of hers.
				const isVisitors =
					role !== 'visitor' &&
					content === contentOf(await (await visitor.request.get(address)).text());
				const where = `${address} ${language}`;
				problems.push(
					...(isVisitors ? await look(page, where, NONE) : await lookInBothThemes(page, where))
				);
			}
			// The header says which theme it is; so one page is asked for in the dark.
			await choose(page, 'theme', 'dark');
			await page.goto(addresses[0] ?? '/');
			await atRest(page);
			problems.push(...(await look(page, `${addresses[0]} ${language} asked for in the dark`)));
		}
		expect(problems).toEqual([]);
		await visitor.context().close();
		await page.context().close();
	});
}
