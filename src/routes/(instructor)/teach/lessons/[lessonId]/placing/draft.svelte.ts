/** Where the sign track is to stand while somebody tries it out, with undo and redo. */
import { type Lengths, placementIn, type Placing } from '#lib/domain/placing.ts';
import { Undoable } from '#lib/studio/undoable.svelte.ts';

export class Draft extends Undoable<Placing> {
	readonly #lengths: Lengths;

	constructor(placing: Placing, lengths: Lengths) {
		super(placing);
		this.#lengths = lengths;
	}

	get placing(): Placing {
		return this.value;
	}

	/** As it would be kept, and is shown. */
	readonly placement = $derived.by(() => placementIn(this.placing, this.#lengths));
}
