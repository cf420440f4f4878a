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
	const pieces = differences(main.filter(isThere), sign.filter(isThere), bothMs, untilMs);
	let sinceMs = NaN;
	for (const piece of pieces) {
		if (Math.abs(piece.value) > FRAME_MS / 2) sinceMs = NaN;
		else if (Number.isNaN(sinceMs)) sinceMs = Math.max(piece.atMs, bothMs);
		if (piece.atMs + piece.forMs - sinceMs >= 200) return sinceMs - seek.atMs;
	}
	return NaN;
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
