/** Gathering: every track at one place, the right picture on screen, all standing still. */
import { FRAME_MS, frameAt, middleOf } from './frames.ts';
import * as members from './member.ts';
import type { Member } from './member.ts';
import { HOLD_MS, reference } from './steer.ts';

export type Gathering = {
	/** `border`: one part of the lesson is over and another begins, most of it already in place. */
	why: 'start' | 'seek' | 'pause' | 'stall' | 'border';
	/** Lesson time to stand at; null: wherever they are. */
	targetMs: number | null;
	sinceMs: number;
};

/**
 * Tracks that would have to wait longer than this for each other are brought together by a seek.
 * Time on the wall: at a quarter of the speed a wait is four times as long.
 */
const FAR_MS = 400;
export const farMs = (rate: number): number => FAR_MS * rate;
/** How much must be there to go on after a stall (at 1×), so that it does not stall again at once. */
const REFILL_MS = 400;
const START_MS = 120;
/** A standing picture this near its place is left in peace: nobody sees the difference. */
const NEAR_MS = 1.6 * FRAME_MS;
/** A picture that only stands by is waited for this long. */
const PARKING_MS = 600;

/** Pictures already on their way to the screen when pausing arrive within this. */
const SETTLING_MS = { pause: 60, border: 40, start: 0, seek: 0, stall: 0 };
/** A border that takes longer than this is a wait, and is said so. */
const LONG_BORDER_MS = 600;

/** Where all should stand after a pause: the frame that the leading picture shows. */
const pausedAt = (lead: Member): number =>
	middleOf(frameAt(members.shownMs(lead) || members.lessonMs(lead)));

export type GatherCourse = { rate: number; nowMs: number; isWanted: boolean };

function isAstray(m: Member, why: Gathering['why'], placeMs: number, rate: number): boolean {
	const mediaMs = members.mediaMsFor(m, placeMs);
	const awayMs = Math.abs(m.player.positionMs - mediaMs);
	// Near in time may still be another section, or what lies beside this one.
	if (!members.isInside(m, members.sectionAt(m, placeMs))) return true;
	if (m.parkedMs !== null || why === 'border') return awayMs > NEAR_MS;
	if (why === 'seek') return awayMs > 1 || (m.kind === 'picture' && !members.shows(m, mediaMs));
	if (why === 'pause')
		return m.kind === 'picture' && !!m.player.presented && !members.shows(m, mediaMs);
	return awayMs > farMs(rate);
}

/** One on its way to a place near enough is not sent elsewhere. */
function placeFor(m: Member, { why }: Gathering, targetMs: number): number {
	const placeMs = m.parkedMs ?? targetMs;
	const isExact = why === 'seek' || why === 'pause';
	const awayMs = Math.abs((m.sought?.mediaMs ?? Infinity) - members.mediaMsFor(m, placeMs));
	return !isExact && awayMs < HOLD_MS && m.sought ? m.sought.placeMs : placeMs;
}

/**
 * One look: sends the astray on their way, and answers whom the others still wait for; null while
 * pictures settle. A gathering without a target may get one.
 */
export function missing(
	all: Member[],
	gathering: Gathering,
	atMs: number,
	{ rate, nowMs, isWanted }: GatherCourse
): Member[] | null {
	const { why, sinceMs } = gathering;
	if (nowMs - sinceMs < SETTLING_MS[why]) return null;
	const lead = why === 'pause' && gathering.targetMs === null && reference(all, atMs);
	if (lead) gathering.targetMs = pausedAt(lead);
	if (why === 'border' && nowMs - sinceMs > LONG_BORDER_MS) gathering.why = 'stall';
	const targetMs = gathering.targetMs ?? atMs;
	const gathered = all.filter((m) => m.standing === 'in');
	return gathered.filter((m) => {
		const placeMs = placeFor(m, gathering, targetMs);
		if (m.sought || isAstray(m, why, placeMs, rate)) members.send(m, placeMs, nowMs);
		else members.turnTo(m, placeMs);
		// Pictures are what this player is for; they never wait for sound.
		if (m.kind === 'sound') return false;
		if (m.parkedMs !== null)
			return !members.hasArrived(m, placeMs, nowMs) && nowMs - sinceMs < PARKING_MS;
		if (!members.hasArrived(m, placeMs, nowMs)) return true;
		if (!isWanted || !members.covers(m, targetMs)) return false;
		return !members.canGoOn(m, why === 'stall' ? REFILL_MS * rate : START_MS);
	});
}

/** `share`: by how much pictures that are not alone start faster. */
type StartCourse = { rate: number; share: number; nowMs: number };

/**
 * All start in one breath; whoever stands ahead, or starts quicker than the slowest by more than a
 * tick of the clock, is held until the others come.
 */
export function start(all: Member[], atMs: number, { rate, share, nowMs }: StartCourse): void {
	const moving = all.filter((m) => m.standing === 'in' && m.parkedMs === null);
	const taking = moving.filter((m) => members.covers(m, atMs));
	const pictures = taking.filter((m) => m.kind === 'picture');
	/** Where it will be, seen from when all were told to play. */
	const headMs = (m: Member): number => members.lessonMs(m) - members.startupMs(m) * rate;
	const behindMs = Math.min(...(pictures.length ? pictures : taking).map(headMs));
	const pace = pictures.length > 1 ? rate * (1 + share) : rate;
	for (const m of moving) {
		members.setRate(m, pace);
		if (!taking.includes(m)) {
			m.isHeld = members.isEarly(m, atMs);
			continue;
		}
		m.sought = null;
		if (m.kind === 'sound' && !members.canGoOn(m, START_MS)) m.standing = 'joining';
		else if (headMs(m) - behindMs > HOLD_MS) m.isHeld = true;
		else members.play(m, nowMs);
	}
}
