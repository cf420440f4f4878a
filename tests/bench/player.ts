/**
 * The player beside two bare `<video>` elements, and beside any other player's page: same clips,
 * same Chromium, same run. `npm run bench -- player`, with
 *   --only steady,seeks  some scenarios          --sound silent|loud  one kind of demonstration
 *   --page <url|folder>  one more page, again and again          --json <file>  every figure
 * A page takes `?main=…&sign=…` and sets `window.__playerBench` (player/recorder.ts).
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { findBrowser } from '../../src/setup/browser.mjs';
import { buildPage } from './player/build.ts';
import { BARE, candidate, OURS, type Candidate } from './player/candidates.ts';
import { clip, soundFile } from './player/clips.ts';
import { measure, type Measured } from './player/measure.ts';
import { optionsFrom, type Options } from './player/options.ts';
import { LADDERS, rungs } from './player/rungs.ts';
import type { Scenario } from './player/scenarios/scenario.ts';
import { hidden, suspended } from './player/scenarios/away.ts';
import * as networks from './player/scenarios/networks.ts';
import * as watching from './player/scenarios/watching.ts';
import { captions } from './player/scenarios/words.ts';
import { serve } from './player/server.ts';
import { rowsOf } from './player/table.ts';
import type { Row } from './row.ts';

const SECONDS = 40;

const SCENARIOS: Scenario[] = [
	...[watching.steady, watching.seeks, watching.pauses, watching.sound, captions],
	...[networks.stallSign, networks.stallMain, hidden, suspended],
	...[networks.firstFrame, networks.tap, networks.thin, networks.renditions]
];

export async function run(args: readonly string[] = []): Promise<Row[]> {
	const options = optionsFrom(
		args,
		SCENARIOS.map(({ name }) => name)
	);
	const candidates = [OURS, BARE, ...options.pages.map(candidate)];
	const folder = await mkdtemp(join(tmpdir(), 'player-bench-'));
	try {
		const all = await measureAll(folder, options, candidates);
		if (options.json) await writeFile(options.json, JSON.stringify(all, null, '\t'));
		return all.flatMap((measured) => rowsOf(measured));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function measureAll(
	folder: string,
	{ only, sounds }: Options,
	candidates: Candidate[]
): Promise<Measured[]> {
	const asked = SCENARIOS.filter(({ name }) => only.length === 0 || only.includes(name));
	const sets = await clipsFor(folder, asked, sounds);
	await soundFile(folder, SECONDS);
	await buildPage(join(folder, 'page/dist'));
	const server = await serve(
		...[folder, join(folder, 'page/dist'), join(import.meta.dirname, 'player')],
		...candidates.flatMap((one) => (one.folder ? [dirname(one.folder)] : []))
	);
	let opened: Browser | undefined;
	const browser = async (): Promise<Browser> => {
		if (!opened?.isConnected()) opened = await launch();
		return opened;
	};
	try {
		const all: Measured[] = [];
		for (const scenario of asked)
			for (const { label, clips } of sets[scenario.clips]) {
				all.push(await measure({ browser, server, scenario, label, clips, candidates }));
				console.log(`player, ${label}: ${scenario.name} measured`);
			}
		return all;
	} finally {
		await opened?.close();
		await server.close();
	}
}

function launch(): Promise<Browser> {
	const executablePath = findBrowser();
	return chromium.launch({
		...(executablePath && { executablePath }),
		args: [
			...['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
			'--autoplay-policy=no-user-gesture-required'
		]
	});
}

type Set = { label: string; clips: { main: string; sign: string } };

/** Only the clips that will be played: encoding takes longer than measuring. */
async function clipsFor(
	folder: string,
	asked: Scenario[],
	sounds: Options['sounds']
): Promise<Record<Scenario['clips'], Set[]>> {
	const needs = (kind: Scenario['clips']): boolean => asked.some(({ clips }) => clips === kind);
	const plain: Set[] = [];
	if (needs('plain')) {
		const sign = await clip(folder, 'sign', '0x204a7a', SECONDS);
		for (const sound of sounds) {
			const main = await clip(folder, sound, '0x7a4a20', SECONDS, sound === 'loud');
			plain.push({ label: sound === 'loud' ? 'sound inside' : 'no sound', clips: { main, sign } });
		}
	}
	if (!needs('rungs')) return { plain, rungs: [] };
	const main = await rungs(folder, 'rungs-main', '0x7a4a20', SECONDS, LADDERS.main);
	const sign = await rungs(folder, 'rungs-sign', '0x204a7a', SECONDS, LADDERS.sign);
	return { plain, rungs: [{ label: 'rungs', clips: { main, sign } }] };
}
