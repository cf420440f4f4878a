import { emptyTrack, type CaptionTrack, type Cue } from './cue.ts';
import { quote, type CaptionProblem, type ParsedCaptions } from './problem.ts';
import { parseCueSettings } from './settings.ts';
import { payloadFromSrt, placeFromSettings, srtFromPayload } from './srt-markup.ts';
import { formatTimestamp, milliseconds } from './timing.ts';
import { normalLines } from './webvtt.ts';

const TIME = String.raw`(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{3}))?(?![\d,.:])`;
const TIMING = new RegExp(String.raw`^\s*${TIME}\s*-->\s*${TIME}`);
const NUMBER = /^\s*\d{1,9}\s*$/;
const NO_REGIONS: ReadonlySet<string> = new Set();

/** Whether a text has anything like an SRT timing line, sound or broken. */
export function isSrt(text: string): boolean {
	const lines = normalLines(text);
	return lines.some((line, index) => isTimed(line, isNumberLine(lines, index - 1)));
}

/** Whether a line holds a cue's number: words that are a number have other words above them. */
const isNumberLine = (lines: string[], index: number): boolean =>
	NUMBER.test(lines[index] ?? '') && (lines[index - 1] ?? '').trim() === '';

/**
 * Whether a line means to be a timing line, so that a broken one is told and not shown as words.
 * After a number, a wrong arrow (`->`, `→`) is enough.
 */
function isTimed(line: string, isAfterNumber: boolean): boolean {
	const arrow = line.indexOf('-->');
	if (arrow >= 0) return isAfterNumber || /\d[:：]/.test(line.slice(0, arrow));
	return isAfterNumber && /^\s*-?\d+[:：]\d.*(?:->|→|—>|-&gt;)/.test(line);
}

interface Draft {
	cue: Cue;
	timingLine: number;
	/** Lines of words, as in the file, and where they stand. */
	words: string[];
	wordLines: number[];
}

/**
 * Reads SubRip text. There is no standard, so it follows what players take: numbers may be missing
 * or wrong, hours and thousandths may be missing, commas may be dots or full-width, the blank line
 * between two cues may be missing. Words become a WebVTT payload (`payloadFromSrt`).
 *
 * Never throws; what it could not read is in `problems`.
 */
export function parseSrt(text: string): ParsedCaptions {
	const lines = normalLines(text);
	const drafts: Draft[] = [];
	const problems: CaptionProblem[] = [];
	/** The cue whose words are being read; undefined before the first and after a broken timing. */
	let draft: Draft | undefined;
	let isSkipping = false;
	let isAfterBlank = true;
	let isStrayTold = false;
	lines.forEach((line, index) => {
		if (line.trim() === '') {
			isAfterBlank = true;
			return;
		}
		const before = lines[index - 1] ?? '';
		if (isTimed(line, isNumberLine(lines, index - 1))) {
			dropNumber(draft, before, drafts.length);
			draft = readTiming(line, index, drafts.length + 1, problems);
			if (draft) drafts.push(draft);
			isSkipping = !draft;
			isStrayTold = false;
		} else if (isAfterBlank && isNumberOfNext(lines, index)) {
			draft = undefined;
		} else if (draft) {
			if (isAfterBlank && draft.words.length > 0 && !isStrayTold) {
				problems.push({
					code: 'strayText',
					line: index + 1,
					cue: drafts.length,
					found: quote(line)
				});
				isStrayTold = true;
			}
			draft.words.push(line);
			draft.wordLines.push(index + 1);
		} else if (!isSkipping && !isStrayTold) {
			problems.push({ code: 'strayText', line: index + 1, found: quote(line) });
			isStrayTold = true;
		}
		isAfterBlank = false;
	});
	drafts.forEach((each, index) => finish(each, index + 1, problems));
	return {
		track: { ...emptyTrack(), cues: drafts.map((each) => each.cue) },
		cueLines: drafts.map((each) => each.timingLine),
		styleLines: [],
		problems
	};
}

const isNumberOfNext = (lines: string[], index: number): boolean =>
	NUMBER.test(lines[index] ?? '') && isTimed(lines[index + 1] ?? '', true);

/** Without a blank line the next cue's number was taken for words of the cue before. */
function dropNumber(draft: Draft | undefined, before: string, cueCount: number): void {
	if (!draft || draft.words.at(-1) !== before) return;
	if (NUMBER.test(before) && Number(before) === cueCount + 1) draft.words.pop();
}

function readTiming(
	written: string,
	index: number,
	cue: number,
	problems: CaptionProblem[]
): Draft | undefined {
	// Chinese input methods give full-width marks.
	const line = written
		.replaceAll('：', ':')
		.replace(/[，．]/g, (mark) => (mark === '，' ? ',' : '.'));
	const match = TIMING.exec(line);
	const startMs = match && milliseconds(match[1], match[2], match[3], match[4]);
	const endMs = match && milliseconds(match[5], match[6], match[7], match[8]);
	if (!match || startMs == null || endMs == null) {
		problems.push({ code: 'badTiming', line: index + 1, found: quote(written) });
		return undefined;
	}
	// Some programs write WebVTT settings here, others pixel coordinates, which WebVTT cannot keep.
	const settings = parseCueSettings(line.slice(match[0].length), NO_REGIONS);
	for (const token of settings.unknown ?? []) {
		problems.push({ code: 'unknownSetting', line: index + 1, cue, found: quote(token) });
	}
	delete settings.unknown;
	return {
		cue: { id: '', startMs, endMs, text: '', settings },
		timingLine: index + 1,
		words: [],
		wordLines: []
	};
}

function finish(draft: Draft, cue: number, problems: CaptionProblem[]): void {
	const text = draft.words.join('\n');
	const { payload, settings, removed, forbiddenAt } = payloadFromSrt(text);
	if (forbiddenAt !== undefined) {
		const wordLine = text.slice(0, forbiddenAt).split('\n').length - 1;
		const line = draft.wordLines[wordLine] ?? draft.timingLine;
		const found = quote(text.slice(forbiddenAt));
		problems.push({ code: 'forbiddenMarkup', line, cue, found });
		return;
	}
	if (removed !== undefined) {
		const found = quote(removed);
		problems.push({ code: 'markupRemoved', line: draft.timingLine + 1, cue, found });
	}
	draft.cue.text = payload;
	Object.assign(draft.cue.settings, settings);
}

/**
 * Writes SubRip text with `\r\n`, cues numbered from 1. SRT has no place for ids, comments, styles,
 * regions and most settings; they are left out.
 *
 * @throws RangeError if a time is negative or not finite
 */
export function writeSrt(track: CaptionTrack): string {
	return track.cues
		.map((cue, index) => {
			const times = [cue.startMs, cue.endMs].map((atMs) => formatTimestamp(atMs, ','));
			const text = placeFromSettings(cue.settings) + srtFromPayload(cue.text);
			const words = normalLines(text).filter((line) => line.trim() !== '');
			return [String(index + 1), times.join(' --> '), ...words, '', ''].join('\r\n');
		})
		.join('');
}
