/** Running play: who waits for whom, and whose rate is nudged. Called at every tick. */
import { FRAME_MS } from './frames.ts';
import * as members from './member.ts';
import type { Member } from './member.ts';
import { jogShare, type Jog } from './pictures.ts';
import { nudgedRate, START_LIMIT, STEADY_LIMIT } from './nudge.ts';

/** A picture this far ahead of the one furthest behind is held; below it rate is enough. */
export const HOLD_MS = 1.35 * FRAME_MS;
/** Sound is held later: a short gap is heard, and up to here lips and sound still belong together. */
const HOLD_SOUND_MS = 120;
/** Sound this far behind is brought back by a seek: nobody sees sound jump. */
const LATE_SOUND_MS = 250;
/** After a start drift may be closed faster for this long. */
const STARTING_MS = 600;
/** A renderer needs this long after a change of rate to lock onto its cadence. */
const LOCKING_MS = 120;
/** How far ahead a track that joins in the middle is sent, and how far at most. */
const MEETING_MS = 450;
const FURTHEST_MEETING_MS = 4000;
/** A position that does not move for this long is a stall, whatever the track says of itself. */
const STILL_MS = 400;

/** How often the clock looks; a position is exact whenever it is read. */
export const TICK_MS = 20;

export type Course = { rate: number; nowMs: number; jog: Jog };

/** The track the others follow: the first picture that moves, else whatever there is. */
export function reference(all: Member[], aroundMs: number): Member | undefined {
	const taking = all.filter((m) => members.takesPart(m, aroundMs));
	const pictures = taking.filter((m) => m.kind === 'picture');
	return pictures.find((m) => !m.isHeld) ?? pictures[0] ?? taking[0];
}

/** True when it should be moving, and has not moved for a while. */
export function isStill(m: Member, nowMs: number): boolean {
	const position = m.player.positionMs;
	if (position !== m.lastPositionMs || m.player.isPaused || m.isHeld) {
		m.lastPositionMs = position;
		m.stillSinceMs = nowMs;
	}
	return nowMs - m.stillSinceMs > STILL_MS;
}

function holdOrRelease(m: Member, behind: Member, { rate, nowMs }: Course): void {
	const aheadMs = members.lessonMs(m) - members.lessonMs(behind);
	const startupMs = members.startupMs(m) * rate;
	if (m.isHeld) {
		// Let go early by what its start takes, and by half a tick: the next one may be too late.
		if (aheadMs <= startupMs + (TICK_MS / 2) * rate) members.play(m, nowMs);
		return;
	}
	// Holding costs at least a start: when the other moves, rate may do it with less.
	const isOtherMoving = !behind.started && nowMs - behind.stillSinceMs < 3 * TICK_MS;
	const holdMs = m.kind === 'sound' ? HOLD_SOUND_MS : HOLD_MS;
	if (m.started || aheadMs <= holdMs + (isOtherMoving ? startupMs / 2 : 0)) return;
	m.isHeld = true;
	m.player.pause();
}

/** Brings one that comes back to a place ahead of the others, where they will meet it. */
function join(m: Member, atMs: number, course: Course): void {
	m.player.prepare();
	if (!members.covers(m, atMs)) {
		if (atMs < m.offsetMs) awaitStart(m, course.nowMs);
		return;
	}
	const { sought } = m;
	if (!sought || sought.mediaMs + m.offsetMs < atMs) {
		const tried = sought ? (course.nowMs - sought.atMs) * 1.5 : 0;
		const leadMs = Math.min(FURTHEST_MEETING_MS, Math.max(MEETING_MS, tried)) * course.rate;
		members.send(m, atMs + leadMs, course.nowMs);
		return;
	}
	const meeting = sought.mediaMs + m.offsetMs;
	if (members.hasArrived(m, meeting, course.nowMs) && members.canGoOn(m, 200)) {
		m.standing = 'in';
		m.isHeld = true;
	}
}

/** A track that begins later than the lesson stands on its first frame until its time comes. */
function awaitStart(m: Member, nowMs: number): void {
	m.player.prepare();
	if (!m.player.isPaused) m.player.pause();
	if (m.player.positionMs > FRAME_MS) members.send(m, m.offsetMs, nowMs);
	m.standing = 'in';
	m.isHeld = true;
}

/** Nudges one by rate towards the lead; `pace` is the rate at which everything plays now. */
function follow(m: Member, lead: Member, pace: number, limit: number, nowMs: number): void {
	const isFollowing = m !== lead && !m.isHeld;
	m.driftMs = isFollowing ? members.lessonMs(m) - members.lessonMs(lead) : 0;
	const slack = m.kind === 'sound' ? 10 : 1;
	const wanted = nudgedRate(m.driftMs, pace, m.isCorrecting, limit, slack);
	m.isCorrecting = wanted !== pace;
	if (wanted !== m.rate) m.steadySinceMs = nowMs + LOCKING_MS;
	members.setRate(m, wanted);
}

/**
 * One step of running play at lesson time `atMs` (the reference's): holds what is ahead, lets go
 * what was met, nudges the rates of the rest. Answers those that stall.
 */
export function steer(all: Member[], atMs: number, course: Course): Member[] {
	for (const m of all) {
		members.learnStartup(m, course.nowMs);
		if (m.standing === 'joining') join(m, atMs, course);
		else if (m.standing === 'in' && atMs < m.offsetMs - FRAME_MS && !m.isHeld)
			awaitStart(m, course.nowMs);
	}
	const taking = all.filter((m) => m.standing === 'in' && (m.isHeld || members.covers(m, atMs)));
	const moving = taking.filter((m) => !m.isHeld && m.kind === 'picture');
	const lead = moving[0] ?? taking[0];
	if (!lead) return [];
	const stalled = moving.filter((m) => {
		const needsMs = Math.min(100, 60 * course.rate + 20);
		return isStill(m, course.nowMs) || !members.canGoOn(m, needsMs);
	});
	const behind = moving.reduce((a, m) => (members.lessonMs(m) < members.lessonMs(a) ? m : a), lead);
	for (const m of taking) holdOrRelease(m, behind, course);
	const isStarting = taking.some((m) => course.nowMs - m.playedAtMs < STARTING_MS);
	const limit = isStarting ? START_LIMIT : STEADY_LIMIT;

	const share = jogShare(course.jog, moving, lead, course.rate, course.nowMs);
	const pace = course.rate * (1 + share);
	for (const m of taking) {
		follow(m, lead, pace, limit, course.nowMs);
		if (m.kind === 'sound' && m.driftMs < -LATE_SOUND_MS) {
			m.standing = 'joining';
			m.sought = null;
			m.player.pause();
		}
	}
	return stalled;
}
