/**
 * What the screen says, against what the clocks say. Two media clocks may agree to the millisecond
 * while one video shows every frame one refresh, or a whole frame, after the other: a renderer locks
 * onto a cadence when it starts and keeps it for as long as no frame is too far from its time. At 1×
 * three such cadences are near enough, and two renderers may hold one each.
 * So all tracks start a little faster than they are to play: beside the even rate a renderer finds no
 * cadence and shows what its clock says, until the clocks agree. Where two are apart all the same, all
 * are moved together, a little faster and slower for a quarter of a second: first so far to one side,
 * then so far to the other, that every cadence but one is out of reach. Found by measuring Chromium
 * (`npm run bench -- player`); what a renderer shows is read from its frames only.
 */
import { FRAME_MS, frameAt } from './frames.ts';
import { shownMs, type Member } from './member.ts';
import { TICK_MS } from './ticker.ts';

/** Most screens refresh this often; on a quicker one renderers are less far apart from the start. */
const REFRESH_MS = 1000 / 60;
/** Frames that both have shown before the screen is believed. */
const ENOUGH = 5;
/** So many rounds of the distances to a refresh are judged, and at least so many frames. */
const ROUNDS = 3;
const JUDGED = 9;
const KEPT = 24;
/** Of the frames at one such distance this share at another refresh says that they are apart. */
const OFF_SHARE = 0.75;
/** And of all frames at most this share: with one distance a quarter is plain enough. */
const OFF_SHARE_OF_ALL = 0.25;
/** By this share all start faster, and for how long; with 3 % more starts were apart, also over 600 ms. */
const START_SHARE = 0.05;
const START_MS = 300;
/** By this share all play faster or slower while they are moved. */
const STEADY_SHARE = 0.06;
/** How far to either side of the refresh, and where between two refreshes it ends. */
const WIDE_MS = 6;
const END_MS = 4;
/** Where frames last no whole number of refreshes there is no cadence to be left: one way is enough. */
const GLIDE_MS = 270;
const LEAST_GLIDE_MS = 3;
/** The clock looks every 20 ms: on average half of that late. */
const HALF_A_LOOK_MS = TICK_MS / 2;
/** After so many in vain the screen is taken as it is, and looked at again much later. */
const TRIES = 6;
const PATIENCE_MS = 15_000;
/** In slow motion a frame stays for so many refreshes that a start is hardly ever wrong. */
const SLOW = 0.6;
/** And one refresh of so many is not worth to start again. */
const SLOW_REFRESHES = 1.5;

/** Until when by which share all play faster. */
type Leg = { untilMs: number; share: number };

export type Jog = {
	legs: Leg[];
	tries: number;
	restUntilMs: number;
	/** In slow motion cadences are wide apart: only to start again helps. */
	wantsRestart: boolean;
};

export const noJog = (): Jog => ({
	...{ legs: [], tries: 0, restUntilMs: -Infinity, wantsRestart: false }
});

/** Writes down the newest frame. */
export function see(m: Member): void {
	const frame = m.player.presented;
	if (!frame || m.player.isPaused) return;
	m.seen.push({ atMs: frame.atMs, mediaMs: shownMs(m) });
	if (m.seen.length > KEPT) m.seen.shift();
}

/** How late each of the newest frames was on screen against the lead's same frame, in wall time. */
function lateness(m: Member, lead: Member, rate: number): number[] {
	const sinceMs = Math.max(m.steadySinceMs, lead.steadySinceMs);
	const pairs = m.seen.flatMap((frame) => {
		const same = lead.seen.find((one) => Math.abs(one.mediaMs - frame.mediaMs) < FRAME_MS / 2);
		if (!same || frame.atMs <= sinceMs || same.atMs <= sinceMs) return [];
		return [frame.atMs - same.atMs - (frame.mediaMs - same.mediaMs) / rate];
	});
	return pairs.slice(-Math.max(JUDGED, ROUNDS * phasesAt(rate)));
}

