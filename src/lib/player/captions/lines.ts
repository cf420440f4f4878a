/** The transcript's order: steps, in them lines, beside each line its words in another language. */
import type { Cue } from '#lib/captions/cue.ts';
import type { Span, Step } from '../model.ts';

export type Line = { cue: Cue; second: Cue[] };
/** A step with what is said in it; without one, what is said outside of all steps. */
export type Part = { step?: Step; number: number; lines: Line[] };

const overlapMs = (a: Span, b: Span): number =>
	Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);

/** Of `all`, the one that shares the most time with `span`, or is nearest to it. */
function nearest<T extends Span>(all: readonly T[], span: Span): T | undefined {
	let best: T | undefined;
	for (const one of all) if (!best || overlapMs(one, span) > overlapMs(best, span)) best = one;
	return best;
}

/**
 * Every cue stands in exactly one part and every second cue at exactly one line. Steps without
 * words stay: they too are to be done.
 */
export function partsOf(
	cues: readonly Cue[],
	second: readonly Cue[],
	steps: readonly Step[]
): Part[] {
	const lines = [...cues]
		.sort((a, b) => a.startMs - b.startMs)
		.map((cue): Line => ({ cue, second: [] }));
	const byCue = new Map(lines.map((line) => [line.cue, line]));
	for (const cue of second) {
		const first = nearest(cues, cue);
		if (first) byCue.get(first)?.second.push(cue);
	}
	const before: Part = { number: 0, lines: [] };
	const parts = steps.map((step, i): Part => ({ step, number: i + 1, lines: [] }));
	for (const line of lines) {
		const middleMs = (line.cue.startMs + line.cue.endMs) / 2;
		const part = parts.filter(({ step }) => (step?.startMs ?? 0) <= middleMs).at(-1);
		(part ?? before).lines.push(line);
	}
	return before.lines.length > 0 ? [before, ...parts] : parts;
}
