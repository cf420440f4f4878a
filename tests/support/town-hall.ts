/** A running server with the small town of make-world.ts in it. */
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import type { Role } from '#lib/domain/roles.ts';
import type { World } from './make-world.ts';
import { type Server, startServer } from './server.ts';

export type TownHall = { server: Server; world: World };

/** Made once a run by town.setup.ts, and copied by everybody who opens a town hall. */
const TOWN = 'test-results/town';
const WORLD = `${TOWN}.json`;

export async function makeTown(): Promise<void> {
	await rm(TOWN, { recursive: true, force: true });
	await mkdir(TOWN, { recursive: true });
	const { stdout } = await promisify(execFile)(process.execPath, ['tests/support/make-world.ts'], {
		env: { ...process.env, DATA_FOLDER: TOWN, DEMO: '1' }
	});
	await writeFile(WORLD, stdout.trim().split('\n').at(-1) ?? '');
}

export async function openTownHall(): Promise<TownHall> {
	const world = JSON.parse(await readFile(WORLD, 'utf8')) as World;
	const server = await startServer({ DEMO: '1' }, (dataFolder) =>
		cp(TOWN, dataFolder, { recursive: true })
	);
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
