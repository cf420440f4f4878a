import type { Cue } from './cue.ts';

/** Typing in one place without a longer pause is one thing to undo. */
export const TYPING_PAUSE_MS = 1500;

interface Change {
	from: number;
	removed: readonly Cue[];
	added: readonly Cue[];
	/** What was done and where, if doing more of it belongs to it. */
	key?: string;
	atMs: number;
}

/**
 * Undo and redo without end. Only what changed is kept, so a long day of edits of many captions
 * fits into a phone.
 */
export class CaptionHistory {
	#done: Change[] = [];
	#undone: Change[] = [];

	/** How many steps can be undone. */
	get undoCount(): number {
		return this.#done.length;
	}

	get redoCount(): number {
		return this.#undone.length;
	}

	/**
	 * Remembers a step; what was undone before is then gone.
	 * @param merge steps with one key that follow each other within `TYPING_PAUSE_MS` are one
	 */
	record(
		before: readonly Cue[],
		after: readonly Cue[],
		merge?: { key: string; atMs: number }
	): void {
		const change = changeBetween(before, after);
		if (!change) return;
		const last = this.#done.at(-1);
		this.#undone = [];
		const isMore =
			last?.key !== undefined &&
			last.key === merge?.key &&
			merge.atMs - last.atMs <= TYPING_PAUSE_MS &&
			last.from === change.from &&
			last.added.length === change.removed.length;
		if (isMore) this.#done.pop();
		const removed = isMore ? last.removed : change.removed;
		this.#done.push({ ...change, removed, key: merge?.key, atMs: merge?.atMs ?? 0 });
	}

	/** The cues as they were before the last step; undefined if there is none. */
	undo(cues: readonly Cue[]): Cue[] | undefined {
		const change = this.#done.pop();
		if (!change) return undefined;
		this.#undone.push(change);
		return exchange(cues, change.from, change.added.length, change.removed);
	}

	/** The cues with the step that was undone last; undefined if there is none. */
	redo(cues: readonly Cue[]): Cue[] | undefined {
		const change = this.#undone.pop();
		if (!change) return undefined;
		// What is typed now is another step than what was typed then.
		this.#done.push({ ...change, key: undefined });
		return exchange(cues, change.from, change.removed.length, change.added);
	}
}

const exchange = (
	cues: readonly Cue[],
	from: number,
	count: number,
	instead: readonly Cue[]
): Cue[] => [...cues.slice(0, from), ...instead, ...cues.slice(from + count)];

/** The one stretch outside of which both lists hold the same cues. */
function changeBetween(
	before: readonly Cue[],
	after: readonly Cue[]
): Pick<Change, 'from' | 'removed' | 'added'> | undefined {
	const least = Math.min(before.length, after.length);
	let from = 0;
	while (from < least && before[from] === after[from]) from++;
	if (from === before.length && from === after.length) return undefined;
	let end = 0;
	while (end < least - from && before.at(-1 - end) === after.at(-1 - end)) end++;
	return {
		from,
		removed: before.slice(from, before.length - end),
		added: after.slice(from, after.length - end)
	};
}
