/** Turn-taking (先手语，后演示): into which rounds a lesson is parted. */
import type { Cue } from '#lib/captions/cue.ts';
import type { Span, Turn } from '../model.ts';

/**
 * The rounds of a lesson: as the instructor marked them; without marks one for each caption,
 * without captions one for each step. Empty when there is nothing to go by.
 */
export function turnsFor(
	marks: readonly Turn[],
	steps: readonly Span[],
	cues: readonly Cue[],
	durationMs: number
): Turn[] {
	void durationMs;
	if (marks.length > 0) return [...marks];
	const spans: readonly Span[] = cues.length > 0 ? cues : steps;
	return spans.map(({ startMs, endMs }) => ({ startMs, endMs }));
}
