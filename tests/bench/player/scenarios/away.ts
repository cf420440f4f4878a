/** The viewer is away for a while: another tab, a suspended phone. */
import * as figures from '../figures.ts';
import type { Tab } from '../tab.ts';
import { atMost, lostAndRepeated, type Figure, type Scenario } from './scenario.ts';

const AWAY_MS = 3000;
const BACK_MS = 4000;

async function afterwards(tab: Tab, leaveMs: number, backMs: number): Promise<Figure[]> {
	await tab.play();
	await tab.wait(BACK_MS);
	const recorded = await tab.recorded();
	const endMs = await tab.now();
	await tab.pause();
	const { main, sign } = recorded;
	const firstMs = Math.max(
		...[main, sign].map((all) => all.find(({ atMs }) => atMs > backMs)?.atMs ?? NaN)
	);
	const again = firstMs - backMs + figures.inStepMs(main, sign, firstMs, endMs);
	return [atMost('in step again', again, 500), ...lostAndRepeated(recorded, leaveMs)];
}

/**
 * Another tab. Headless Chromium hides no tab, so the page is told that it is hidden, and its videos
 * are paused from outside, as browsers do with silent ones.
 */
export const hidden: Scenario = {
	name: 'hidden',
	clips: 'plain',
	async run(tab) {
		await tab.play();
		await tab.wait(2500);
		const say = (state: DocumentVisibilityState): Promise<number> =>
			tab.page.evaluate((visibilityState) => {
				Object.defineProperties(document, {
					visibilityState: { configurable: true, get: () => visibilityState },
					hidden: { configurable: true, get: () => visibilityState === 'hidden' }
				});
				document.dispatchEvent(new Event('visibilitychange'));
				const { main, sign } = window.__playerBench;
				if (visibilityState === 'hidden') for (const video of [main, sign]) video.pause();
				return performance.now();
			}, state);
		const leaveMs = await say('hidden');
		await tab.wait(AWAY_MS);
		return afterwards(tab, leaveMs, await say('visible'));
	}
};

/** A phone put to sleep: the page's process is really stopped, and goes on later. */
export const suspended: Scenario = {
	name: 'suspended',
	clips: 'plain',
	async run(tab) {
		await tab.play();
		await tab.wait(2500);
		const browser = tab.page.context().browser();
		if (!browser) throw new Error('the page has no browser');
		const session = await browser.newBrowserCDPSession();
		const { processInfo } = await session.send('SystemInfo.getProcessInfo');
		await session.detach();
		const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
		const leaveMs = await tab.now();
		for (const id of pages) process.kill(id, 'SIGSTOP');
		try {
			await new Promise((done) => setTimeout(done, AWAY_MS));
		} finally {
			for (const id of pages) process.kill(id, 'SIGCONT');
		}
		return afterwards(tab, leaveMs, await tab.now());
	}
};
