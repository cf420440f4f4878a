/** Closing small drift by rate: too little to be seen, and never a jump. */

/** Rate may differ from the chosen one by this share in steady play. Signing at 1.07× looks as at 1×. */
export const STEADY_LIMIT = 0.07;
/** What is left of that for one track while all are moved together by a share. */
export const steadyLimitBeside = (share: number): number =>
	Math.max(0, (1 + STEADY_LIMIT) / (1 + Math.abs(share)) - 1);
/** For the first moment after a start, while the eye is still arriving. */
export const START_LIMIT = 0.2;
/** Below this a correction ends … */
const CLOSED_MS = 0.3;
/** … and only beyond this a new one begins, so that a held step is left in peace. */
const WORTH_MS = 1;
/** Rates differ by whole steps of this share: each change makes a renderer let go of its cadence. */
const STEP = 0.005;
/** A drift is closed in about this time, or as fast as the limit allows. */
const CLOSING_MS = 120;

/**
 * The rate for a follower that is `driftMs` ahead (negative: behind) of what it follows.
 * `isCorrecting` says whether it was being corrected until now; `slack` widens the dead band.
 */
export function nudgedRate(
	driftMs: number,
	rate: number,
	isCorrecting: boolean,
	limit: number,
	slack = 1
): number {
	const distance = Math.abs(driftMs);
	if (distance <= CLOSED_MS * slack || (!isCorrecting && distance <= WORTH_MS * slack)) return rate;
	const share = Math.max(-limit, Math.min(limit, -driftMs / (CLOSING_MS * rate)));
	// Never a step beyond the limit; the hair is for what binary fractions lose.
	const most = Math.floor(limit / STEP + 1e-9);
	const steps = Math.min(most, Math.max(1, Math.round(Math.abs(share) / STEP)));
	return rate * (1 + Math.sign(share) * steps * STEP);
}
