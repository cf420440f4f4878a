/** Where a text may be parted into lines or into two cues, and where it reads best. */
import { HARD_LINES, type CaptionLanguage } from './limits.ts';
import { widthOf } from './measure.ts';
import { replaceVisible, visibleOf, type VisibleCharacter } from './visible.ts';

const SENTENCE_END = /[。！？!?…]/u;
const PAUSE = /[，、；：,;:]/u;
/** Never at the beginning of a line (Requirements for Chinese Text Layout §3.1.5). */
const CLOSING = /[，。、；：？！）】》」』”’…—,.;:?!)\]}%℃°]/u;
/** Never at the end of a line. */
const OPENING = /[（【《「『“‘([{¥$]/u;
const PART_OF_WORD = /[\p{Script=Latin}\p{N}.'’%℃°+-]/u;
/** A speaker's dash: each line is somebody else's. */
const DASH = /^\s*[-–—‐]/;

const words: Partial<Record<CaptionLanguage, Intl.Segmenter>> = {};
const wordsIn = (language: CaptionLanguage): Intl.Segmenter =>
	(words[language] ??= new Intl.Segmenter(language, { granularity: 'word' }));

/**
 * What a break before each character costs: 0 after a sentence, more inside one; absent where there
 * must be none.
 */
export function breakCosts(
	visible: readonly VisibleCharacter[],
	language: CaptionLanguage
): Map<number, number> {
	const costs = new Map<number, number>();
	const starts = wordStarts(visible, language);
	for (let at = 1; at < visible.length; at++) {
		const before = visible[at - 1]?.shown ?? '';
		const after = visible[at]?.shown ?? '';
		if (visible[at]?.isInRuby && visible[at - 1]?.isInRuby) continue;
		if (!starts.has(at) || /\s/.test(after) || CLOSING.test(after) || OPENING.test(before))
			continue;
		const isSpace = /\s/.test(before);
		const last = isSpace ? (visible[at - 2]?.shown ?? '') : before;
		// No break inside `M 8` or `20 分钟`: a number stays with what it counts.
		if (isSpace && language === 'zh-CN' && /[\p{N}\p{Script=Latin}]/u.test(last + after)) continue;
		if (!isSpace && (language === 'en' || (PART_OF_WORD.test(before) && PART_OF_WORD.test(after))))
			continue;
		costs.set(at, SENTENCE_END.test(last) || last === '.' ? 0 : PAUSE.test(last) ? 4 : 36);
	}
	return costs;
}

function wordStarts(
	visible: readonly VisibleCharacter[],
	language: CaptionLanguage
): ReadonlySet<number> {
	const offsets = new Map<number, number>();
	let offset = 0;
	visible.forEach(({ shown }, index) => {
		offsets.set(offset, index);
		offset += shown.length;
	});
	const starts = new Set<number>();
	const text = visible.map(({ shown }) => shown).join('');
	for (const { index } of wordsIn(language).segment(text)) {
		const at = offsets.get(index);
		if (at !== undefined) starts.add(at);
	}
	return starts;
}

/** The payload in one line: Chinese lines meet without a space, others with one. */
export function inOneLine(payload: string): string {
	let line = payload;
	const visible = visibleOf(payload);
	for (let at = visible.length - 1; at >= 0; at--) {
		if (visible[at]?.shown !== '\n') continue;
		const [before = '', after = ''] = [visible[at - 1]?.shown, visible[at + 1]?.shown];
		const isTight = [before, after].some(
			(c) => c === '' || /\s/.test(c) || widthOf(c, 'zh-CN') === 1
		);
		line = replaceVisible(line, at, at + 1, isTight ? '' : ' ');
	}
	return line;
}

/**
 * Breaks the lines anew, at good places and in as few lines as will do.
 * @returns undefined if it does not fit `maxLines` lines of this length, or nothing becomes better
 */
export function rebroken(
	payload: string,
	language: CaptionLanguage,
	limits: { lineLength: number; lines: number }
): string | undefined {
	const shown = visibleOf(payload)
		.map((character) => character.shown)
		.join('');
	if (shown.split('\n').filter((line) => DASH.test(line)).length > 1) return undefined;
	const line = inOneLine(payload);
	const visible = visibleOf(line);
	if (visible.length > limits.lineLength * HARD_LINES * 3) return undefined;
	for (let lines = 1; lines <= limits.lines; lines++) {
		const breaks = bestBreaks(visible, language, lines, limits.lineLength);
		if (breaks) return breaks.reduceRight((text, at) => broken(text, at), line);
	}
	return undefined;
}

/** A line break before a visible character; a space there becomes the break. */
function broken(payload: string, at: number): string {
	const before = visibleOf(payload)[at - 1]?.shown ?? '';
	return /\s/.test(before)
		? replaceVisible(payload, at - 1, at, '\n')
		: replaceVisible(payload, at, at, '\n');
}

/** The cheapest way to part the text in just so many lines; lines of like length are cheap. */
function bestBreaks(
	visible: readonly VisibleCharacter[],
	language: CaptionLanguage,
	lines: number,
	lineLength: number
): number[] | undefined {
	const width = (from: number, to: number): number =>
		widthOf(
			visible
				.slice(from, to)
				.map(({ shown }) => shown)
				.join('')
				.trim(),
			language
		);
	const even = width(0, visible.length) / lines;
	const costs = breakCosts(visible, language);
	const lineCost = (from: number, to: number): number | undefined => {
		const length = width(from, to);
		return length > lineLength ? undefined : ((length - even) / lineLength) ** 2 * 100;
	};
	let best: { at: number; cost: number; breaks: number[] }[] = [{ at: 0, cost: 0, breaks: [] }];
	for (let line = 1; line < lines; line++) {
		const next = new Map<number, { at: number; cost: number; breaks: number[] }>();
		for (const { at: from, cost, breaks } of best) {
			for (const [at, breakCost] of costs) {
				const own = at > from ? lineCost(from, at) : undefined;
				if (own === undefined) continue;
				const total = cost + own + breakCost;
				if (total < (next.get(at)?.cost ?? Infinity))
					next.set(at, { at, cost: total, breaks: [...breaks, at] });
			}
		}
		best = [...next.values()];
	}
	let found: number[] | undefined;
	let least = Infinity;
	for (const { at, cost, breaks } of best) {
		const own = lineCost(at, visible.length);
		if (own === undefined || cost + own >= least) continue;
		least = cost + own;
		found = breaks;
	}
	return found;
}

/** Where to cut a text in two cues: after a sentence if one ends near the middle. */
export function bestCut(payload: string, language: CaptionLanguage): number | undefined {
	const visible = visibleOf(payload);
	const costs = breakCosts(visible, language);
	// A written line end is somebody's choice of a good place.
	visible.forEach(({ shown }, at) => {
		if (shown === '\n' && at + 1 < visible.length) costs.set(at + 1, 0);
	});
	let found: number | undefined;
	let least = Infinity;
	for (const [at, cost] of costs) {
		const total = cost + ((at / visible.length - 0.5) * 20) ** 2;
		if (total >= least) continue;
		least = total;
		found = at;
	}
	return found;
}
