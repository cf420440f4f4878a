/** A running server with the small town of make-world.ts in it. */
import { execFileSync } from 'node:child_process';
import type { Browser, Page } from '@playwright/test';
import type { Role } from '#lib/domain/roles.ts';
import type { World } from './make-world.ts';
import { type Server, startServer } from './server.ts';

export type TownHall = { server: Server; world: World };

export async function openTownHall(): Promise<TownHall> {
	const server = await startServer({ DEMO: '1' });
	await server.kill();
	const made = execFileSync(process.execPath, ['tests/support/make-world.ts'], {
		env: { ...process.env, DATA_FOLDER: server.dataFolder, DEMO: '1' },
		encoding: 'utf8'
	});
	const world = JSON.parse(made.trim().split('\n').at(-1) ?? '') as World;
	await server.start();
	return { server, world };
}

/** A page on which somebody of the town is signed in, or nobody. */
export async function pageFor(
	browser: Browser,
	{ server, world }: TownHall,
	role: Role | 'visitor',
	options: Parameters<Browser['newContext']>[0] = {}
): Promise<Page> {
	const context = await browser.newContext({ baseURL: server.origin, locale: 'zh-CN', ...options });
	const page = await context.newPage();
	if (role === 'visitor') return page;
	await page.goto('/sign-in');
	await page.locator('[name=signInName]').fill(world.signIns[role].signInName);
	await page.locator('[name=password]').fill(world.signIns[role].password);
	await page.locator('main form [type=submit]').click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	return page;
}
