/** What is marked while it is worked on, with undo and redo, and what of it the server knows. */
import type { AreaInput, MarksInput, TurnInput } from '#lib/domain/timeline.ts';
import { type KeptMarks, type Marks, pictureAt, type StepMark } from './marks.ts';

/** Typing in one place without a longer pause is one thing to undo. */
const TYPING_PAUSE_MS = 1500;
const MAX_UNDO = 200;

const newKey = (): string => crypto.randomUUID();

export class Draft {
	marks: Marks = $state.raw({ steps: [], turns: [], areas: [] });
	/** Something was done that the server has not got. */
	isChanged = $state(false);
	#past: Marks[] = $state.raw([]);
	#future: Marks[] = $state.raw([]);
	#last = { place: '', at: 0 };
	/** Under which id the server keeps a step; survives undoing and doing again. */
	#ids: Readonly<Record<string, string>> = $state.raw({});

	constructor(kept: KeptMarks) {
		this.marks = this.#marksOf(kept);
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
	apply(changed: Partial<Marks>, place = ''): void {
		const marks = { ...this.marks, ...changed };
		const isSame =
			marks.steps === this.marks.steps &&
			marks.turns === this.marks.turns &&
			marks.areas === this.marks.areas;
		if (isSame) return;
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

	#set(marks: Marks): void {
		this.marks = marks;
		this.#last = { place: '', at: 0 };
		this.isChanged = true;
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
