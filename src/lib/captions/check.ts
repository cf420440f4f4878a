import type { Cue } from './cue.ts';
import { mendsOf } from './helpful.ts';
import type { MendName } from './mend.ts';
import { breachesOf, type AboutCaptions, type Breach } from './rules.ts';

export type { AboutCaptions, CaptionRule } from './rules.ts';
export { stretchesOf, type Stretch } from './stretches.ts';
export { mend, type MendName } from './mend.ts';

export interface Finding extends Breach {
	/**
	 * What mends it with one tap and breaks nothing else; the best first. Found when it is asked
	 * for, because trying takes as long as the whole check.
	 */
	readonly mends: readonly MendName[];
}

/**
 * Holds captions to the rules of `limits.ts`. Cues need not be sorted; findings stand in the order
 * of the cues' starts and name a cue by its place in `cues`. O(n log n).
 */
export function checkCaptions(cues: readonly Cue[], about: AboutCaptions): Finding[] {
	const breaches = breachesOf(cues, about);
	return breaches.map((breach) => {
		let known: readonly MendName[] | undefined;
		return {
			...breach,
			get mends() {
				return (known ??= mendsOf(cues, breach, breaches, about));
			}
		};
	});
}
