/** Captions: how long after the picture they belong to they are there (EN 301 549, 7.1.2). */
import * as figures from '../figures.ts';
import type { Shown } from '../recorder.ts';
import type { Tab } from '../tab.ts';
import { atMost, type Figure, type Scenario } from './scenario.ts';

/** As the page under test has them (page/page.ts). */
const CUE_EVERY_MS = 2500;
const WATCHED_MS = 16_000;
/** A cue that is not there by then has not come. */
const PATIENCE_MS = 1000;
const AT_MOST_MS = 100;

type Change = { atMs: number; hasWords: boolean };

/** Looks in every frame from now on; answers with all changes when asked. */
async function watchWords(tab: Tab): Promise<() => Promise<Change[]>> {
	const changes = await tab.page.evaluateHandle(() => {
		const seen: { atMs: number; hasWords: boolean }[] = [];
		let before: string | undefined;
		const look = (atMs: number): void => {
			const words = document.querySelector('[data-part=captions]')?.textContent?.trim() ?? '';
			if (words !== before) seen.push({ atMs, hasWords: words !== '' });
			before = words;
			requestAnimationFrame(look);
		};
		requestAnimationFrame(look);
		return seen;
	});
	return () => changes.jsonValue();
}

/** From the frame of a cue's start on screen to its words; NaN where they did not come. */
function latenessMs(frames: Shown[], changes: Change[]): number[] {
	const lateness: number[] = [];
	const lastMs = frames.at(-1)?.mediaMs ?? 0;
	for (let startMs = CUE_EVERY_MS; startMs < lastMs - PATIENCE_MS; startMs += CUE_EVERY_MS) {
		const frame = frames.find(({ mediaMs }) => mediaMs >= startMs);
		const words = changes.find(
			({ atMs, hasWords }) => hasWords && frame && atMs > frame.atMs - PATIENCE_MS / 4
		);
		lateness.push(frame && words ? words.atMs - frame.atMs : NaN);
	}
	return lateness;
}

export const captions: Scenario = {
	name: 'captions',
	clips: 'plain',
	async run(tab): Promise<Figure[]> {
		const changes = await watchWords(tab);
		await tab.play();
		await tab.wait(WATCHED_MS);
		await tab.pause();
		const { main } = await tab.recorded();
		const late = latenessMs(main, await changes());
		const spread = figures.spread(
			late.map((ms) => ({ value: Math.abs(Math.min(ms, PATIENCE_MS)), forMs: 1 }))
		);
		const isThere = late.every((ms) => !Number.isNaN(ms) && ms < PATIENCE_MS);
		return [
			atMost('caption after its frame p50', isThere ? spread.p50 : NaN, AT_MOST_MS),
			atMost('caption after its frame max', isThere ? spread.max : NaN, AT_MOST_MS)
		];
	}
};
