import type { Cue } from './cue.ts';
import type { AboutCaptions, Breach } from './rules.ts';

export const MEND_NAMES = [
	'rebreak',
	'lengthen',
	'shorten',
	'keepGap',
	'split',
	'joinNext',
	'joinPrevious',
	'cutOverlap',
	'cutAtEnd',
	'remove',
	'moveInside',
	'moveAway'
] as const;
export type MendName = (typeof MEND_NAMES)[number];

/** Which mends help, for each breach. */
export const mendsOf = (
	_cues: readonly Cue[],
	breaches: readonly Breach[],
	_about: AboutCaptions
): (readonly MendName[])[] => breaches.map(() => []);

/** The captions with one finding mended. What the mend does not touch stays the same object. */
export const mend = (
	cues: readonly Cue[],
	_finding: Breach,
	_name: MendName,
	_about: AboutCaptions
): Cue[] => [...cues];
