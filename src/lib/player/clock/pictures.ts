/**
 * What the screen says, against what the clocks say. Two media clocks may agree to the millisecond
 * while one video shows every frame one refresh, or a whole frame, after the other: a renderer locks
 * onto a cadence when it starts, late if the machine was busy, and keeps it. A hair's change of rate
 * makes it let go. So when the pictures are apart and the clocks are not, all tracks are jogged: a
 * little faster or slower, all alike, for a moment; then their renderers lock anew, together.
 */
import { shownMs, type Member } from './member.ts';

/** Frames that must be seen before the screen is believed; a refresh of it comes every 17 ms. */
const ENOUGH = 9;
const KEPT = 24;
/** Pictures this far apart on average are not on the same refresh. */
const WORTH_MS = 6;
/** By how much and how long; never the same twice in a row, so that no bad phase is met again. */
const SHARES = [0.012, -0.016, 0.02, -0.012, 0.016, -0.02];
const JOG_MS = 260;
/** After so many in vain the screen is taken as it is, and looked at again much later. */
const PATIENCE_MS = 15_000;

export type Jog = { count: number; untilMs: number; restUntilMs: number };

export const noJog = (): Jog => ({ count: 0, untilMs: -Infinity, restUntilMs: -Infinity });

/** Writes down the newest frame. */
export function see(m: Member): void {
	const frame = m.player.presented;
	if (!frame || m.player.isPaused) return;
	m.seen.push({ atMs: frame.atMs, mediaMs: shownMs(m) });
	if (m.seen.length > KEPT) m.seen.shift();
}

const phase = (m: Member, rate: number, sinceMs: number): number => {
	const phases = m.seen.filter((f) => f.atMs > sinceMs).map((f) => f.mediaMs - f.atMs * rate);
	if (phases.length < ENOUGH) return NaN;
	const sorted = phases.sort((a, b) => a - b).slice(2, -2);
	return sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length;
};

/** How far the pictures of one are ahead of the other's on screen; NaN while it cannot be said. */
export function pictureDriftMs(m: Member, lead: Member, rate: number): number {
	const sinceMs = Math.max(m.steadySinceMs, lead.steadySinceMs);
	return phase(m, rate, sinceMs) - phase(lead, rate, sinceMs);
}

/** Every start is jogged at once: no lock is then taken from its first, irregular frames. */
export function jogStart(jog: Jog, nowMs: number): void {
	jog.untilMs = nowMs + JOG_MS;
}

/**
 * Judges all followers by their frames and begins a jog where one is off the leader's refresh.
 * Answers the share by which everything is to play faster now.
 */
export function jogShare(
	jog: Jog,
	all: Member[],
	lead: Member,
	rate: number,
	nowMs: number
): number {
	if (!all.some((m) => m !== lead && m.kind === 'picture')) return 0;
	const share = SHARES[jog.count % SHARES.length] ?? 0;
	if (nowMs < jog.untilMs) return share;
	let isOff = false;
	for (const m of all) {
		if (m === lead || m.kind === 'sound') continue;
		const apartMs = pictureDriftMs(m, lead, rate);
		if (Number.isNaN(apartMs)) continue;
		m.pictureDriftMs = apartMs;
		isOff ||= Math.abs(apartMs) > WORTH_MS * Math.max(1, rate);
	}
	if (!isOff || nowMs < jog.restUntilMs) return 0;
	jog.count += 1;
	jog.untilMs = nowMs + JOG_MS;
	if (jog.count % SHARES.length === 0) jog.restUntilMs = nowMs + PATIENCE_MS;
	return SHARES[jog.count % SHARES.length] ?? 0;
}
