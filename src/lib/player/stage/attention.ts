/**
 * In which picture something starts just now. Eyes cannot be in two places: a quiet border tells
 * where to look (ClassInFocus, ASSETS 2009).
 */
import type { PictureId, Span, Turn } from '../model.ts';

/** How long a start is pointed at. */
export const LIT_MS = 1500;
/** A caption starts something only after so long without one. */
export const SILENCE_MS = 2000;

export type Sources = {
	turns?: readonly Turn[];
	steps?: readonly Span[];
	/** Sorted by start. They tell when the signer starts where no turns do. */
	cues?: readonly Span[];
};

/** The picture that began something within the last 1.5 s; of two at once, the signer's. */
export function attentionAt(ms: number, { turns, steps, cues }: Sources): PictureId | null {
	const hasTurns = !!turns?.length;
	const signed = hasTurns ? turns.map((turn) => (turn.sign ?? turn).startMs) : starts(cues ?? []);
	const shown = [...(turns ?? []).map((turn) => turn.hands ?? turn), ...(steps ?? [])];
	const sign = lastBefore(ms, signed);
	const demonstration = lastBefore(
		ms,
		shown.map((span) => span.startMs)
	);
	if (ms - Math.max(sign, demonstration) >= LIT_MS) return null;
	return sign >= demonstration ? 'sign' : 'demonstration';
}

function starts(cues: readonly Span[]): number[] {
	let endMs = -Infinity;
	return cues.flatMap((cue) => {
		const isNew = cue.startMs - endMs >= SILENCE_MS;
		endMs = Math.max(endMs, cue.endMs);
		return isNew ? [cue.startMs] : [];
	});
}

const lastBefore = (ms: number, all: number[]): number =>
	Math.max(-Infinity, ...all.filter((startMs) => startMs <= ms));
