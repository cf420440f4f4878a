/** What is marked while it is worked on, with undo and redo, and what of it the server knows. */
import type { AreaInput, MarksInput, TurnInput } from '#lib/domain/timeline.ts';
import { Undoable } from '../undoable.svelte.ts';
import { type KeptMarks, type Marks, pictureAt, type StepMark } from './marks.ts';

const newKey = (): string => crypto.randomUUID();

export class Draft {
	/** Something was done that the server has not got. */
	isChanged = $state(false);
	readonly #undoable = new Undoable<Marks>({ steps: [], turns: [], areas: [] });
	/** Under which id the server keeps a step; survives undoing and doing again. */
	#ids: Readonly<Record<string, string>> = $state.raw({});

	constructor(kept: KeptMarks) {
		this.#undoable.value = this.#marksOf(kept);
	}

	get marks(): Marks {
		return this.#undoable.value;
	}

	get canUndo(): boolean {
		return this.#undoable.canUndo;
	}
	get canRedo(): boolean {
		return this.#undoable.canRedo;
	}

	/**
	 * Puts these in place of what there is.
	 * @param place what is typed in one place belongs together
	 */
	apply(changed: Partial<Marks>, place = ''): void {
		const marks = { ...this.marks, ...changed };
		const isSame =
			marks.steps === this.marks.steps &&
			marks.turns === this.marks.turns &&
			marks.areas === this.marks.areas;
		if (isSame) return;
		this.#undoable.apply(marks, place);
		this.isChanged = true;
	}

	undo(): void {
		if (this.#undoable.undo()) this.isChanged = true;
	}

	redo(): void {
		if (this.#undoable.redo()) this.isChanged = true;
	}

	/** Somebody else's in place of these, which undoing brings back. */
	adopt(kept: KeptMarks): void {
		this.apply(this.#marksOf(kept));
		this.isChanged = false;
	}

	/** What this device still had. */
	restore(kept: KeptMarks): void {
		this.apply(this.#marksOf(kept));
	}

	/** What to send, in order. */
	get input(): Omit<MarksInput, 'baseRevision'> {
		const { steps, turns, areas } = this.marks;
		return {
			steps: steps.map((mark) => {
				const { key, ...step } = mark;
				const id = this.#ids[key];
				return { ...step, pictureAtMs: pictureAt(mark), ...(id && { id }) };
			}),
			turns: turns.map(({ key: _, ...turn }): TurnInput => turn),
			areas: areas.map(({ key: _, ...area }): AreaInput => area)
		};
	}

	idOf(mark: StepMark): string | undefined {
		return this.#ids[mark.key];
	}

	/** The server has kept what was sent, its steps under these ids. */
	kept(sent: Marks, ids: readonly string[]): void {
		const known = sent.steps.map(({ key }, index) => [key, ids[index] ?? ''] as const);
		this.#ids = { ...this.#ids, ...Object.fromEntries(known) };
		if (this.marks === sent) this.isChanged = false;
	}

	#marksOf({ steps, turns, areas }: KeptMarks): Marks {
		const known: Record<string, string> = {};
		const marks: Marks = {
			steps: steps.map(({ id, picture: _, note = '', ...step }) => {
				const key = id ?? newKey();
				if (id) known[key] = id;
				return { ...step, note, key };
			}),
			turns: turns.map((turn) => ({ ...turn, key: newKey() })),
			areas: areas.map((area) => ({ ...area, key: newKey() }))
		};
		this.#ids = { ...this.#ids, ...known };
		return marks;
	}
}
