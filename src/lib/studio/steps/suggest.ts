/** A name that need not be written: the words that are said when a step begins. */
import { MAX_STEP_TITLE, type Span } from '#lib/domain/timeline.ts';

/** Words that begin a little before a step is tapped belong to it. */
const BEFORE_MS = 800;

/** The first words of a step, without what ends a sentence; empty when nothing is said in it. */
export function suggestion(step: Span, cues: readonly (Span & { text: string })[]): string {
	const first = cues.find(
		({ startMs }) => startMs >= step.startMs - BEFORE_MS && startMs < step.endMs
	);
	const line = (first?.text ?? '').replaceAll(/\s+/g, ' ').trim();
	const [sentence = ''] = line.split(/[。！？!?；;]/);
	return sentence.trim().slice(0, MAX_STEP_TITLE).trim();
}
