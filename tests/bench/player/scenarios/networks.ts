/** What a network does: answers late, is thin, grows thin in the middle. */
import * as figures from '../figures.ts';
import type { Recorded, Tab } from '../tab.ts';
import {
	atMost,
	drift,
	FRAME_MS,
	lostAndRepeated,
	told,
	type Figure,
	type Scenario
} from './scenario.ts';

const MOBILE = { bitsPerSecond: 1_500_000, latencyMs: 200 };
const GOOD = { bitsPerSecond: 8_000_000, latencyMs: 60 };
const THIN_MS = 25_000;

const firstOf = ({ main, sign }: Recorded): number =>
	Math.max(main[0]?.atMs ?? NaN, sign[0]?.atMs ?? NaN);

/**
 * From where the player begins to load until both show their first picture: beside two bare videos
 * on the same page. What the page itself takes before that is told as well.
 */
export const firstFrame: Scenario = {
	name: 'first-frame',
	clips: 'plain',
	rounds: 7,
	async run(tab) {
		await tab.page.waitForFunction(
			() => window.__recorder.main.length > 0 && window.__recorder.sign.length > 0
		);
		const recorded = await tab.recorded();
		return [
			{
				name: 'first frame of both',
				unit: 'ms',
				value: firstOf(recorded) - recorded.beganAtMs,
				asked: { timesBareAtMost: 1.15 }
			},
			told('first frame, since the page was opened', firstOf(recorded))
		];
	}
};

/** As a viewer meets it: the page stands and rests, nothing is loaded; from the tap to both pictures. */
export const tap: Scenario = {
	name: 'tap',
	clips: 'plain',
	rounds: 7,
	isAsked: true,
	async run(tab) {
		await tab.wait(1500);
		const atMs = await tab.now();
		await tab.play();
		await tab.page.waitForFunction(
			() => window.__recorder.main.length > 0 && window.__recorder.sign.length > 0
		);
		return [
			{
				...{ name: 'first frame of both, from the tap', unit: 'ms' },
				value: firstOf(await tab.recorded()) - atMs,
				asked: { timesBareAtMost: 1.15 }
			}
		];
	}
};

/** What came of playing between two instants. */
function quality(recorded: Recorded, fromMs: number, toMs: number): Figure[] {
	const heights = (which: 'main' | 'sign') =>
		figures.lowestAndUsual(
			recorded.heights.filter((each) => each.which === which),
			fromMs,
			toMs
		);
	return [
		atMost('signing stood still', figures.stoodMs(recorded.sign, fromMs, toMs), 0),
		{
			name: 'signing, pictures',
			unit: 'per s',
			value: figures.framesPerSecond(recorded.sign, fromMs, toMs),
			asked: { atLeast: 25 }
		},
		told('signing, height usually', heights('sign').usual, 'lines'),
		told('signing, height at least', heights('sign').lowest, 'lines'),
		told('demonstration, height usually', heights('main').usual, 'lines')
	];
}

export const thin: Scenario = {
	name: 'thin',
	clips: 'rungs',
	network: MOBILE,
	async run(tab) {
		await tab.play();
		await tab.wait(2000);
		const fromMs = await tab.now();
		await tab.wait(THIN_MS);
		const recorded = await tab.recorded();
		await tab.pause();
		return [
			told('first frame of both', firstOf(recorded) - recorded.beganAtMs),
			...quality(recorded, fromMs, fromMs + THIN_MS),
			...drift(recorded, fromMs, fromMs + THIN_MS),
			...lostAndRepeated(recorded, fromMs)
		];
	}
};

/** The rungs change in the middle, as the network becomes thin and good again. */
export const renditions: Scenario = {
	name: 'renditions',
	clips: 'rungs',
	network: GOOD,
	async run(tab) {
		await tab.play();
		await tab.wait(2000);
		const fromMs = await tab.now();
		await tab.wait(9000);
		await tab.setLine(MOBILE);
		await tab.wait(16_000);
		await tab.setLine(GOOD);
		await tab.wait(12_000);
		const recorded = await tab.recorded();
		const toMs = await tab.now();
		await tab.pause();
		const { main, sign } = recorded;
		const switches = recorded.heights.filter(({ atMs }) => atMs > fromMs);
		const again = switches.map(({ atMs }) => figures.inStepMs(main, sign, atMs, toMs));
		return [
			told('switches', switches.length, ''),
			atMost('in step after a switch, longest', Math.max(0, ...again), 500),
			...quality(recorded, fromMs, toMs),
			...drift(recorded, fromMs, toMs),
			...lostAndRepeated(recorded, fromMs)
		];
	}
};

/** One stream's sixth segment comes 2 s too late. */
function stall(which: 'main' | 'sign'): Scenario {
	const other = which === 'main' ? 'sign' : 'main';
	return {
		name: `stall-${which}`,
		clips: 'plain',
		before: (server, folders) => server.tap.hold(`/${folders[which]}/005`),
		async run(tab) {
			await tab.play();
			const stoodMs = await untilStill(tab, which);
			await tab.wait(Math.max(0, 2000 - ((await tab.now()) - stoodMs)));
			const before = await tab.recorded();
			tab.server.tap.release();
			await tab.wait(3500);
			const all = await tab.recorded();
			const endMs = await tab.now();
			await tab.pause();
			const reached = before[other].findLast(({ atMs }) => atMs <= stoodMs)?.mediaMs ?? NaN;
			const apart = figures.differences(all.main, all.sign, endMs - 1000, endMs);
			return [
				atMost('the other ran on', (before[other].at(-1)?.mediaMs ?? NaN) - reached, FRAME_MS),
				...lostAndRepeated(all, stoodMs - 500),
				atMost('left apart', figures.spread(figures.absolute(apart)).p50, FRAME_MS)
			];
		}
	};
}

/** Answers the instant from which on the stream stood. */
async function untilStill(tab: Tab, which: 'main' | 'sign'): Promise<number> {
	await tab.page.waitForFunction(
		(name) => {
			const last = window.__recorder[name].at(-1);
			return last && last.mediaMs > 8500 && performance.now() - last.atMs > 250;
		},
		which,
		{ timeout: 30_000, polling: 20 }
	);
	return (await tab.recorded())[which].at(-1)?.atMs ?? NaN;
}

export const stallSign = stall('sign');
export const stallMain = stall('main');
