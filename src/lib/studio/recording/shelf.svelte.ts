/** The takes of one person and lesson, here and on the server, and what can be undone of them. */
import { isOverlapping, msOfFrames, placeTakes, type TakeState } from '#lib/domain/takes.ts';
import type { Span } from '#lib/domain/timeline.ts';
import type { LocalTake } from './local-take.ts';
import { heldAfter, openTakeStore, type TakeChange, type TakeStore } from './take-store.ts';

/** A take that the server has. */
export type SentTake = Span & {
	id: string;
	state: Exclude<TakeState, 'arriving'>;
	failureCode: string | null;
	alignMs: number;
	trimStartMs: number;
	trimEndMs: number;
};

/** What the page asks of the server; both say whether it was done. */
export interface ServerShelf {
	remove(takeId: string): Promise<boolean>;
	putBack(takeId: string): Promise<boolean>;
}

/** What stands for a part of the lesson now. */
export type Standing =
	| { state: 'empty' }
	| { state: 'draft' | 'kept'; take: LocalTake }
	| { state: 'sent' | 'checking' | 'unusable'; take: SentTake };

type Undo = { hides?: string; local: string[]; sent: string[] };

const covers = (span: Span, take: Span): boolean => isOverlapping(span, take);
const isSame = (one: Span, other: Span): boolean =>
	one.startMs === other.startMs && one.endMs === other.endMs;

export class Shelf {
	takes: LocalTake[] = $state.raw([]);
	sent: SentTake[] = $state.raw([]);
	/** Whether the device keeps anything for us at all. */
	isAbsent = $state(false);
	isOpen = $state(false);
	undoable: Undo | undefined = $state.raw();
	store: TakeStore | undefined;
	/** Another page has taken one out, or put it back. */
	onheard: (change: TakeChange) => void = () => undefined;
	readonly #owner: string;
	readonly #server: ServerShelf;

	constructor(owner: string, server: ServerShelf) {
		this.#owner = owner;
		this.#server = server;
	}

	get owner(): string {
		return this.#owner;
	}

	/** Takes up what an earlier visit left, also in the middle of a take. */
	async open(): Promise<void> {
		try {
			this.store = await openTakeStore();
			for (const take of await this.store.all(this.#owner)) await this.#takeUp(take);
			this.store.watch((change) => void this.#hear(change));
		} catch {
			this.isAbsent = true;
		}
		this.isOpen = true;
	}

	async #takeUp(take: LocalTake): Promise<void> {
		const isOver = take.state === 'deleted' || take.state === 'replaced';
		const isNothing = take.sizeBytes === 0 || take.trimEndMs <= take.trimStartMs;
		if (isOver || (take.state === 'recording' && isNothing)) {
			await this.store?.remove(take.id);
			return;
		}
		await this.put(take.state === 'recording' ? { ...take, state: 'draft' } : take);
	}

	/** What another page takes out, or puts back, is the same here. */
	async #hear(change: TakeChange): Promise<void> {
		const held = await heldAfter(change, this.store, this.#owner, () => this.takes);
		if (!held) return;
		this.takes = held;
		this.onheard(change);
	}

	/** What stands for this part: what is here before what is there. */
	standingOf(part: Span): Standing {
		const mine = this.takes.filter(
			(take) => isSame(take, part) && (take.state === 'draft' || take.state === 'kept')
		);
		const take = mine.find(({ state }) => state === 'draft') ?? mine.at(-1);
		if (take) return { state: take.state === 'draft' ? 'draft' : 'kept', take };
		const theirs = this.sent.find((one) => isSame(one, part)) ?? this.#sentOver(part);
		if (!theirs) return { state: 'empty' };
		if (theirs.state === 'failed') return { state: 'unusable', take: theirs };
		return { state: theirs.state === 'ready' ? 'sent' : 'checking', take: theirs };
	}

	#sentOver(part: Span): SentTake | undefined {
		const isHidden = (one: SentTake) =>
			this.takes.some((take) => take.state === 'kept' && isOverlapping(take, one));
		return this.sent.find((one) => covers(part, one) && !isHidden(one));
	}

	/** Those the sign track would be made of now. */
	get current(): (LocalTake | SentTake)[] {
		const kept = this.takes.filter(({ state }) => state === 'kept');
		const others = this.sent.filter(
			(one) => !kept.some((take) => take.id === one.id || isOverlapping(take, one))
		);
		return [...kept, ...others].sort((a, b) => a.startMs - b.startMs);
	}

	/** One that is on the server has to be recorded again. */
	get hasUnusable(): boolean {
		return this.current.some(({ state }) => state === 'failed');
	}

	/** How much of this take's end would have no room before the next one, in milliseconds. */
	cutMsOf(draft: LocalTake, lessonMs: number): number {
		const others = this.current.filter((take) => !isOverlapping(take, draft));
		const placed = placeTakes<LocalTake | SentTake>([...others, draft], lessonMs);
		return msOfFrames(placed.find(({ take }) => take === draft)?.cutFrames ?? 0);
	}

	async put(take: LocalTake): Promise<void> {
		this.takes = [...this.takes.filter(({ id }) => id !== take.id), take];
		await this.store?.put($state.snapshot(take));
	}

	/** What is on the server for certain need not be kept here. */
	async reconcile(sent: SentTake[], receivedIds: readonly string[]): Promise<void> {
		this.sent = sent;
		for (const take of this.takes)
			if (take.state === 'kept' && receivedIds.includes(take.id)) await this.#drop(take.id);
	}

	async #drop(id: string): Promise<void> {
		this.takes = this.takes.filter((take) => take.id !== id);
		await this.store?.remove(id);
	}

	/** A draft is accepted: those it covers step aside, and can be called back. */
	async keep(draft: LocalTake): Promise<void> {
		const covered = this.takes.filter(
			(take) => take.id !== draft.id && take.state === 'kept' && isOverlapping(take, draft)
		);
		for (const take of covered) await this.put({ ...take, state: 'replaced' });
		const sent = this.sent.filter((one) => isOverlapping(one, draft)).map(({ id }) => id);
		await this.put({ ...draft, state: 'kept' });
		const local = covered.map(({ id }) => id);
		this.undoable = local.length + sent.length > 0 ? { hides: draft.id, local, sent } : undefined;
	}

	/** A draft goes for good when another is begun; until then it can be called back. */
	async deleteLocal(take: LocalTake): Promise<void> {
		await this.put({ ...take, state: 'deleted' });
		this.undoable = { local: [take.id], sent: [] };
	}

	async deleteSent(id: string): Promise<void> {
		if (await this.#server.remove(id)) this.undoable = { local: [], sent: [id] };
	}

	/** Takes back the last acceptance or deletion. */
	async undo(): Promise<void> {
		const last = this.undoable;
		if (!last) return;
		this.undoable = undefined;
		const hiding = this.takes.find(({ id }) => id === last.hides);
		if (hiding) await this.#drop(hiding.id);
		const isThere = !hiding && this.sent.some(({ id }) => id === last.hides);
		for (const take of this.takes)
			if (last.local.includes(take.id))
				await this.put({ ...take, state: take.state === 'deleted' ? 'draft' : 'kept' });
		// The server has put them aside only if the new one has arrived.
		const isPutAside = (id: string) => isThere || !this.sent.some((one) => one.id === id);
		for (const id of last.sent) if (isPutAside(id)) await this.#server.putBack(id);
	}

	close(): void {
		this.store?.close();
	}
}
