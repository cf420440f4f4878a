/** Keeps what is marked: on this device at once, on the server a moment later, never over others. */
import type { MarksInput } from '#lib/domain/timeline.ts';
import type { Draft } from './draft.svelte.ts';
import { forget, hold } from './held.ts';

export type InBetween = { revision: number; savedBy?: string; savedAt?: string };
export type Answer =
	| { type: 'kept'; revision: number; ids: string[] }
	| ({ type: 'conflict' } & InBetween)
	| { type: 'refused'; why: string }
	| { type: 'signed_out' }
	/** The server has no room. */
	| { type: 'full' }
	/** No answer, or none that says anything. */
	| { type: 'lost' };

/** Long enough for a word to be finished, short enough for nothing to be lost. */
const PAUSE_MS = 1200;
const RETRY_MS = 5000;

export class Saver {
	state:
		| 'idle'
		| 'waiting'
		| 'saving'
		| 'saved'
		| 'unnamed'
		| 'lost'
		| 'refused'
		| 'signed_out'
		| 'full'
		| 'conflict' = $state('idle');
	why = $state('');
	inBetween: InBetween | undefined = $state.raw();
	/** The revision that what is on this page was made from. */
	base: number;
	readonly #draft: Draft;
	readonly #place: string;
	readonly #send: (input: MarksInput) => Promise<Answer>;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(
		draft: Draft,
		base: number,
		place: string,
		send: (input: MarksInput) => Promise<Answer>
	) {
		this.#draft = draft;
		this.base = base;
		this.#place = place;
		this.#send = send;
	}

	get #isStopped(): boolean {
		return this.state === 'conflict';
	}

	/** Something was changed. */
	changed(): void {
		hold(this.#place, { base: this.base, marks: this.#draft.input });
		if (this.#isStopped) return;
		if (this.state !== 'saving') this.state = 'waiting';
		this.#later(PAUSE_MS);
	}

	/** Sends now, unless there is nothing to send. */
	async save(): Promise<void> {
		clearTimeout(this.#timer);
		if (this.#isStopped || this.state === 'saving' || !this.#draft.isChanged) return;
		if (this.#draft.marks.steps.some(({ title }) => title.trim() === '')) {
			this.state = 'unnamed';
			return;
		}
		const sent = this.#draft.marks;
		this.state = 'saving';
		const answer = await this.#send({ baseRevision: this.base, ...this.#draft.input });
		this.#take(answer, sent);
	}

	#take(answer: Answer, sent: Draft['marks']): void {
		if (answer.type === 'kept') {
			this.base = answer.revision;
			this.#draft.kept(sent, answer.ids);
			this.state = this.#draft.isChanged ? 'waiting' : 'saved';
			if (this.#draft.isChanged) this.changed();
			else forget(this.#place);
		} else if (answer.type === 'conflict') {
			this.stop(answer);
		} else {
			this.state = answer.type;
			if (answer.type === 'refused') this.why = answer.why;
			if (answer.type === 'lost' || answer.type === 'full') this.#later(RETRY_MS);
		}
	}

	/** Somebody saved in between: nothing is sent until it is said whose is to stay. */
	stop(inBetween: InBetween): void {
		clearTimeout(this.#timer);
		this.inBetween = inBetween;
		this.state = 'conflict';
	}

	/** Mine is to stay, knowing of the other. */
	async keepMine(revision: number): Promise<void> {
		this.base = revision;
		this.#settle();
		this.#draft.isChanged = true;
		await this.save();
	}

	/** Theirs is to stay; it is in the draft by now. */
	keepTheirs(revision: number): void {
		this.base = revision;
		forget(this.#place);
		this.#settle();
	}

	#settle(): void {
		this.inBetween = undefined;
		this.state = 'idle';
	}

	close(): void {
		clearTimeout(this.#timer);
	}

	#later(ms: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.save(), ms);
	}
}
