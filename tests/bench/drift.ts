/**
 * How far two videos drift apart on screen: our player beside two bare `<video>` elements, same
 * clips, same Chromium, same run. `node tests/bench/drift.ts` prints the table
 * (`… 'no sound'` half of it).
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { buildPage } from './player/build.ts';
import { clip } from './player/clips.ts';
import type { Spread } from './player/figures.ts';
import * as scenarios from './player/scenarios.ts';
import { serve, type MediaServer } from './player/server.ts';
import type { Row } from './row.ts';

const SECONDS = 40;
const RATES = [0.5, 1, 1.5, 2];
const HALF_FRAME_MS = 17;
const FRAME_MS = 34;

type Figures = {
	steady: { rate: number; spread: Spread }[];
	seeks: scenarios.Seeks;
	pauses: { count: number; same: number };
	stalls: { which: 'main' | 'sign'; stall: scenarios.Stall }[];
};

async function measure(
	browser: Browser,
	server: MediaServer,
	page: string,
	main: string,
	sign: string
): Promise<Figures> {
	const url = `${server.origin}/${page}?load&main=/${main}&sign=/${sign}`;
	const fresh = async <T>(run: (page: Page) => Promise<T>): Promise<T> => {
		const tab = await browser.newPage();
		try {
			await scenarios.open(tab, url);
			return await run(tab);
		} finally {
			await tab.close();
		}
	};
	const steady = await fresh(async (tab) => {
		const all: Figures['steady'] = [];
		for (const rate of RATES) all.push({ rate, spread: await scenarios.steady(tab, rate) });
		return all;
	});
	const seeks = await fresh((tab) => scenarios.seeks(tab));
	const pauses = await fresh((tab) => scenarios.pauses(tab));
	const stalls: Figures['stalls'] = [];
	for (const which of ['sign', 'main'] as const) {
		const folder = (which === 'sign' ? sign : main).split('/')[0];
		server.tap.hold(`/${folder}/005`);
		stalls.push({ which, stall: await fresh((tab) => scenarios.stall(tab, which, server.tap)) });
		server.tap.release();
	}
	return { steady, seeks, pauses, stalls };
}

function rowsOf(label: string, ours: Figures, bare: Figures): Row[] {
	const worded = (n: number): string => (Number.isNaN(n) ? 'never' : String(Math.round(n)));
	const row = (name: string, a: number, b: number, asked: string, isReached: boolean): Row => ({
		...{ name: `${label}: ${name}`, ours: worded(a), baseline: worded(b) },
		...{ ratio: b > 0 ? a / b : NaN, asked, isReached }
	});
	const steady = ours.steady.flatMap(({ rate, spread }, i) => {
		const other = bare.steady[i]?.spread ?? spread;
		const at = (key: keyof Spread, limit: number, asked: string): Row =>
			row(`drift ${rate}× ${key}, ms`, spread[key], other[key], asked, spread[key] <= limit);
		return [
			at('p50', HALF_FRAME_MS, '≤ 17'),
			at('p95', HALF_FRAME_MS, '≤ 17'),
			at('p99', HALF_FRAME_MS, '≤ 17'),
			at('max', FRAME_MS, '≤ 34')
		];
	});
	const { seeks, pauses } = ours;
	const stalls = ours.stalls.flatMap(({ which, stall }, i) => {
		const other = bare.stalls[i]?.stall ?? stall;
		const at = (name: string, key: keyof scenarios.Stall, limit: number, asked: string): Row =>
			row(`${which} stalled 2 s: ${name}, ms`, stall[key], other[key], asked, stall[key] <= limit);
		return [
			at('the other ran on', 'ranOnMs', FRAME_MS, '≤ 34'),
			at('signing lost', 'lostMs', 0, '0'),
			at('signing repeated', 'repeatedMs', 0, '0'),
			at('left apart', 'apartMs', FRAME_MS, '≤ 34')
		];
	});
	return [
		...steady,
		row(
			'seeks in step again',
			seeks.reached,
			bare.seeks.reached,
			'all',
			seeks.reached === seeks.count
		),
		row('re-sync p50, ms', seeks.p50, bare.seeks.p50, '≤ 300', seeks.p50 <= 300),
		row('re-sync p95, ms', seeks.p95, bare.seeks.p95, '≤ 300', seeks.p95 <= 300),
		row(
			'paused on the same frame',
			pauses.same,
			bare.pauses.same,
			'all',
			pauses.same === pauses.count
		),
		...stalls
	];
}

/**
 * Measures everything, with a demonstration without sound and one with sound inside, or `only` one
 * of them. Takes about four minutes each.
 */
export async function run(only?: string): Promise<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), 'drift-'));
	const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
		(p) => p && existsSync(p)
	);
	const [sign, silent, loud] = await Promise.all([
		clip(folder, 'sign', '0x204a7a', SECONDS),
		clip(folder, 'silent', '0x7a4a20', SECONDS),
		clip(folder, 'loud', '0x5a2020', SECONDS, true)
	]);
	await buildPage(join(folder, 'page/dist'));
	const here = join(dirname(fileURLToPath(import.meta.url)), 'player');
	const server = await serve(folder, join(folder, 'page/dist'), here);
	const browser = await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
	});
	try {
		const rows: Row[] = [];
		for (const [label, main] of [['no sound', silent] as const, ['sound inside', loud] as const]) {
			if (only && only !== label) continue;
			const ours = await measure(browser, server, 'index.html', main, sign);
			const bare = await measure(browser, server, 'bare.html', main, sign);
			rows.push(...rowsOf(label, ours, bare));
		}
		return rows;
	} finally {
		await browser.close();
		await server.close();
		await rm(folder, { recursive: true, force: true });
	}
}

if (import.meta.main) {
	const rows = await run(process.argv[2]);
	console.table(
		rows.map(({ name, ours, baseline, asked, isReached }) => ({
			...{ name, ours, bare: baseline, asked, reached: isReached ? 'yes' : 'NO' }
		}))
	);
}
