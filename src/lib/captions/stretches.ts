/** Long stretches of a lesson about which its captions say nothing. */
import type { Cue } from './cue.ts';
import { LONGEST_MS } from './limits.ts';
import { measureCue } from './measure.ts';
import { isQuiet } from './quiet.ts';
import { orderOf, type AboutCaptions } from './rules.ts';

/**
 * BBC Subtitle Guidelines, 5.3: words or a label stand on the screen whenever somebody's lips move.
 * Nothing here sees lips or hears words, so a stretch is asked about only when it is long. How long
 * is ours: in this time at least two captions of the longest there may be would have passed.
 */
export const LONG_STRETCH_MS = 2 * LONGEST_MS;
/** At least four would have passed: nobody leaves so much empty without meaning to, and says so. */
export const EMPTY_STRETCH_MS = 4 * LONGEST_MS;
/** Ours: in a workshop hardly two minutes pass without a bell, a knock or a machine. */
export const LONG_WITHOUT_SOUND_MS = 120_000;

export interface Stretch {
	/** `uncovered`: neither words nor a label. `noSounds`: no sound is told of. */
	rule: 'uncovered' | 'noSounds';
	/** `must`: a deaf trainee may miss what is said. `advice`: somebody should look. */
	level: 'must' | 'advice';
	startMs: number;
	endMs: number;
}

/**
 * The long stretches without captions, and without sounds that matter, by their starts. Plain words
 * leave out what is not needed, so nothing is asked of them. Cues have times. O(n log n).
 */
export function stretchesOf(cues: readonly Cue[], about: AboutCaptions): Stretch[] {
	if (about.tier === 'plain') return [];
	const sorted = orderOf(cues).flatMap((index) => cues[index] ?? []);
	return [...uncovered(sorted, about), ...withoutSounds(sorted, about)].sort(
		(a, b) => a.startMs - b.startMs
	);
}

function uncovered(sorted: readonly Cue[], about: AboutCaptions): Stretch[] {
	const said = sorted.filter((cue) => !measureCue(cue, about.language).isEmpty);
	const spans = said.map((cue, index) => {
		// A label holds until somebody says something again.
		const untilMs = said[index + 1]?.startMs ?? about.durationMs ?? cue.endMs;
		return { startMs: cue.startMs, endMs: isQuiet(cue) ? untilMs : cue.endMs };
	});
	return between(spans, about.durationMs, LONG_STRETCH_MS).map((span) => ({
		rule: 'uncovered',
		// Who shows without a word has little to caption, but the signing beside it may say something.
		level: span.endMs - span.startMs >= EMPTY_STRETCH_MS && !about.isSilent ? 'must' : 'advice',
		...span
	}));
}

function withoutSounds(sorted: readonly Cue[], about: AboutCaptions): Stretch[] {
	if (!about.hasMeaningfulSound || about.saysNoSounds || sorted.length === 0) return [];
	const told = sorted.filter((cue) => measureCue(cue, about.language).tellsSound);
	// Where none is told of, even the shortest lesson is asked.
	const least = told.length === 0 ? 0 : LONG_WITHOUT_SOUND_MS;
	return between(told, about.durationMs ?? sorted.at(-1)?.endMs, least).map((span) => ({
		rule: 'noSounds',
		level: 'advice',
		...span
	}));
}

type Span = Pick<Cue, 'startMs' | 'endMs'>;

/** What lies between spans, before the first and after the last; sorted by start. */
function between(spans: readonly Span[], durationMs: number | undefined, leastMs: number): Span[] {
	const found: Span[] = [];
	let atMs = 0;
	const add = (untilMs: number) => {
		if (untilMs > atMs && untilMs - atMs >= leastMs) found.push({ startMs: atMs, endMs: untilMs });
	};
	for (const { startMs, endMs } of spans) {
		add(startMs);
		atMs = Math.max(atMs, endMs);
	}
	if (durationMs !== undefined) add(durationMs);
	return found;
}
