/**
 * Who gets what of a thin network. Every rung shows 30 pictures a second, so signing never loses
 * its movement; what is shared out is resolution, and the demonstration gives way first.
 */

/** One resolution of a track. */
export type Rung = { shortSide: number; bitsPerSecond: number };

/** Of each track, from small to large; empty when it is not shown or not steered. */
export type Ladders = { demonstration: Rung[]; sign: Rung[] };

/** A pair of rungs, as indexes into the ladders, and what both take together. */
export type Step = { demonstration: number; sign: number; bitsPerSecond: number };

/**
 * Signing is read well from here on; ITU-T H-series Supplement 1 asks for CIF (288 lines) at least,
 * which the smallest rung of the ladder already has.
 */
const READABLE_SHORT_SIDE = 480;

/** A step may take this share of the network, */
const STAY_SHARE = 0.9;
/** and is climbed to only when it would take no more than this: estimates swing. */
const CLIMB_SHARE = 0.7;

/**
 * All pairs worth having, in the order in which a better network buys them: signing until it reads
 * well, the demonstration until it is as tall as signing can be, signing to its top, then what the
 * demonstration has above that. Both never fall from one step to the next.
 */
export function stepsOf(ladders: Ladders): Step[] {
	const { demonstration, sign } = ladders;
	const readable = sign.findIndex(({ shortSide }) => shortSide >= READABLE_SHORT_SIDE);
	const tallest = sign.at(-1)?.shortSide ?? 0;
	const level = demonstration.findLastIndex(({ shortSide }) => shortSide <= tallest);
	const goals: [keyof Ladders, number][] = [
		['sign', readable < 0 ? sign.length - 1 : readable],
		['demonstration', level],
		['sign', sign.length - 1],
		['demonstration', demonstration.length - 1]
	];
	const at = { demonstration: 0, sign: 0 };
	const step = (): Step => ({
		...at,
		bitsPerSecond:
			(demonstration[at.demonstration]?.bitsPerSecond ?? 0) + (sign[at.sign]?.bitsPerSecond ?? 0)
	});
	const steps = [step()];
	for (const [id, goal] of goals)
		while (at[id] < goal) {
			at[id]++;
			steps.push(step());
		}
	return steps;
}

/**
 * The step to go to from `current`: down at once as far as needed, up by one. `bitsPerSecond` is
 * what the network carries for both; NaN (not known yet) changes nothing.
 */
export function nextStep(steps: Step[], current: number, bitsPerSecond: number): number {
	const takes = (index: number): number => steps[index]?.bitsPerSecond ?? Infinity;
	let index = Math.min(current, steps.length - 1);
	while (index > 0 && takes(index) > bitsPerSecond * STAY_SHARE) index--;
	const next = index + 1;
	const mayClimb = index === current && next < steps.length;
	return mayClimb && takes(next) <= bitsPerSecond * CLIMB_SHARE ? next : index;
}

/** This much lying ready is enough for any moment, */
export const ENOUGH_S = 12;
/** and so much more than the other has is too much before that. */
const FAR_AHEAD_S = 3;

/**
 * Whether a track should let the other load first. Both stand still when one runs dry, so what lies
 * ready for one alone helps nobody. Seconds ready to be shown; Infinity when the rest is there.
 */
export const shouldYield = (ownS: number, otherS: number): boolean =>
	otherS < ENOUGH_S && ownS - otherS > FAR_AHEAD_S;
