import type { Cue } from './cue.ts';
import { breachesOf, type AboutCaptions, type Breach } from './rules.ts';
import { mendsOf, type MendName } from './mend.ts';

export type { AboutCaptions, CaptionRule } from './rules.ts';
export { mend, type MendName } from './mend.ts';

export interface Finding extends Breach {
	/** What mends it with one tap and breaks nothing else; the best first. */
	mends: readonly MendName[];
}

/**
 * Holds captions to the rules of `limits.ts`. Cues need not be sorted; findings stand in the order
 * of the cues' starts and name a cue by its place in `cues`. O(n log n).
 */
export function checkCaptions(cues: readonly Cue[], about: AboutCaptions): Finding[] {
	const breaches = breachesOf(cues, about);
	const mends = mendsOf(cues, breaches, about);
	return breaches.map((breach, index) => ({ ...breach, mends: mends[index] ?? [] }));
}
