/** Running play: who waits for whom, and whose rate is nudged. Called at every tick. */
import { FRAME_MS } from './frames.ts';
import * as members from './member.ts';
import type { Member } from './member.ts';
import { jogShare, phasesAt, type Jog } from './pictures.ts';
import { TICK_MS } from './ticker.ts';
import { nudgedRate, START_LIMIT, steadyLimitBeside } from './nudge.ts';

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

/** Lets nobody run ahead of the one furthest behind; without one, of the lesson's own time. */
function holdOrRelease(m: Member, behind: Member | undefined, atMs: number, course: Course): void {
	const { rate, nowMs } = course;
	const aheadMs = members.lessonMs(m) - (behind ? members.lessonMs(behind) : atMs);
	const startupMs = members.startupMs(m) * rate;
	if (m.isHeld) {
		// Let go early by what its start takes, and by half a tick: the next one may be too late. The
		// one behind may itself have been told to play and not have begun to move.
		const comingMs = aheadMs + (behind ? members.unstartedMs(behind, nowMs) * rate : 0);
		const isTime = comingMs <= startupMs + (TICK_MS / 2) * rate;
		if (isTime && members.isReady(m, nowMs)) members.play(m, nowMs);
		return;
	}
	// Holding costs at least a start: when the other moves, rate may do it with less.
	const isOtherMoving = !!behind && !behind.started && nowMs - behind.stillSinceMs < 3 * TICK_MS;
	// In slow motion rate would take seconds for what a hold does in a tenth of one.
	const holdMs = m.kind === 'sound' ? HOLD_SOUND_MS : HOLD_MS * Math.max(0.5, Math.min(1, rate));
	if (m.started || aheadMs <= holdMs + (isOtherMoving ? startupMs / 2 : 0)) return;
	m.isHeld = true;
	m.player.pause();
}

/** Brings one that comes back to a place ahead of the others, where they will meet it. */
function join(m: Member, atMs: number, course: Course): void {
	m.player.prepare();
	const { sought } = m;
	if (sought && sought.placeMs >= atMs) {
		if (!members.hasArrived(m, sought.placeMs, course.nowMs)) return;
		if (!members.isEarly(m, atMs) && !members.canGoOn(m, 200)) return;
		m.standing = 'in';
		m.isHeld = true;
		return;
	}
	const tried = sought ? (course.nowMs - sought.atMs) * 1.5 : 0;
	const leadMs = Math.min(FURTHEST_MEETING_MS, Math.max(MEETING_MS, tried)) * course.rate;
	members.send(m, atMs + leadMs, course.nowMs);
}

/** A track whose section is over stands on the first frame of the next one, ready for its time. */
function standBy(m: Member, atMs: number, nowMs: number): void {
	if (!m.player.isPaused) m.player.pause();
	m.isHeld = true;
	const next = members.sectionAt(m, Math.max(atMs, members.lastMs(m) + FRAME_MS));
	if (next !== m.section) members.send(m, next.lessonMs, nowMs);
}

/** Every change of the rate of sound is heard, and 25 ms are not. */
const SOUND_SLACK = 10;
/** Where frames change at many distances to a refresh, a millisecond already tells two pictures apart. */
const MANY_PHASES = 5;
const FINE_SLACK = 0.5;

const slackOf = (m: Member, rate: number): number =>
	m.kind === 'sound' ? SOUND_SLACK : phasesAt(rate) >= MANY_PHASES ? FINE_SLACK : 1;

/** Nudges one by rate towards the lead; `pace` is the rate at which everything plays now. */
function follow(m: Member, lead: Member, pace: number, limit: number, course: Course): void {
	const { nowMs, rate } = course;
	const isFollowing = m !== lead && !m.isHeld;
	m.driftMs = isFollowing ? members.lessonMs(m) - members.lessonMs(lead) : 0;
	const slack = slackOf(m, rate);
	const wanted = nudgedRate(m.driftMs, pace, m.isCorrecting, limit, slack);
	m.isCorrecting = wanted !== pace;
	if (wanted !== m.rate) m.steadySinceMs = nowMs + LOCKING_MS;
	members.setRate(m, wanted);
}

/** What play cannot go on with: tracks run dry, and tracks not in place when their time came. */
export type Trouble = { stalled: Member[]; late: Member[] };

function troubleOf(taking: Member[], behindMs: number, { nowMs, rate }: Course): Trouble {
	const pictures = taking.filter((m) => m.kind === 'picture');
	const needsMs = Math.min(100, 60 * rate + 20);
	return {
		stalled: pictures.filter(
			(m) => !m.isHeld && (isStill(m, nowMs) || !members.canGoOn(m, needsMs))
		),
		late: pictures.filter(
			(m) => m.isHeld && members.lessonMs(m) <= behindMs && !members.isReady(m, nowMs)
		)
	};
}

/** Nudges rates, and brings sound that is far behind back by a seek. */
function followAll(taking: Member[], moving: Member[], lead: Member, course: Course): void {
	const { nowMs, rate, jog } = course;
	const isStarting = taking.some((m) => nowMs - m.playedAtMs < STARTING_MS);
	const share = jogShare(jog, moving, lead, rate, nowMs);
	const limit = isStarting ? START_LIMIT : steadyLimitBeside(share);
	const pace = rate * (1 + share);
	for (const m of taking) {
		follow(m, lead, pace, limit, course);
		if (m.kind !== 'sound' || m.driftMs >= -LATE_SOUND_MS) continue;
		m.standing = 'joining';
		m.sought = null;
		m.player.pause();
	}
}

/**
 * One step of running play at lesson time `atMs`: holds what is ahead, lets go what was met, nudges
 * the rates of the rest.
 */
export function steer(all: Member[], atMs: number, course: Course): Trouble {
	const going = all.filter((m) => m.parkedMs === null);
	for (const m of going) {
		members.learnStartup(m, course.nowMs);
		if (m.standing === 'joining') join(m, atMs, course);
		if (m.standing === 'in' && members.isOver(m)) standBy(m, atMs, course.nowMs);
	}
	const taking = going.filter((m) => m.standing === 'in' && !members.isOver(m));
	const moving = taking.filter((m) => !m.isHeld && m.kind === 'picture');
	const behind = moving.reduce<Member | undefined>(
		(a, m) => (a && members.lessonMs(a) <= members.lessonMs(m) ? a : m),
		undefined
	);
	const trouble = troubleOf(taking, behind ? members.lessonMs(behind) : atMs, course);
	for (const m of taking) holdOrRelease(m, behind, atMs, course);
	const lead = moving[0] ?? taking.find((m) => !m.isHeld);
	if (lead) followAll(taking, moving, lead, course);
	return trouble;
}
