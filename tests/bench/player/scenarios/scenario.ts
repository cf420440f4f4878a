/** What a scenario is, and how its figures are asked and worded. */
import * as figures from '../figures.ts';
import type { Limits } from '../line.ts';
import type { MediaServer } from '../server.ts';
import type { Recorded, Tab } from '../tab.ts';

export const HALF_FRAME_MS = 17;
export const FRAME_MS = 34;

export type Figure = {
	name: string;
	unit: 'ms' | 'MB' | 'lines' | 'per s' | '';
	/** NaN: it never happened. */
	value: number;
	/** What is asked of it; without one it is only told. */
	asked?: { atMost?: number; atLeast?: number; timesBareAtMost?: number };
};

export type Scenario = {
	name: string;
	/** One rung each, with and without sound in the demonstration; or the product's ladders. */
	clips: 'plain' | 'rungs';
	/** How often, in turn with the other pages; the medians count. */
	rounds?: number;
	/** Nothing is loaded before play asks for it. */
	isAsked?: boolean;
	/** What the line is like when the page is opened; without it, as good as it gets. */
	network?: Limits;
	/** Before the page is opened: what else is wrong. */
	before?: (server: MediaServer, folders: { main: string; sign: string }) => void;
	run: (tab: Tab) => Promise<Figure[]>;
};

export const atMost = (
	name: string,
	value: number,
	limit: number,
	unit: Figure['unit'] = 'ms'
): Figure => ({ name, unit, value, asked: { atMost: limit } });

export const told = (name: string, value: number, unit: Figure['unit'] = 'ms'): Figure => ({
	...{ name, unit, value }
});

/** How far the pictures were apart between two instants. */
export function drift(
	{ main, sign }: Recorded,
	fromMs: number,
	toMs: number,
	label = 'drift'
): Figure[] {
	const apart = figures.absolute(figures.differences(main, sign, fromMs, toMs));
	const { p50, p95, p99, max } = figures.spread(apart);
	return [
		atMost(`${label} p50`, p50, HALF_FRAME_MS),
		atMost(`${label} p95`, p95, HALF_FRAME_MS),
		atMost(`${label} p99`, p99, HALF_FRAME_MS),
		atMost(`${label} max`, max, FRAME_MS)
	];
}

/** Signing that nobody saw, or saw twice, since an instant. */
export function lostAndRepeated({ sign }: Recorded, fromMs: number): Figure[] {
	const { lostMs, repeatedMs } = figures.lostAndRepeated(sign.filter(({ atMs }) => atMs > fromMs));
	return [atMost('signing lost', lostMs, 0), atMost('signing repeated', repeatedMs, 0)];
}

/** What every scenario costs. */
export async function cost(tab: Tab): Promise<Figure[]> {
	const { longTasks } = await tab.recorded();
	return [
		told('media fetched', tab.bytes() / 1e6, 'MB'),
		told('long tasks', longTasks.length, ''),
		told(
			'long tasks in all',
			longTasks.reduce((sum, { forMs }) => sum + forMs, 0)
		)
	];
}

/** The same random walk for every player. */
export function* places(seed = 7): Generator<number, never> {
	for (let x = seed; ;) {
		x = (x * 48271) % 2147483647;
		yield 1 + (x / 2147483647) * 34;
	}
}
