import type { CaptionTrack, Cue } from './cue.ts';
import { plainText } from './payload.ts';

export interface CueIndex {
	/** The cues to be shown at a moment of the video, by start, then in the order of the track. */
	at(ms: number): Cue[];
}

/**
 * Builds an index for asking on every frame: O(log n) and a little for each cue shown, even when
 * one cue spans the whole lesson. It holds the cues as they were; build a new one after an edit.
 */
export function indexCues(cues: readonly Cue[]): CueIndex {
	const sorted = [...cues].sort((a, b) => a.startMs - b.startMs);
	// A binary heap laid over the sorted cues: latest[k] is the latest end of all cues below k.
	let width = 1;
	while (width < sorted.length) width *= 2;
	const latest = new Float64Array(2 * width).fill(-Infinity);
	sorted.forEach((cue, index) => (latest[width + index] = cue.endMs));
	for (let k = width - 1; k > 0; k--) {
		latest[k] = Math.max(latest[2 * k] ?? -Infinity, latest[2 * k + 1] ?? -Infinity);
	}
	return {
		at(ms) {
			const shown: Cue[] = [];
			const startedCount = countStarted(sorted, ms);
			const collect = (k: number, from: number, length: number): void => {
				if (from >= startedCount || !((latest[k] ?? -Infinity) > ms)) return;
				const cue = sorted[from];
				if (length > 1) {
					collect(2 * k, from, length / 2);
					collect(2 * k + 1, from + length / 2, length / 2);
				} else if (cue) shown.push(cue);
			};
			collect(1, 0, width);
			return shown;
		}
	};
}

/** How many cues have started, found by halving. */
function countStarted(sorted: readonly Cue[], ms: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle]?.startMs ?? Infinity) <= ms) low = middle + 1;
		else high = middle;
	}
	return low;
}

/**
 * The cues shown at one moment: from their start on and until just before their end (HTML
 * "current cues"). Looks at every cue; for each frame use `indexCues`.
 */
export const cuesAt = (track: CaptionTrack, ms: number): Cue[] =>
	track.cues
		.filter((cue) => cue.startMs <= ms && ms < cue.endMs)
		.sort((a, b) => a.startMs - b.startMs);

const FULL =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;
const HALF = /[\p{L}\p{N}\p{S}]/u;

/**
 * Characters a second a reader of Chinese has to take in: a CJK character or picture counts 1, a
 * letter, digit or sign of another script ½ (a Latin word is read as a whole), punctuation and
 * spaces nothing. Ruby text is not counted.
 *
 * @returns Infinity for words without time
 */
export function readingSpeed(cue: Pick<Cue, 'startMs' | 'endMs' | 'text'>): number {
	let count = 0;
	for (const character of plainText(cue.text)) {
		if (FULL.test(character)) count += 1;
		else if (HALF.test(character)) count += 0.5;
	}
	const seconds = (cue.endMs - cue.startMs) / 1000;
	if (count === 0) return 0;
	return seconds > 0 ? count / seconds : Infinity;
}
