/** One track among those that are held together, and what is known of it. */
import { FRAME_MS, frameAt, lastMiddleBefore, middleOf } from './frames.ts';
import { endOf, isCovered, lessonOf, sectionFor, type Section, type Sections } from './sections.ts';
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
	readonly sections: Sections;
	/** The one in which it stands, or for which it waits. */
	section: Section;
	standing: Standing;
	/** Lesson time at which it stands while others move (turn-taking); null: it moves with them. */
	parkedMs: number | null;
	/** Stands still in running play until the others reach its place. */
	isHeld: boolean;
	/** The last seek that was asked of it. */
	sought: { placeMs: number; mediaMs: number; atMs: number; frames: number } | null;
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
/** So much must be there for one that waited to be let go. */
const READY_MS = 60;

export const member = (
	id: string,
	kind: Member['kind'],
	player: TrackPlayer,
	sections: Sections
): Member => ({
	...{ id, kind, player, sections, section: sections[0], parkedMs: null },
	...{ standing: 'in', isHeld: false, sought: null },
	...{ stillSinceMs: NaN, lastPositionMs: NaN, driftMs: 0, rate: 1, isCorrecting: false },
	...{ started: null, playedAtMs: -Infinity, startupMs: NaN },
	...{ seen: [], steadySinceMs: 0, pictureDriftMs: NaN }
});

/** Where it stands, or where it is on its way to, in lesson time. */
export function lessonMs({ player, section, sought }: Member): number {
	const mediaMs = sought && player.isSeeking ? sought.mediaMs : player.positionMs;
	return mediaMs - section.mediaMs + section.lessonMs;
}

/** Lesson time of the picture on screen; NaN when there is none. */
export const shownMs = (m: Member): number =>
	lessonOf(m.sections, m.section, m.player.presented?.mediaMs ?? NaN);

/** Whether the track has anything to show at a lesson time. */
export const covers = (m: Member, atMs: number): boolean =>
	isCovered(m.sections, atMs, m.player.durationMs);

/** Lesson time of the middle of its section's last frame: from here on there is nothing to play. */
export function lastMs({ section, player }: Member): number {
	const toLesson = section.lessonMs - section.mediaMs;
	return lastMiddleBefore(endOf(section, player.durationMs) - toLesson) + toLesson;
}

/** Its section has been played to the last frame. */
export const isOver = (m: Member): boolean => lessonMs(m) >= lastMs(m) - 1;

/** Waits on the first frame of a section whose time has not come. */
export const isEarly = (m: Member, atMs: number): boolean => atMs < m.section.lessonMs;

/** Plays with the others at this lesson time. */
export const takesPart = (m: Member, atMs: number): boolean =>
	m.standing === 'in' && m.parkedMs === null && covers(m, atMs) && !isEarly(m, atMs) && !isOver(m);

/** The section that belongs to a lesson time. */
export const sectionAt = (m: Member, atMs: number): Section =>
	sectionFor(m.sections, atMs, m.player.durationMs);

export const turnTo = (m: Member, atMs: number): void => void (m.section = sectionAt(m, atMs));

/** Whether it stands within a section, to half a frame. */
export const isInside = ({ player }: Member, { mediaMs, lengthMs }: Section): boolean =>
	player.positionMs > mediaMs - FRAME_MS / 2 - 1 &&
	player.positionMs < mediaMs + lengthMs + FRAME_MS / 2;

/** The middle of the frame that belongs to a lesson time; outside its sections of the next or last. */
export function mediaMsFor(m: Member, atMs: number): number {
	const { durationMs } = m.player;
	const section = sectionAt(m, atMs);
	const toMedia = section.mediaMs - section.lessonMs;
	const own = middleOf(frameAt(Math.max(atMs, section.lessonMs) + toMedia));
	return Math.min(own, lastMiddleBefore(endOf(section, durationMs) + toMedia));
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

/** Takes it out of play. */
export function leave(m: Member, standing: 'resting' | 'lost'): void {
	m.standing = standing;
	m.isHeld = false;
	m.player.pause();
}

/** How long its start is expected to take. */
export const startupMs = (m: Member): number => m.startupMs || 8;

/** In what time one that was told to play is expected to move. */
export const unstartedMs = (m: Member, nowMs: number): number =>
	m.started ? Math.max(0, startupMs(m) - (nowMs - m.started.atMs)) : 0;

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
	const isThere = sought?.mediaMs === mediaMs;
	if (sought && !isThere && player.isSeeking && nowMs - sought.atMs < OVERTAKE_MS) return;
	turnTo(m, atMs);
	if (sought && isThere) {
		sought.placeMs = atMs;
		return;
	}
	m.sought = { placeMs: atMs, mediaMs, atMs: nowMs, frames: player.presented?.count ?? 0 };
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

/** Whether one that stands can be let go from where it is. */
export const isReady = (m: Member, nowMs: number): boolean =>
	(!m.sought || hasArrived(m, m.sought.placeMs, nowMs)) && canGoOn(m, READY_MS);
