import { CLIP_MAX_MS, WORK_MAX_MS } from './limits.ts';
import type { Plan, Probe, Rung, TrackKind } from './transcoder.ts';
import { Unusable } from './unusable.ts';

/** Both tracks share one frame grid, so that they can be held on the same frame. */
export const FRAME_RATE = 30;
/** A keyframe every 2.000 s in every rung: rungs can be switched there. */
export const FRAMES_PER_KEYFRAME = 60;
/**
 * 2 s, not 4: a segment has to arrive whole before its first frame shows, and learners jump back
 * all the time, on two videos at once. The price is twice the requests, of one file's ranges.
 */
export const SEGMENT_SECONDS = 2;

type Step = { shortSide: number; maxBitsPerSecond: number };
type Ladder = { steps: Step[]; rungsMin: number; quality: number };

const LADDERS: Record<TrackKind, Ladder> = {
	demonstration: {
		rungsMin: 3,
		quality: 23,
		steps: [
			{ shortSide: 1080, maxBitsPerSecond: 4_500_000 },
			{ shortSide: 720, maxBitsPerSecond: 2_500_000 },
			{ shortSide: 480, maxBitsPerSecond: 1_200_000 },
			{ shortSide: 360, maxBitsPerSecond: 700_000 }
		]
	},
	// Hands blur first when bits are short: more of them for each pixel. The frame rate is never
	// lowered (ITU-T H Suppl. 1: a low frame rate disturbs signing more than a low resolution).
	sign: {
		rungsMin: 2,
		quality: 21,
		steps: [
			{ shortSide: 720, maxBitsPerSecond: 3_200_000 },
			{ shortSide: 480, maxBitsPerSecond: 1_700_000 },
			{ shortSide: 360, maxBitsPerSecond: 1_000_000 }
		]
	}
};

/** A source this much larger than the next step keeps a rung of its own size. */
const OWN_SIZE_FROM = 1.15;
/** Between the rungs of a source too small for the usual ones. */
const SMALLER = 2 / 3;

/** Which files to make of a source. Pure; never larger than the source, always even sizes. */
export function planFor(probe: Probe, kind: TrackKind): Plan {
	const ladder = LADDERS[kind];
	return {
		version: 1,
		kind,
		durationMs: probe.durationMs,
		decoding: probe.decoding,
		rungs: stepsFor(Math.min(probe.width, probe.height), ladder).map((step) =>
			rungOf(probe, step, ladder.quality)
		)
	};
}

/** As large as hands need in a small window beside the lesson. */
const CLIP_STEP = { shortSide: 360, maxBitsPerSecond: 1_000_000 };

/** Large enough to see a crack in a skin, and what a hand signs. */
const WORK_STEP = { shortSide: 720, maxBitsPerSecond: 2_500_000 };

/** A short clip of one sign: a single size. Throws `Unusable` when it is no short clip. */
export const clipPlanFor = (probe: Probe): Plan => oneSize(probe, CLIP_STEP, CLIP_MAX_MS);

/** Work that a trainee shows, or an answer to it: one size too, but larger and longer. */
export const workPlanFor = (probe: Probe): Plan => oneSize(probe, WORK_STEP, WORK_MAX_MS);

function oneSize(probe: Probe, wanted: Step, maxMs: number): Plan {
	if (probe.durationMs > maxMs) throw new Unusable('tooLong', `${probe.durationMs} ms`);
	const own = even(Math.min(probe.width, probe.height));
	const step = own < wanted.shortSide ? scaledStep(wanted, own) : wanted;
	return {
		version: 1,
		kind: 'sign',
		durationMs: probe.durationMs,
		decoding: { ...probe.decoding, soundStream: null },
		rungs: [rungOf(probe, step, LADDERS.sign.quality)]
	};
}

function stepsFor(shortSide: number, ladder: Ladder): Step[] {
	const steps = ladder.steps.filter((step) => step.shortSide <= shortSide);
	const above = ladder.steps.findLast((step) => step.shortSide > shortSide);
	const largest = steps[0];
	if (above && (!largest || shortSide >= largest.shortSide * OWN_SIZE_FROM)) {
		steps.unshift(scaledStep(above, even(shortSide)));
	}
	for (let last = steps.at(-1); last && steps.length < ladder.rungsMin; last = steps.at(-1)) {
		steps.push(scaledStep(last, even(last.shortSide * SMALLER)));
	}
	return steps;
}

/** Bits fall more slowly than pixels: small pictures need more for each. */
function scaledStep(step: Step, shortSide: number): Step {
	const share = (shortSide / step.shortSide) ** 1.5;
	return {
		shortSide,
		maxBitsPerSecond: Math.max(64_000, Math.round(step.maxBitsPerSecond * share))
	};
}

function rungOf(probe: Probe, step: Step, quality: number): Rung {
	const scale = step.shortSide / Math.min(probe.width, probe.height);
	const isPortrait = probe.height > probe.width;
	const wholeLongSide = Math.max(probe.width, probe.height);
	const nearest = Math.round((wholeLongSide * scale) / 2) * 2;
	const longSide = Math.min(nearest, even(wholeLongSide));
	return {
		name: String(step.shortSide),
		width: isPortrait ? step.shortSide : longSide,
		height: isPortrait ? longSide : step.shortSide,
		quality,
		maxBitsPerSecond: step.maxBitsPerSecond
	};
}

/** H.264 in 4:2:0 takes even sizes; down, so that nothing grows beyond its source. */
export function even(pixels: number): number {
	return Math.floor(pixels / 2) * 2;
}
