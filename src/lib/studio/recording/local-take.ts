/** A take as this browser keeps it until the server has it. */
import type { TakeInput } from '#lib/domain/takes.ts';

/**
 * `recording`: under way, or broken off by a crash; `draft`: to be looked at; `kept`: to be sent;
 * `replaced`: another is kept in its place, which can still be undone; `deleted`: likewise.
 */
export type LocalTakeState = 'recording' | 'draft' | 'kept' | 'replaced' | 'deleted';

export type LocalTake = TakeInput & {
	/** Whose, of which lesson: several people may share one computer. */
	owner: string;
	/** Of the sign of a word, whose films lie beside: which word. */
	termId?: string;
	state: LocalTakeState;
	/** As the recorder names it, `video/webm;codecs=vp8`. */
	type: string;
	/** How long it is so far. */
	lengthMs: number;
	sizeBytes: number;
	recordedAt: number;
	/** The demonstration stood still for a moment while it was recorded. */
	isUneven: boolean;
};

/** What is said of it to the server. */
export const inputOf = (take: LocalTake): TakeInput => ({
	id: take.id,
	startMs: Math.round(take.startMs),
	endMs: Math.round(take.endMs),
	alignMs: Math.round(take.alignMs),
	trimStartMs: Math.round(take.trimStartMs),
	trimEndMs: Math.round(take.trimEndMs)
});
