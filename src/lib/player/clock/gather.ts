/** Gathering: every track at one place, the right picture on screen, all standing still. */
import { frameAt, middleOf } from './frames.ts';
import * as members from './member.ts';
import type { Member } from './member.ts';
import { HOLD_MS } from './steer.ts';

export type Gathering = {
	why: 'start' | 'seek' | 'pause' | 'stall';
	/** Lesson time to stand at; null: wherever they are. */
	targetMs: number | null;
	sinceMs: number;
};

/** Tracks further apart than this are brought together by a seek; nearer ones wait for each other. */
export const FAR_MS = 600;
/** How much must be there to go on after a stall (at 1×), so that it does not stall again at once. */
const REFILL_MS = 400;
const START_MS = 120;

/** Where all should stand after a pause: the frame that the leading picture shows. */
export function pausedAt(lead: Member): number {
	const shown = lead.player.presented?.mediaMs ?? lead.player.positionMs;
	return middleOf(frameAt(shown + lead.offsetMs));
}

function isAstray(m: Member, why: Gathering['why'], mediaMs: number): boolean {
	const awayMs = Math.abs(m.player.positionMs - mediaMs);
	if (why === 'seek') return awayMs > 1 || (m.kind === 'picture' && !members.shows(m, mediaMs));
	if (why === 'pause')
		return m.kind === 'picture' && !!m.player.presented && !members.shows(m, mediaMs);
	return awayMs > FAR_MS;
}

/** Sends the astray on their way, and answers whom the others still wait for. */
export function missing(
	all: Member[],
	why: Gathering['why'],
	targetMs: number,
	course: { rate: number; nowMs: number; isWanted: boolean }
): Member[] {
	return all.filter((m) => {
		const isSent = m.sought !== null;
		if (isSent || isAstray(m, why, members.mediaMsFor(m, targetMs)))
			members.send(m, targetMs, course.nowMs);
		// Pictures are what this player is for; they never wait for sound.
		if (m.kind === 'sound') return false;
		if (!members.hasArrived(m, targetMs, course.nowMs)) return true;
		if (!course.isWanted || !members.covers(m, targetMs)) return false;
		return !members.canGoOn(m, why === 'stall' ? REFILL_MS * course.rate : START_MS);
	});
}

/**
 * All start in one breath; whoever stands ahead, or starts quicker than the slowest by more than a
 * tick of the clock, is held until the others come.
 */
export function start(all: Member[], atMs: number, rate: number, nowMs: number): void {
	const taking = all.filter((m) => members.takesPart(m, atMs));
	const pictures = taking.filter((m) => m.kind === 'picture');
	/** Where it will be, seen from when all were told to play. */
	const headMs = (m: Member): number => members.lessonMs(m) - members.startupMs(m) * rate;
	const behindMs = Math.min(...(pictures.length ? pictures : taking).map(headMs));
	for (const m of taking) {
		m.sought = null;
		members.setRate(m, rate);
		if (m.kind === 'sound' && !members.canGoOn(m, START_MS)) m.standing = 'joining';
		else if (headMs(m) - behindMs > HOLD_MS) m.isHeld = true;
		else members.play(m, nowMs);
	}
}
