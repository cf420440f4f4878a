import { coversBy, unsafeBy, type PictureArea } from './area.ts';
import type { Cue } from './cue.ts';
import {
	CAPTION_LIMITS,
	HARD_LINES,
	MINIMUM_GAP_MS,
	type CaptionLanguage,
	type CaptionTier
} from './limits.ts';
import { measureCue, rowsOf, speedOf } from './measure.ts';

export const CAPTION_RULES = [
	'empty',
	'overlap',
	'beyondEnd',
	'lineCount',
	'lineLength',
	'speed',
	'tooShort',
	'tooLong',
	'gap',
	'unsafePlace',
	'coversHands',
	'coversSigns'
] as const;
export type CaptionRule = (typeof CAPTION_RULES)[number];

/** What the captions are for; what is not known is not checked. */
export interface AboutCaptions {
	language: CaptionLanguage;
	tier: CaptionTier;
	durationMs?: number;
	/** Whether the video has sound that means something, as a bell or a knock. */
	hasMeaningfulSound?: boolean;
	/** Somebody has made sure that none of it matters. */
	saysNoSounds?: boolean;
	/** Whether nobody speaks or signs in it: work is shown without a word. */
	isSilent?: boolean;
	/** Where the hands work. */
	handsAreas?: readonly PictureArea[];
	/** Where somebody signs. */
	signAreas?: readonly PictureArea[];
}

/** A finding before its mends are known. */
export interface Breach {
	rule: CaptionRule;
	/** `must`: a deaf trainee cannot use it so. `advice`: it could be better. */
	level: 'must' | 'advice';
	/** 0-based, in the order given. */
	cue: number;
	/**
	 * In the unit of the rule: milliseconds for times, characters or words as in `limits.ts` for
	 * lines and speed, percent of the picture for places.
	 */
	measured: number;
	limit: number;
}

/** Positions by start; cues that start together keep their order. */
export const orderOf = (cues: readonly Cue[]): number[] => {
	const order = cues.map((_, index) => index);
	const start = (index: number): number => cues[index]?.startMs ?? 0;
	if (order.some((index) => index > 0 && start(index) < start(index - 1))) {
		order.sort((a, b) => start(a) - start(b));
	}
	return order;
};

/** Every breach of the rules, by cue in the order of their starts. O(n log n), O(n) if sorted. */
export function breachesOf(cues: readonly Cue[], about: AboutCaptions): Breach[] {
	const found: Breach[] = [];
	let latestEndMs = -Infinity;
	for (const index of orderOf(cues)) {
		const cue = cues[index];
		if (!cue) continue;
		const add: Add = (rule, level, measured, limit) =>
			found.push({ rule, level, cue: index, measured, limit });
		judgeWords(cue, about, add);
		judgeTime(cue, latestEndMs, about, add);
		judgePlace(cue, about, add);
		latestEndMs = Math.max(latestEndMs, cue.endMs);
	}
	return found;
}

type Add = (rule: CaptionRule, level: Breach['level'], measured: number, limit: number) => void;

function judgeWords(cue: Cue, about: AboutCaptions, add: Add): void {
	const limits = CAPTION_LIMITS[about.language][about.tier];
	const measure = measureCue(cue, about.language);
	if (measure.isEmpty) {
		add('empty', 'must', 0, 1);
		return;
	}
	const count = measure.widths.length;
	if (count > HARD_LINES) add('lineCount', 'must', count, HARD_LINES);
	else if (count > limits.lines) add('lineCount', 'advice', count, limits.lines);
	const widest = Math.max(...measure.widths);
	if (widest > limits.lineLength) {
		const isTooMuch = count <= HARD_LINES && rowsOf(measure, limits) > HARD_LINES;
		add('lineLength', isTooMuch ? 'must' : 'advice', widest, limits.lineLength);
	}
	const speed = speedOf(cue, about.language);
	if (speed > limits.hardSpeed) add('speed', 'must', speed, limits.hardSpeed);
	else if (speed > limits.speed) add('speed', 'advice', speed, limits.speed);
}

function judgeTime(cue: Cue, latestEndMs: number, about: AboutCaptions, add: Add): void {
	const limits = CAPTION_LIMITS[about.language][about.tier];
	const lengthMs = cue.endMs - cue.startMs;
	if (lengthMs < limits.minimumMs) add('tooShort', 'advice', lengthMs, limits.minimumMs);
	if (lengthMs > limits.maximumMs) add('tooLong', 'advice', lengthMs, limits.maximumMs);
	const gapMs = cue.startMs - latestEndMs;
	if (gapMs < 0) add('overlap', 'must', -gapMs, 0);
	else if (gapMs < MINIMUM_GAP_MS) add('gap', 'advice', gapMs, MINIMUM_GAP_MS);
	const { durationMs } = about;
	if (durationMs !== undefined && cue.endMs > durationMs) {
		add('beyondEnd', 'must', cue.endMs, durationMs);
	}
}

function judgePlace(cue: Cue, about: AboutCaptions, add: Add): void {
	const limits = CAPTION_LIMITS[about.language][about.tier];
	const rows = rowsOf(measureCue(cue, about.language), limits);
	const outside = unsafeBy(cue, rows);
	if (outside > 0) add('unsafePlace', 'advice', outside, 0);
	const over = (areas: readonly PictureArea[] = []): number =>
		areas.reduce((most, area) => Math.max(most, coversBy(cue, rows, area)), 0);
	const hands = over(about.handsAreas);
	if (hands > 0) add('coversHands', 'advice', hands, 0);
	const signs = over(about.signAreas);
	if (signs > 0) add('coversSigns', 'advice', signs, 0);
}