/** Whether a follower's pictures change at other refreshes than the lead's; notes how far apart. */
function isOff(m: Member, lead: Member, rate: number): boolean {
	const late = lateness(m, lead, rate);
	if (late.length < ENOUGH) return false;
	m.pictureDriftMs = (-rate * late.reduce((sum, ms) => sum + ms, 0)) / late.length;
	const most = (rate < SLOW ? SLOW_REFRESHES : 0.5) * REFRESH_MS;
	const off = late.filter((ms) => Math.abs(ms) > most);
	const share = Math.min(OFF_SHARE_OF_ALL, OFF_SHARE / phasesAt(rate));
	return off.length >= 2 && off.length >= share * late.length;
}

/** How many different distances to a refresh the frames have: 1, or 3 where they last 4/3 of one. */
export function phasesAt(rate: number): number {
	const lasts = FRAME_MS / rate / REFRESH_MS;
	for (let count = 1; count < 8; count++)
		if (Math.abs(count * lasts - Math.round(count * lasts)) < 1e-6) return count;
	return 1;
}

/** How long after its time the next frame meets one of the refreshes, in wall time; NaN: unknown. */
function phaseMs({ player }: Member, everyMs: number, rate: number, nowMs: number): number {
	if (!player.presented) return NaN;
	const nextMs = (frameAt(player.positionMs) + 1) * FRAME_MS;
	const changesAtMs = nowMs + (nextMs - player.positionMs) / rate;
	const afterMs = player.presented.atMs - changesAtMs;
	return afterMs - Math.round(afterMs / everyMs) * everyMs;
}

/** Begins a start. Answers the share by which everything is to play faster from the first moment. */
export function jogStart(jog: Jog, rate: number, nowMs: number): number {
	jog.wantsRestart = false;
	jog.legs = rate < SLOW ? [] : [{ untilMs: nowMs + START_MS, share: START_SHARE }];
	return jog.legs[0]?.share ?? 0;
}

/** To one side of the refresh, to the other, and back to between two; from the side it is on. */
function sweep(phase: number, nowMs: number): Leg[] {
	const side = phase > 0 ? 1 : -1;
	const ways = [Math.max(0, WIDE_MS - side * phase), -2 * WIDE_MS, WIDE_MS + END_MS];
	let untilMs = nowMs - HALF_A_LOOK_MS;
	return ways.map((ms) => {
		untilMs += Math.abs(ms) / STEADY_SHARE;
		return { untilMs, share: side * Math.sign(ms) * STEADY_SHARE };
	});
}

/** To where the frames' changes lie as far as can be from where it is undecided which one is shown. */
function glide(phase: number, everyMs: number, nowMs: number): Leg[] {
	const isNear = Math.abs(phase) < LEAST_GLIDE_MS;
	const wayMs = isNear ? phase - Math.sign(phase || 1) * everyMs : phase;
	return [{ untilMs: nowMs + GLIDE_MS - HALF_A_LOOK_MS, share: -wayMs / GLIDE_MS }];
}

function begin(jog: Jog, lead: Member, rate: number, nowMs: number): void {
	const phases = phasesAt(rate);
	const everyMs = REFRESH_MS / phases;
	const phase = phaseMs(lead, everyMs, rate, nowMs);
	if (Number.isNaN(phase)) return;
	jog.legs = phases === 1 ? sweep(phase, nowMs) : glide(phase, everyMs, nowMs);
}

/** Whether a follower is off, and it is worth another try. */
function isWorthATry(jog: Jog, others: Member[], lead: Member, rate: number, nowMs: number) {
	const off = others.filter((m) => isOff(m, lead, rate));
	if (off.length === 0 || nowMs < jog.restUntilMs) return false;
	jog.tries += 1;
	if (jog.tries % TRIES === 0) jog.restUntilMs = nowMs + PATIENCE_MS;
	return true;
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
	const others = all.filter((m) => m !== lead && m.kind === 'picture');
	if (others.length === 0) return 0;
	const under = (): Leg | undefined => jog.legs.find(({ untilMs }) => nowMs < untilMs);
	if (!under() && !all.some((m) => m.started) && isWorthATry(jog, others, lead, rate, nowMs)) {
		if (rate < SLOW) jog.wantsRestart = true;
		else begin(jog, lead, rate, nowMs);
	}
	return under()?.share ?? 0;
}
