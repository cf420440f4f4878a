/** The steps being worked on, with undo and redo, and which of them the server knows. */
import type { StepInput } from '#lib/domain/timeline.ts';
import { pictureAt, type Mark } from './marks.ts';

/** A step as the server has it. */
export type KeptStep = Omit<StepInput, 'note'> & { id: string; note?: string; picture?: string };

/** Typing in one place without a longer pause is one thing to undo. */
const TYPING_PAUSE_MS = 1500;
const MAX_UNDO = 200;

export class Draft {
	marks: readonly Mark[] = $state.raw([]);
	/** Something was done that the server has not got. */
	isChanged = $state(false);
	#past: (readonly Mark[])[] = $state.raw([]);
	#future: (readonly Mark[])[] = $state.raw([]);
	#last = { place: '', at: 0 };
	/** Under which id the server keeps a mark; survives undoing and doing again. */
	readonly #ids: Record<string, string> = $state({});

	constructor(kept: readonly KeptStep[]) {
		this.marks = kept.map((step) => this.#markOf(step));
	}

	get canUndo(): boolean {
		return this.#past.length > 0;
	}
	get canRedo(): boolean {
		return this.#future.length > 0;
	}

	/**
	 * Puts these in place of what there is.
	 * @param place what is typed in one place belongs together
	 */
	apply(marks: readonly Mark[], place = ''): void {
		if (marks === this.marks) return;
		const now = Date.now();
		const isMore =
			place !== '' && place === this.#last.place && now - this.#last.at < TYPING_PAUSE_MS;
		if (!isMore) this.#past = [...this.#past, this.marks].slice(-MAX_UNDO);
		this.#future = [];
		this.#set(marks);
		this.#last = { place, at: now };
	}

	undo(): void {
		const before = this.#past.at(-1);
		if (!before) return;
		this.#past = this.#past.slice(0, -1);
		this.#future = [...this.#future, this.marks];
		this.#set(before);
	}

	redo(): void {
		const after = this.#future.at(-1);
		if (!after) return;
		this.#future = this.#future.slice(0, -1);
		this.#past = [...this.#past, this.marks];
		this.#set(after);
	}

	/** What to send, in order. */
	get input(): StepInput[] {
		return this.marks.map(({ key, ...mark }) => {
			const id = this.#ids[key];
			return { ...mark, pictureAtMs: pictureAt(mark), ...(id && { id }) };
		});
	}

	idOf(mark: Mark): string | undefined {
		return this.#ids[mark.key];
	}

	/** The server has kept what was sent, under these ids. */
	kept(sent: readonly Mark[], ids: readonly string[]): void {
		for (const [index, { key }] of sent.entries()) {
			const id = ids[index];
			if (id) this.#ids[key] = id;
		}
		if (this.marks === sent) this.isChanged = false;
	}

	#set(marks: readonly Mark[]): void {
		this.marks = marks;
		this.#last.place = '';
		this.isChanged = true;
	}

	#markOf({ id, picture: _, note = '', ...step }: KeptStep): Mark {
		this.#ids[id] = id;
		return { ...step, note, key: id };
	}
}
