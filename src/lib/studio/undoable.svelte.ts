/** Something that is worked on, with undo and redo. */

/** What is done in one place without a longer pause is one thing to undo. */
const PAUSE_MS = 1500;
const MAX_UNDO = 200;

export class Undoable<Value> {
	value: Value;
	#past: Value[] = $state.raw([]);
	#future: Value[] = $state.raw([]);
	#last = { place: '', at: 0 };

	constructor(value: Value) {
		this.value = $state.raw(value);
	}

	get canUndo(): boolean {
		return this.#past.length > 0;
	}
	get canRedo(): boolean {
		return this.#future.length > 0;
	}

	/**
	 * Puts this in place of what there is.
	 * @param place what is done in one place without a pause belongs together
	 */
	apply(value: Value, place = ''): void {
		const now = Date.now();
		const isMore = place !== '' && place === this.#last.place && now - this.#last.at < PAUSE_MS;
		if (!isMore) this.#past = [...this.#past, this.value].slice(-MAX_UNDO);
		this.#future = [];
		this.value = value;
		this.#last = { place, at: now };
	}

	/** @returns whether there was anything to take back */
	undo(): boolean {
		if (!this.canUndo) return false;
		const before = this.#past.at(-1) as Value;
		this.#past = this.#past.slice(0, -1);
		this.#future = [...this.#future, this.value];
		this.#go(before);
		return true;
	}

	/** @returns whether there was anything to do again */
	redo(): boolean {
		if (!this.canRedo) return false;
		const after = this.#future.at(-1) as Value;
		this.#future = this.#future.slice(0, -1);
		this.#past = [...this.#past, this.value];
		this.#go(after);
		return true;
	}

	#go(value: Value): void {
		this.value = value;
		this.#last = { place: '', at: 0 };
	}
}
