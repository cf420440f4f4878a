/** A source under a steering that changes its mind while the first segment is on its way, in Chromium. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as hls from '#lib/player/media/hls-source.ts';
import type { Wanted } from '#lib/player/media/source.ts';
import type { Steered } from '#lib/player/media/steering.ts';
import { findBrowser } from '../../src/setup/browser.mjs';
import { LADDERS, rungs } from '../bench/player/rungs.ts';
import { serve, type MediaServer } from '../bench/player/server.ts';

type Steering = NonNullable<Wanted['steering']>['by'];

let folder: string;
let server: MediaServer;
let browser: Browser;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'rungs-'));
	await rungs(folder, 'main', '0x7a4a20', 6, LADDERS.main);
	const lib = { entry: resolve('src/lib/player/media/hls-source.ts'), fileName: 'source' };
	await build({
		...{ configFile: false, logLevel: 'error', publicDir: false },
		build: { outDir: join(folder, 'page'), lib: { ...lib, formats: ['es'] } }
	});
	server = await serve(folder, join(folder, 'page'));
	const executablePath = findBrowser();
	browser = await chromium.launch({
		...(executablePath && { executablePath }),
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
	});
}, 180_000);
afterAll(async () => {
	await browser?.close();
	await server?.close();
	await rm(folder, { recursive: true, force: true });
});

/** Without what the source does about it, about one of ten never showed a picture. */
const TRIES = 48;
const AT_ONCE = 6;

test('whatever rungs are chosen while it begins, it begins', async () => {
	server.line.limit({ bitsPerSecond: 20_000_000, latencyMs: 30 });
	const page = await browser.newPage();
	await page.goto(`${server.origin}/source.js`);
	await page.addScriptTag({
		type: 'module',
		content:
			"import { openWithScript } from '/source.js'; Object.assign(window, { openWithScript });"
	});
	await page.waitForFunction(() => 'openWithScript' in window);
	const stuck = await page.evaluate(
		async ({ tries, atOnce }) => {
			const { openWithScript } = window as unknown as Pick<typeof hls, 'openWithScript'>;
			const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
			/** Numbers from 0 to 1 that are the same in every run (a linear congruential generator). */
			const numbers = (seed: number) => () =>
				(seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
			async function begins(seed: number): Promise<boolean> {
				const next = numbers(seed);
				const video = document.createElement('video');
				document.body.append(video);
				let steered: Steered | undefined;
				const by: Steering = {
					savesData: false,
					add: (one) => ((steered = one), () => undefined),
					loaded: () => undefined,
					look: () => undefined
				};
				const wanted = { src: '/main/master.m3u8', startS: () => 0 };
				const steering = { by, id: 'demonstration' } as const;
				const source = openWithScript(video, { ...wanted, steering }, () => undefined);
				source?.setFetching(true);
				for (let change = 0; change < 8; change++) {
					await pause(next() * 250);
					steered?.setRung(Math.floor(next() * steered.rungs.length));
				}
				// Long enough for the slowest machine: what does not begin never does.
				for (let waited = 0; waited < 160 && video.readyState < 2; waited++) await pause(250);
				const isThere = video.readyState >= 2;
				source?.close();
				video.remove();
				return isThere;
			}
			const stuck: number[] = [];
			let seed = 0;
			const work = async () => {
				while (seed < tries) {
					const mine = ++seed;
					if (!(await begins(mine))) stuck.push(mine);
				}
			};
			await Promise.all(Array.from({ length: atOnce }, work));
			return stuck;
		},
		{ tries: TRIES, atOnce: AT_ONCE }
	);
	expect(stuck).toEqual([]);
}, 180_000);
