/** Figures out of recorded frames. Pure, so that they can be checked by hand. */
import type { Shown } from './recorder.ts';

const FRAME_MS = 1000 / 30;
/** Two pictures that change within this are changed by the same refresh of a 60 Hz screen. */
const SAME_REFRESH_MS = 8;

export type Spread = { p50: number; p95: number; p99: number; max: number };

export type Weighted = { value: number; forMs: number };

/** Percentiles weighted by how long each value was on screen. */
export function spread(weighted: Weighted[]): Spread {
	const sorted = [...weighted].sort((a, b) => a.value - b.value);
	const total = sorted.reduce((sum, { forMs }) => sum + forMs, 0);
	const at = (share: number): number => {
		let seen = 0;
		for (const { value, forMs } of sorted) {
			seen += forMs;
			if (seen >= share * total) return value;
		}
		return sorted.at(-1)?.value ?? NaN;
	};
	return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1)?.value ?? NaN };
}

/**
 * The signed difference sign − main between the pictures on screen, piece by piece. Pieces in which
 * a callback was missed are left out: what was shown then is not known.
 */
export function differences(
	main: Shown[],
	sign: Shown[],
	fromMs: number,
	toMs: number
): (Weighted & { atMs: number })[] {
	const side = (which: 'main' | 'sign', list: Shown[]) =>
		list.map((shown, i) => ({
			which,
			shown,
			isNextMissed: (list[i + 1]?.count ?? 0) > shown.count + 1
		}));
	const events = [...side('main', main), ...side('sign', sign)].sort(
		(a, b) => a.shown.atMs - b.shown.atMs
	);
	const on: { main?: (typeof events)[0]; sign?: (typeof events)[0] } = {};
	const pieces: (Weighted & { atMs: number })[] = [];
	for (const [i, event] of events.entries()) {
		on[event.which] = event;
		const { atMs } = event.shown;
		const nextMs = events[i + 1]?.shown.atMs ?? toMs;
		const forMs = Math.min(nextMs, toMs) - Math.max(atMs, fromMs);
		if (!on.main || !on.sign || forMs <= 0 || nextMs - atMs < SAME_REFRESH_MS) continue;
		// The frame after this one was shown, but nobody knows when: known only for its own frame.
		const isUnknown = [on.main, on.sign].some(
			(one) => one.isNextMissed && nextMs - one.shown.atMs > FRAME_MS / 2 + SAME_REFRESH_MS
		);
		if (isUnknown) continue;
		pieces.push({ atMs, value: on.sign.shown.mediaMs - on.main.shown.mediaMs, forMs });
	}
	return pieces;
}

export const absolute = (pieces: Weighted[]): Weighted[] =>
	pieces.map(({ value, forMs }) => ({ value: Math.abs(value), forMs }));

/**
 * How long after a seek both pictures were within half a frame of each other, past the target, and
 * stayed so for 200 ms; NaN when that did not happen.
 */
export function resyncMs(main: Shown[], sign: Shown[], seek: Seek, untilMs: number): number {
	const isThere = (s: Shown): boolean =>
		s.atMs > seek.atMs && s.mediaMs >= seek.toMs - 2 * FRAME_MS && s.mediaMs < seek.toMs + 3000;
	const firsts = [main.find(isThere), sign.find(isThere)];
	if (!firsts[0] || !firsts[1]) return NaN;
	const bothMs = Math.max(firsts[0].atMs, firsts[1].atMs);
	return inStepMs(main.filter(isThere), sign.filter(isThere), bothMs, untilMs) + bothMs - seek.atMs;
}

/**
 * How long after `fromMs` both pictures were within half a frame of each other and stayed so for
 * 200 ms; 0 when they never were apart, NaN when it did not happen until `untilMs`.
 */
export function inStepMs(main: Shown[], sign: Shown[], fromMs: number, untilMs: number): number {
	let sinceMs = NaN;
	for (const piece of differences(main, sign, fromMs, untilMs)) {
		if (Math.abs(piece.value) > FRAME_MS / 2) sinceMs = NaN;
		else if (Number.isNaN(sinceMs)) sinceMs = Math.max(piece.atMs, fromMs);
		if (piece.atMs + piece.forMs - sinceMs >= 200) return sinceMs - fromMs;
	}
	return NaN;
}

/** A picture that stays longer than this stands: at 0.25× each is shown for 133 ms. */
const STANDS_FROM_MS = 300;

/** How long in all the same picture stood between two instants, although it should have moved. */
export function stoodMs(shown: Shown[], fromMs: number, toMs: number): number {
	const during = shown.map(({ atMs }) => atMs).filter((atMs) => atMs > fromMs && atMs < toMs);
	const gaps = [fromMs, ...during, toMs].map((atMs, i, all) => (all[i + 1] ?? atMs) - atMs);
	return gaps.filter((ms) => ms > STANDS_FROM_MS).reduce((sum, ms) => sum + ms, 0);
}

/** Pictures a second that reached the screen while it moved, by the browser's own count. */
export function framesPerSecond(shown: Shown[], fromMs: number, toMs: number): number {
	const during = shown.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
	const count = (during.at(-1)?.count ?? NaN) - (during[0]?.count ?? NaN);
	return (count * 1000) / (toMs - fromMs - stoodMs(shown, fromMs, toMs));
}

/** What was on screen for longest: of values that begin at instants, weighted by their time. */
export function lowestAndUsual(
	heights: { atMs: number; height: number }[],
	fromMs: number,
	toMs: number
): { lowest: number; usual: number } {
	const pieces = heights
		.map(({ atMs, height }, i) => ({
			value: height,
			forMs: Math.min(toMs, heights[i + 1]?.atMs ?? toMs) - Math.max(fromMs, atMs)
		}))
		.filter(({ forMs }) => forMs > 0);
	return { lowest: Math.min(...pieces.map(({ value }) => value)), usual: spread(pieces).p50 };
}

export type Seek = { atMs: number; toMs: number };

/**
 * Media ms that a viewer never saw (jumps ahead) and saw twice (jumps back). Frames that the browser
 * counts as shown are not lost, and up to six in a row are a busy machine's, dropped by any player.
 */
export function lostAndRepeated(shown: Shown[]): { lostMs: number; repeatedMs: number } {
	let lostMs = 0;
	let repeatedMs = 0;
	for (const [i, after] of shown.entries()) {
		const before = shown[i - 1];
		if (!before) continue;
		const byMs = after.mediaMs - before.mediaMs;
		const unseenMs = byMs - (after.count - before.count) * FRAME_MS;
		if (unseenMs > 6.5 * FRAME_MS) lostMs += unseenMs;
		if (byMs < -FRAME_MS / 2) repeatedMs -= byMs;
	}
	return { lostMs, repeatedMs };
}
