/** Where the sign track is to stand while somebody tries it out, with undo and redo. */
import { type Lengths, placementIn, type Placing } from '#lib/domain/placing.ts';

/** Presses in one place without a longer pause are one thing to undo. */
const PAUSE_MS = 1500;
const MAX_UNDO = 200;

export class Draft {
	placing: Placing = $state.raw({ offsetMs: 0, pieces: [] });
	#past: Placing[] = $state.raw([]);
	#future: Placing[] = $state.raw([]);
	#last = { place: '', at: 0 };
	readonly #lengths: Lengths;

	constructor(placing: Placing, lengths: Lengths) {
		this.placing = placing;
		this.#lengths = lengths;
	}

	/** As it would be kept, and is shown. */
	readonly placement = $derived.by(() => placementIn(this.placing, this.#lengths));
	readonly canUndo = $derived.by(() => this.#past.length > 0);
	readonly canRedo = $derived.by(() => this.#future.length > 0);

	/**
	 * Puts this in place of what there is.
	 * @param place what is done in one place without a pause belongs together
	 */
	apply(placing: Placing, place = ''): void {
		const now = Date.now();
		const isMore = place !== '' && place === this.#last.place && now - this.#last.at < PAUSE_MS;
		if (!isMore) this.#past = [...this.#past, this.placing].slice(-MAX_UNDO);
		this.#future = [];
		this.placing = placing;
		this.#last = { place, at: now };
	}

	undo(): void {
		const before = this.#past.at(-1);
		if (!before) return;
		this.#past = this.#past.slice(0, -1);
		this.#future = [...this.#future, this.placing];
		this.#set(before);
	}

	redo(): void {
		const after = this.#future.at(-1);
		if (!after) return;
		this.#future = this.#future.slice(0, -1);
		this.#past = [...this.#past, this.placing];
		this.#set(after);
	}

	#set(placing: Placing): void {
		this.placing = placing;
		this.#last = { place: '', at: 0 };
	}
}
