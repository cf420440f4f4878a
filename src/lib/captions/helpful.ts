/** Which mends are offered: only those that were tried and help. */
import type { Cue } from './cue.ts';
import { mend, type MendName } from './mend.ts';
import { stretchesOf } from './stretches.ts';
import { breachesOf, type AboutCaptions, type Breach, type CaptionRule } from './rules.ts';

/** What may help against each rule, the best first. */
const CANDIDATES: Record<CaptionRule, readonly MendName[]> = {
	empty: ['remove'],
	overlap: ['cutOverlap', 'joinPrevious'],
	beyondEnd: ['cutAtEnd', 'remove'],
	lineCount: ['rebreak', 'split'],
	lineLength: ['rebreak', 'split'],
	speed: ['lengthen', 'joinNext'],
	tooShort: ['lengthen', 'joinNext', 'joinPrevious'],
	tooLong: ['split', 'shorten'],
	gap: ['keepGap'],
	unsafePlace: ['moveInside'],
	coversHands: ['moveAway'],
	coversSigns: ['moveAway']
};

/** What mends a breach, makes nothing unusable and brings no other advice. O(n log n). */
export const mendsOf = (
	cues: readonly Cue[],
	breach: Breach,
	before: readonly Breach[],
	about: AboutCaptions
): MendName[] =>
	CANDIDATES[breach.rule].filter((name) => {
		// Only what stands wholly after the end has nothing left to keep.
		const isWhollyAfter = (cues[breach.cue]?.startMs ?? 0) >= (about.durationMs ?? Infinity);
		if (breach.rule === 'beyondEnd' && name === 'remove' && !isWhollyAfter) return false;
		const mended = mend(cues, breach, name, about);
		const after = breachesOf(mended, about);
		const isSame = ({ rule, level }: Breach): boolean =>
			rule === breach.rule && (breach.level === 'advice' || level === 'must');
		return (
			count(after, isSame) < count(before, isSame) &&
			count(after, isMust) <= count(before, isMust) &&
			emptyStretches(mended, about) <= emptyStretches(cues, about) &&
			(breach.level === 'must' || after.length < before.length)
		);
	});

const isMust = ({ level }: Breach): boolean => level === 'must';

const emptyStretches = (cues: readonly Cue[], about: AboutCaptions): number =>
	stretchesOf(cues, about).filter(({ level }) => level === 'must').length;

const count = (breaches: readonly Breach[], is: (breach: Breach) => boolean): number =>
	breaches.filter(is).length;
