import { atBottom, atTop, coversBy, movedInside } from './area.ts';
import { bestCut, rebroken } from './breaks.ts';
import type { Cue } from './cue.ts';
import { changed, endingAt, exchanged, joined, momentOf, split, without } from './edit.ts';
import { CAPTION_LIMITS, HARD_LINES, MINIMUM_GAP_MS, type CaptionLimits } from './limits.ts';
import { measureCue, rowsOf, timeFor } from './measure.ts';
import { orderOf, type AboutCaptions, type Breach } from './rules.ts';

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

/** A cue and those it must get along with, by their places in the list. */
interface Neighbours {
	cue: Cue;
	at: number;
	/** Starts before it. */
	previous?: number;
	/** Of those that start before it, the one that stays longest. */
	longest?: number;
	next?: number;
}

/**
 * The captions with one finding mended by one of its mends; a mend that cannot be done changes
 * nothing. What it does not touch stays the same object, in the same order.
 */
export function mend(
	cues: readonly Cue[],
	finding: Pick<Breach, 'rule' | 'cue'>,
	name: MendName,
	about: AboutCaptions
): Cue[] {
	const near = neighboursOf(cues, finding.cue);
	return near ? (MENDS[name](cues, near, about) ?? [...cues]) : [...cues];
}

function neighboursOf(cues: readonly Cue[], at: number): Neighbours | undefined {
	const cue = cues[at];
	if (!cue) return undefined;
	const order = orderOf(cues);
	const place = order.indexOf(at);
	const endOf = (index: number | undefined): number => cues[index ?? -1]?.endMs ?? -Infinity;
	const longest = order
		.slice(0, place)
		.reduce<number | undefined>(
			(best, index) => (endOf(index) > endOf(best) ? index : best),
			undefined
		);
	return { cue, at, previous: order[place - 1], longest, next: order[place + 1] };
}

const limitsOf = ({ language, tier }: AboutCaptions): CaptionLimits =>
	CAPTION_LIMITS[language][tier];

type Mend = (cues: readonly Cue[], near: Neighbours, about: AboutCaptions) => Cue[] | undefined;

const MENDS: Record<MendName, Mend> = {
	rebreak(cues, { at, cue }, about) {
		const text = broken(cue, about).text;
		return text === cue.text ? undefined : changed(cues, at, (old) => ({ ...old, text }));
	},

	lengthen(cues, { at, cue, longest, next }, about) {
		const limits = limitsOf(about);
		const wantedMs = Math.min(
			limits.maximumMs,
			Math.max(limits.minimumMs, timeFor(cue, about.language, limits.speed))
		);
		const lastMs = Math.min(
			(cues[next ?? -1]?.startMs ?? Infinity) - MINIMUM_GAP_MS,
			about.durationMs ?? Infinity
		);
		const firstMs = (cues[longest ?? -1]?.endMs ?? -MINIMUM_GAP_MS) + MINIMUM_GAP_MS;
		// Later first: words before their time say what is not yet seen.
		const endMs = Math.max(cue.endMs, Math.min(cue.startMs + wantedMs, lastMs));
		const startMs = Math.min(cue.startMs, Math.max(endMs - wantedMs, firstMs));
		return changed(cues, at, (old) => ({ ...old, startMs, endMs }));
	},

	shorten: (cues, { at }, about) =>
		changed(cues, at, (old) => endingAt(old, old.startMs + limitsOf(about).maximumMs)),

	keepGap: parted,
	cutOverlap: parted,

	split(cues, { at, cue }, about) {
		const cut = bestCut(cue.text, about.language);
		if (cut === undefined) return undefined;
		const parts = split(cue, cut, momentOf(cue, cut));
		return parts.length < 2
			? undefined
			: exchanged(cues, at, 1, ...parts.map((part) => broken(part, about)));
	},

	joinNext: (cues, { at, next }, about) => together(cues, at, next, about),
	joinPrevious: (cues, { at, previous }, about) => together(cues, previous, at, about),

	cutAtEnd: (cues, { at, cue }, { durationMs }) =>
		durationMs === undefined || cue.startMs >= durationMs
			? undefined
			: changed(cues, at, (old) => endingAt(old, durationMs)),

	remove: (cues, { at }) => without(cues, at),

	moveInside: (cues, { at, cue }, about) =>
		changed(cues, at, (old) => movedInside(old, rows(cue, about))),

	moveAway(cues, { at, cue }, about) {
		const areas = [...(about.handsAreas ?? []), ...(about.signAreas ?? [])];
		const coveredBy = (moved: Cue): number =>
			areas.reduce((sum, area) => sum + coversBy(moved, rows(moved, about), area), 0);
		const better = [atBottom(cue), atTop(cue)].reduce((best, other) =>
			coveredBy(other) < coveredBy(best) ? other : best
		);
		return changed(cues, at, () => better);
	}
};

const rows = (cue: Cue, about: AboutCaptions): number =>
	rowsOf(measureCue(cue, about.language), limitsOf(about));

/** The cue with its lines broken anew if they are too long or too many. */
function broken(cue: Cue, about: AboutCaptions): Cue {
	const limits = limitsOf(about);
	const { widths } = measureCue(cue, about.language);
	if (widths.length <= limits.lines && widths.every((width) => width <= limits.lineLength)) {
		return cue;
	}
	const text =
		rebroken(cue.text, about.language, limits) ??
		rebroken(cue.text, about.language, { ...limits, lines: HARD_LINES });
	return text === undefined ? cue : { ...cue, text };
}

/** The longer one before ends in time; if it has no time of its own, this one starts later. */
function parted(cues: readonly Cue[], near: Neighbours): Cue[] | undefined {
	const before = cues[near.longest ?? -1];
	if (!before || near.longest === undefined) return undefined;
	const endMs = near.cue.startMs - MINIMUM_GAP_MS;
	if (endMs > before.startMs) return changed(cues, near.longest, (old) => ({ ...old, endMs }));
	const startMs = before.endMs + MINIMUM_GAP_MS;
	const latestMs = Math.min(near.cue.endMs - 1, cues[near.next ?? -1]?.startMs ?? Infinity);
	if (startMs > latestMs) return undefined;
	return changed(cues, near.at, (old) => ({ ...old, startMs }));
}

function together(
	cues: readonly Cue[],
	first: number | undefined,
	second: number | undefined,
	about: AboutCaptions
): Cue[] | undefined {
	const [one, two] = [cues[first ?? -1], cues[second ?? -1]];
	if (!one || !two || first === undefined || second === undefined) return undefined;
	return cues.flatMap((cue, index) =>
		index === second ? [] : index === first ? [broken(joined(one, two), about)] : [cue]
	);
}
