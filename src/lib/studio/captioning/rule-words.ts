/** Rules and mends in words. */
import type { CaptionRule, Finding, MendName, Stretch } from '#lib/captions/check.ts';
import * as m from '#lib/words/compiled/messages.js';
import type { Kind } from './steps.ts';
import { clockWord } from './times.ts';

type Told = Pick<Finding, 'rule' | 'measured' | 'limit'>;

const round = (value: number): number =>
	Number.isFinite(value) ? Math.round(value * 10) / 10 : 99;
const seconds = (ms: number): string => (Math.round(ms / 10) / 100).toFixed(2);

const RULES: Record<CaptionRule, (told: Told, kind: Kind) => string> = {
	empty: () => m.captioning_rule_empty(),
	overlap: ({ measured }) => m.captioning_rule_overlap({ seconds: seconds(measured) }),
	beyondEnd: () => m.captioning_rule_beyondEnd(),
	lineCount: ({ measured, limit }) => m.captioning_rule_lineCount({ count: measured, limit }),
	lineLength: ({ measured, limit }) =>
		m.captioning_rule_lineLength({ count: round(measured), limit }),
	speed: ({ measured, limit }, { language }) =>
		language === 'en'
			? m.captioning_rule_speed_words({ count: Math.round(Math.min(measured, 9999)), limit })
			: m.captioning_rule_speed({ count: round(measured), limit }),
	tooShort: ({ measured, limit }) =>
		m.captioning_rule_tooShort({ seconds: seconds(measured), limit: seconds(limit) }),
	tooLong: ({ measured, limit }) =>
		m.captioning_rule_tooLong({ seconds: seconds(measured), limit: seconds(limit) }),
	gap: ({ limit }) => m.captioning_rule_gap({ limit: seconds(limit) }),
	unsafePlace: () => m.captioning_rule_unsafePlace(),
	coversHands: () => m.captioning_rule_coversHands(),
	coversSigns: () => m.captioning_rule_coversSigns()
};

/** What is wrong, how much of it, and what is allowed. */
export const ruleWord = (finding: Told, kind: Kind): string => RULES[finding.rule](finding, kind);

const MENDS: Record<MendName, () => string> = {
	rebreak: m.captioning_mend_rebreak,
	lengthen: m.captioning_mend_lengthen,
	shorten: m.captioning_mend_shorten,
	keepGap: m.captioning_mend_keepGap,
	split: m.captioning_mend_split,
	joinNext: m.captioning_mend_joinNext,
	joinPrevious: m.captioning_mend_joinPrevious,
	cutOverlap: m.captioning_mend_cutOverlap,
	cutAtEnd: m.captioning_mend_cutAtEnd,
	remove: m.captioning_mend_remove,
	moveInside: m.captioning_mend_moveInside,
	moveAway: m.captioning_mend_moveAway
};
export const mendWord = (name: MendName): string => MENDS[name]();

/** Which stretch it is, and what the captions do not say there. */
export const stretchWord = ({ rule, startMs, endMs }: Stretch): string => {
	const span = `${clockWord(startMs)}–${clockWord(endMs)}`;
	return rule === 'uncovered'
		? m.captioning_stretch_uncovered({ span })
		: m.captioning_stretch_noSounds({ span });
};
