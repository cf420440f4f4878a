/** The captions that are on at one moment, in the first and in a second language. */
import { indexCues } from '#lib/captions/at.ts';
import type { Cue } from '#lib/captions/cue.ts';

const isSame = (a: Cue[], b: Cue[]): boolean =>
	a.length === b.length && a.every((cue, i) => cue === b[i]);

export class ShownCues {
	first: Cue[] = $state.raw([]);
	second: Cue[] = $state.raw([]);
	#firstIndex = indexCues([]);
	#secondIndex = indexCues([]);

	set(first: readonly Cue[], second: readonly Cue[]): void {
		this.#firstIndex = indexCues(first);
		this.#secondIndex = indexCues(second);
	}

	/** @param atMs lesson time */
	look(atMs: number): void {
		const first = this.#firstIndex.at(atMs);
		if (!isSame(first, this.first)) this.first = first;
		const second = this.#secondIndex.at(atMs);
		if (!isSame(second, this.second)) this.second = second;
	}
}
