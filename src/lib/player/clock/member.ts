/** One track among those that are held together, and what is known of it. */
import { FRAME_MS, frameAt, middleOf } from './frames.ts';
import type { TrackPlayer } from './track.ts';

/**
 * `in`: plays with the others. `joining`: on its way to a place ahead, where the others will meet
 * it. `resting`: not shown, so it neither plays nor fetches. `lost`: failed for good.
 */
export type Standing = 'in' | 'joining' | 'resting' | 'lost';

export type Member = {
	readonly id: string;
	readonly kind: 'picture' | 'sound';
	readonly player: TrackPlayer;
	/** Lesson time at which the track's own zero stands; may be negative. */
	readonly offsetMs: number;
	standing: Standing;
	/** Stands still in running play until the others reach its place. */
	isHeld: boolean;
	/** The last seek that was asked of it. */
	sought: { mediaMs: number; atMs: number; frames: number } | null;
	/** Since when it is seen still although it should move. */
	stillSinceMs: number;
	lastPositionMs: number;
	/** When and where it was last told to play; null once it was seen to move. */
	started: { atMs: number; fromMs: number } | null;
	/** When it was last told to play. */
	playedAtMs: number;
	/** How long it takes from being told to play until its clock moves, as learnt. */
	startupMs: number;
	/** How far it is ahead of what it follows. */
	driftMs: number;
	rate: number;
	/** Its rate is nudged just now. */
	isCorrecting: boolean;
	/** Frames seen lately, in lesson time. */
	seen: { atMs: number; mediaMs: number }[];
	/** Since when nothing was changed about it, so that its frames can be judged. */
	steadySinceMs: number;
	/** How far its pictures are ahead on screen; NaN until enough were seen. */
	pictureDriftMs: number;
};

/** A picture that cannot be proven (no frame callback) counts as shown this long after `seeked`. */
const UNPROVEN_MS = 250;
/** A renderer needs this long after a start to lock onto its cadence. */
const LOCKING_MS = 150;
/** A start may take this long before standing still counts as a stall. */
const STARTUP_MS = 600;
/** A seek that hangs this long may be overtaken by a newer one. */
const OVERTAKE_MS = 250;

export const member = (
	id: string,
	kind: Member['kind'],
	player: TrackPlayer,
	offsetMs: number
): Member => ({
	...{ id, kind, player, offsetMs, standing: 'in', isHeld: false, sought: null },
	...{ stillSinceMs: NaN, lastPositionMs: NaN, driftMs: 0, rate: 1, isCorrecting: false },
	...{ started: null, playedAtMs: -Infinity, startupMs: NaN },
	...{ seen: [], steadySinceMs: 0, pictureDriftMs: NaN }
});

/** Where it stands, in lesson time. */
export const lessonMs = (m: Member): number => m.player.positionMs + m.offsetMs;

/** Whether the track has anything to show at a lesson time. */
export function covers(m: Member, atMs: number): boolean {
	const { durationMs } = m.player;
	const own = atMs - m.offsetMs;
	return own >= -FRAME_MS / 2 && !(own >= durationMs - FRAME_MS / 2);
}

/** Plays with the others at this lesson time. */
export const takesPart = (m: Member, atMs: number): boolean =>
	m.standing === 'in' && covers(m, atMs);

/** The media time that belongs to a lesson time; outside its span the nearest it has. */
export function mediaMsFor(m: Member, atMs: number): number {
	const { durationMs } = m.player;
	const own = Math.max(0, atMs - m.offsetMs);
	return own > durationMs - FRAME_MS ? middleOf(Math.max(0, frameAt(durationMs) - 1)) : own;
}

export function setRate(m: Member, rate: number): void {
	if (m.rate === rate) return;
	m.rate = rate;
	m.player.setRate(rate);
}

/** Lets it go, and begins to measure how long it takes to move. */
export function play(m: Member, nowMs: number): void {
	m.isHeld = false;
	m.sought = null;
	m.lastPositionMs = m.player.positionMs;
	m.stillSinceMs = nowMs + STARTUP_MS;
	m.playedAtMs = nowMs;
	m.steadySinceMs = nowMs + LOCKING_MS;
	m.pictureDriftMs = NaN;
	m.seen = [];
	m.started = { atMs: nowMs, fromMs: m.player.positionMs };
	m.player.play();
}

/** How long its start is expected to take. */
export const startupMs = (m: Member): number => m.startupMs || 8;

/** Learns from a start how long this track takes; a decoder that was slow once is slow again. */
export function learnStartup(m: Member, nowMs: number): void {
	if (!m.started || m.player.isPaused) return;
	const movedMs = (m.player.positionMs - m.started.fromMs) / m.rate;
	if (movedMs < 1) return;
	const tookMs = Math.max(0, Math.min(400, nowMs - m.started.atMs - movedMs));
	m.startupMs = Number.isNaN(m.startupMs) ? tookMs : m.startupMs * 0.4 + tookMs * 0.6;
	m.started = null;
}

/** Sends it to a lesson time; a seek under way is let arrive first unless it hangs. */
export function send(m: Member, atMs: number, nowMs: number): void {
	const mediaMs = mediaMsFor(m, atMs);
	const { sought, player } = m;
	if (sought && sought.mediaMs === mediaMs) return;
	if (sought && player.isSeeking && nowMs - sought.atMs < OVERTAKE_MS) return;
	m.sought = { mediaMs, atMs: nowMs, frames: player.presented?.count ?? 0 };
	player.seek(mediaMs);
}

/** Whether the picture on screen is the one of this media time. */
export function shows(m: Member, mediaMs: number): boolean {
	const frame = m.player.presented;
	return !!frame && Math.abs(frameAt(frame.mediaMs) - frameAt(mediaMs)) === 0;
}

/** Whether it stands at a lesson time with the right picture on screen. */
export function hasArrived(m: Member, atMs: number, nowMs: number): boolean {
	const { player, sought } = m;
	const mediaMs = mediaMsFor(m, atMs);
	if (player.isSeeking || player.readiness === 'nothing') return false;
	if (!sought) return true;
	if (sought.mediaMs !== mediaMs) return false;
	if (m.kind === 'sound') return true;
	const isNew = (player.presented?.count ?? 0) > sought.frames;
	return (isNew && shows(m, mediaMs)) || nowMs - sought.atMs > UNPROVEN_MS;
}

/** Whether it could go on from here for `aheadMs`, or to its end. */
export function canGoOn(m: Member, aheadMs: number): boolean {
	const { player } = m;
	const leftMs = (player.durationMs || Infinity) - player.positionMs;
	if (leftMs <= 2 * FRAME_MS) return true;
	if (player.readiness !== 'next frames') return false;
	return player.bufferedAheadMs >= Math.min(aheadMs, leftMs - 2 * FRAME_MS);
}
