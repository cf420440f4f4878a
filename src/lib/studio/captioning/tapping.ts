/** Timing lines while the video plays: a tap when a line begins, another when it ends. */
import { changed } from '#lib/captions/edit.ts';
import { CAPTION_LIMITS, MINIMUM_GAP_MS } from '#lib/captions/limits.ts';
import { comfortMs, inOrder, type Kind, type Place } from './steps.ts';
import { isTimed, timedCount } from '#lib/captions/untimed.ts';

/**
 * The next line without a time begins. One that still runs ends before it, and stays no longer
 * than captions may.
 * @param running the place of the line that has begun and not ended
 * @returns the same place when every line has a time
 */
export function begin(
	{ cues, index }: Place,
	running: number | undefined,
	atMs: number,
	kind: Kind
): Place {
	const next = timedCount(cues);
	const line = cues[next];
	if (!line) return { cues, index };
	const startMs = Math.max(0, Math.round(atMs));
	const { maximumMs } = CAPTION_LIMITS[kind.language][kind.tier];
	const ended =
		running === undefined
			? cues
			: changed(cues, running, (cue) => {
					const endMs = Math.min(startMs - MINIMUM_GAP_MS, cue.startMs + maximumMs);
					return endMs > cue.startMs ? { ...cue, endMs } : cue;
				});
	const begun = { ...line, startMs, endMs: startMs + comfortMs(line, kind) };
	return inOrder({ cues: changed(ended, next, () => begun), index: next });
}

/** The running line ends here. */
export function end({ cues, index }: Place, running: number, atMs: number): Place {
	const cue = cues[running];
	if (!cue || !isTimed(cue)) return { cues, index };
	const endMs = Math.max(cue.startMs + 1, Math.round(atMs));
	return { cues: changed(cues, running, (old) => ({ ...old, endMs })), index };
}

/** The last line, when nobody says that it ends before the video does. */
export const within = (place: Place, durationMs: number | undefined): Place => ({
	...place,
	cues: place.cues.map((cue) =>
		isTimed(cue) && durationMs !== undefined && cue.endMs > durationMs && cue.startMs < durationMs
			? { ...cue, endMs: durationMs }
			: cue
	)
});
