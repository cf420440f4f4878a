/**
 * What the screen says, against what the clocks say. Two media clocks may agree to the millisecond
 * while one video shows every frame one refresh, or a whole frame, after the other: a renderer
 * locks onto a cadence when it starts, and keeps it. So the clocks are aimed beside each other until
 * the pictures agree.
 */
import { FRAME_MS } from './frames.ts';
import type { Member } from './member.ts';

/** Frames that must be seen before the screen is believed; a refresh of it comes every 17 ms. */
const ENOUGH = 12;
const KEPT = 24;
/** Pictures this far apart on average are not on the same refresh. */
const WORTH_MS = 6;
/** Clocks are never aimed further apart than this: beyond it the renderer must give in. */
const FURTHEST_MS = 0.75 * FRAME_MS;

/** Writes down the newest frame. */
export function see(m: Member): void {
	const frame = m.player.presented;
	if (!frame || m.player.isPaused) return;
	m.seen.push({ atMs: frame.atMs, mediaMs: frame.mediaMs + m.offsetMs });
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

/** Aims a follower's clock so that its pictures come onto the same refresh as the leader's. */
export function aim(m: Member, lead: Member, rate: number, nowMs: number): void {
	const apartMs = pictureDriftMs(m, lead, rate);
	if (Number.isNaN(apartMs)) return;
	m.pictureDriftMs = apartMs;
	if (Math.abs(apartMs) < WORTH_MS * Math.max(1, rate)) return;
	const aimMs = m.aimMs - apartMs / 2;
	m.aimMs = Math.max(-FURTHEST_MS, Math.min(FURTHEST_MS, aimMs));
	m.steadySinceMs = nowMs;
}
