/** What a viewer does: plays at every speed, seeks, pauses. */
import * as figures from '../figures.ts';
import type { Tab } from '../tab.ts';
import {
	atMost,
	drift,
	lostAndRepeated,
	places,
	told,
	type Figure,
	type Scenario
} from './scenario.ts';

const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const STEADY_MS = 6000;
const SEEKS = 20;
const PAUSES = 9;

/** Drift in steady play at one rate. */
async function atRate(tab: Tab, rate: number): Promise<Figure[]> {
	await tab.setRate(rate);
	await tab.seek(1);
	await tab.wait(700);
	await tab.play();
	await tab.wait(1500);
	const fromMs = await tab.now();
	await tab.wait(STEADY_MS);
	const recorded = await tab.recorded();
	await tab.pause();
	await tab.wait(300);
	const toMs = fromMs + STEADY_MS;
	return [
		...drift(recorded, fromMs, toMs, `drift at ${rate}×`),
		told(`signing at ${rate}×`, figures.framesPerSecond(recorded.sign, fromMs, toMs), 'per s')
	];
}

export const steady: Scenario = {
	name: 'steady',
	clips: 'plain',
	async run(tab) {
		const all: Figure[] = [];
		for (const rate of RATES) all.push(...(await atRate(tab, rate)));
		return all;
	}
};

/** Random seeks while playing: how long until both pictures are in step again. */
export const seeks: Scenario = {
	name: 'seeks',
	clips: 'plain',
	async run(tab) {
		await tab.play();
		await tab.wait(800);
		const walk = places();
		const times: number[] = [];
		for (let i = 0; i < SEEKS; i++) {
			const to = walk.next().value;
			const atMs = await tab.seek(to);
			await tab.wait(1300);
			const { main, sign } = await tab.recorded();
			times.push(figures.resyncMs(main, sign, { atMs, toMs: to * 1000 }, await tab.now()));
		}
		await tab.pause();
		const reached = times.filter((ms) => !Number.isNaN(ms));
		const { p50, p95 } = figures.spread(reached.map((value) => ({ value, forMs: 1 })));
		return [
			{
				...{ name: `of ${SEEKS} in step again`, unit: '', value: reached.length },
				asked: { atLeast: SEEKS }
			},
			told('re-sync p50', p50),
			atMost('re-sync p95', p95, 300)
		];
	}
};

/** Whether both show the same frame when paused, read from the pixels; and go on in step. */
export const pauses: Scenario = {
	name: 'pauses',
	clips: 'plain',
	async run(tab) {
		const walk = places(11);
		let same = 0;
		const again: number[] = [];
		const fromMs = await tab.now();
		for (let i = 0; i < PAUSES; i++) {
			const atMs = await tab.now();
			await tab.play();
			await tab.wait(1000 + 20 * walk.next().value);
			const { main, sign } = await tab.recorded();
			const first = Math.max(
				...[main, sign].map((all) => all.find((s) => s.atMs > atMs)?.atMs ?? NaN)
			);
			again.push(first - atMs + figures.inStepMs(main, sign, first, await tab.now()));
			await tab.pause();
			await tab.wait(600);
			const [demonstration, signer] = await tab.numbers();
			if (demonstration !== null && demonstration === signer) same++;
		}
		const { p95 } = figures.spread(
			again.filter((ms) => !Number.isNaN(ms)).map((value) => ({ value, forMs: 1 }))
		);
		return [
			{
				...{ name: `of ${PAUSES} pauses on the same frame`, unit: '', value: same },
				asked: { atLeast: PAUSES }
			},
			atMost('in step after going on, p95', p95, 500),
			...lostAndRepeated(await tab.recorded(), fromMs)
		];
	}
};

/** The sound of the lesson is heard. */
export const sound: Scenario = {
	name: 'sound',
	clips: 'plain',
	async run(tab) {
		await tab.play();
		await tab.wait(1000);
		await tab.page.evaluate(() => {
			const bench = window.__playerBench;
			if (bench.setSound) bench.setSound(true);
			else bench.main.muted = false;
		});
		await tab.wait(2500);
		const fromMs = await tab.now();
		await tab.wait(STEADY_MS);
		const recorded = await tab.recorded();
		await tab.pause();
		return [
			...drift(recorded, fromMs, fromMs + STEADY_MS),
			...lostAndRepeated(recorded, fromMs - 3500)
		];
	}
};
