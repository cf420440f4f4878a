import type { CaptionTrack, Cue } from './cue.ts';
import { type CaptionEncoding, decodeStrictly } from './decode.ts';
import { encodingsOf } from './encodings.ts';
import { findForbiddenMarkup, isFetchingStyle } from './markup.ts';
import { isKnown, plainText, tokenize } from './payload.ts';
import { isRefusal, quote, type CaptionProblem, type ParsedCaptions } from './problem.ts';
import { isSrt, parseSrt } from './srt.ts';
import { isWebVtt, parseWebVtt } from './webvtt.ts';

/** Twice the captions of the longest lesson we take; a film has about 100 KiB. */
export const MAX_CAPTION_BYTES = 1024 * 1024;
export const MAX_CUES = 20_000;
/** More would not help a person mending a file. */
export const MAX_PROBLEMS_TOLD = 50;

export type CaptionFormat = 'webvtt' | 'srt';

export type ReadCaptions =
	| {
			ok: true;
			/** Cues stand in the order of their start. */
			track: CaptionTrack;
			format: CaptionFormat;
			encoding: CaptionEncoding;
			/** In the order of the file, at most `MAX_PROBLEMS_TOLD`. */
			notices: CaptionProblem[];
			/** How many there are with those not listed. */
			noticeCount: number;
	  }
	| {
			ok: false;
			/** In the order of the file, at most `MAX_PROBLEMS_TOLD`; all of them refuse the file. */
			problems: CaptionProblem[];
			/** How many there are with those not listed. */
			problemCount: number;
	  };

/**
 * Reads an uploaded caption file and decides whether we take it. Times that cannot be read or do
 * not run forward refuse the file, because a caption at a guessed time misleads a deaf trainee;
 * so does markup that would run or load something. The rest is mended or left, and told.
 *
 * Works in linear time and never throws for the sake of the file.
 *
 * @param chosen the encoding somebody has chosen; the likeliest one if nobody has
 */
export function readCaptions(bytes: Uint8Array, chosen?: CaptionEncoding): ReadCaptions {
	if (bytes.length > MAX_CAPTION_BYTES) return refuse([{ code: 'tooLarge', line: 1 }]);
	const encoding = chosen ?? encodingsOf(bytes)[0];
	const text = encoding && decodeStrictly(bytes, encoding);
	if (encoding === undefined || text === undefined)
		return refuse([{ code: 'notCaptions', line: 1 }]);
	if (isSubStation(text)) return refuse([{ code: 'subStation', line: 1 }]);
	if (text.trim() === '') return refuse([{ code: 'empty', line: 1 }]);
	const format = isWebVtt(text) ? 'webvtt' : isSrt(text) ? 'srt' : undefined;
	if (!format) return refuse([{ code: 'notCaptions', line: 1 }]);
	const parsed = format === 'webvtt' ? parseWebVtt(text) : parseSrt(text);
	const problems = [...parsed.problems, ...judge(parsed)].sort((a, b) => a.line - b.line);
	const refusals = problems.filter(isRefusal);
	if (refusals.length > 0) return refuse(refusals);
	const { track } = parsed;
	const notices = problems.slice(0, MAX_PROBLEMS_TOLD);
	const cues = problems.some(({ code }) => code === 'unordered') ? inOrder(track.cues) : track.cues;
	const noticeCount = problems.length;
	return { ok: true, track: { ...track, cues }, format, encoding, notices, noticeCount };
}

/** ASS and SSA begin with a section of this name. */
const isSubStation = (text: string): boolean => /^\ufeff?\s*\[script info\]/i.test(text);

const refuse = (problems: CaptionProblem[]): ReadCaptions => ({
	ok: false,
	problems: problems.slice(0, MAX_PROBLEMS_TOLD),
	problemCount: problems.length
});

/** Cues that start together keep the order of the file. */
const inOrder = (cues: Cue[]): Cue[] => [...cues].sort((a, b) => a.startMs - b.startMs);

/** What is wrong beyond the grammar. */
function judge({ track, cueLines, styleLines, problems }: ParsedCaptions): CaptionProblem[] {
	const found: CaptionProblem[] = [];
	const { cues } = track;
	if (cues.length === 0 && !problems.some(isRefusal)) found.push({ code: 'empty', line: 1 });
	if (cues.length > MAX_CUES) {
		return [{ code: 'tooManyCues', line: cueLines[MAX_CUES] ?? 1, cue: MAX_CUES + 1 }];
	}
	track.styles.forEach((css, index) => {
		if (!isFetchingStyle(css)) return;
		found.push({ code: 'forbiddenStyle', line: styleLines[index] ?? 1, found: quote(css) });
	});
	cues.forEach((cue, index) => found.push(...judgeCue(cue, index + 1, cueLines[index] ?? 1)));
	found.push(...judgeOrder(cues, cueLines));
	return found;
}

/** @param number 1-based; `line` is the line of the cue's times */
function judgeCue(cue: Cue, number: number, line: number): CaptionProblem[] {
	const found: CaptionProblem[] = [];
	if (cue.endMs <= cue.startMs) found.push({ code: 'endBeforeStart', line, cue: number });
	const forbiddenAt = findForbiddenMarkup(cue.text);
	if (forbiddenAt !== undefined) {
		const at = line + cue.text.slice(0, forbiddenAt).split('\n').length;
		const piece = quote(cue.text.slice(forbiddenAt));
		found.push({ code: 'forbiddenMarkup', line: at, cue: number, found: piece });
		return found;
	}
	const unknown = firstUnknownTag(cue.text);
	if (unknown !== undefined) {
		const piece = quote(`<${unknown}`);
		found.push({ code: 'unknownTag', line: line + 1, cue: number, found: piece });
	}
	if (plainText(cue.text).trim() === '') found.push({ code: 'emptyCue', line, cue: number });
	return found;
}

function firstUnknownTag(payload: string): string | undefined {
	if (!payload.includes('<')) return undefined;
	for (const token of tokenize(payload)) {
		if (token.type !== 'text' && !isKnown(token)) return token.raw;
	}
	return undefined;
}

/** Sorting mends every misplaced cue at once, so the first stands for all. */
function judgeOrder(cues: Cue[], cueLines: number[]): CaptionProblem[] {
	const found: CaptionProblem[] = [];
	const order = cues.map((_, index) => index);
	const startOf = (index: number): number => cues[index]?.startMs ?? 0;
	const late = order.find((index) => index > 0 && startOf(index) < startOf(index - 1));
	if (late !== undefined) {
		found.push({ code: 'unordered', line: cueLines[late] ?? 1, cue: late + 1 });
		order.sort((a, b) => startOf(a) - startOf(b));
	}
	let latestEnd = -Infinity;
	for (const index of order) {
		if (startOf(index) < latestEnd) {
			found.push({ code: 'overlap', line: cueLines[index] ?? 1, cue: index + 1 });
		}
		latestEnd = Math.max(latestEnd, cues[index]?.endMs ?? 0);
	}
	return found;
}
