/** The films of signs that this device holds for one person and course, until the server has them. */
import type { LocalTake } from '../recording/local-take.ts';
import {
	heldAfter,
	openTakeStore,
	type TakeChange,
	type TakeStore
} from '../recording/take-store.ts';
import { type ClipOnItsWay, sendClip, type SendingFault } from './send-clip.ts';

/** Lengths are its own; the places in a lesson that a take has are 0. */
export type LocalClip = LocalTake & { termId: string };
export type ClipRefusal = { clipId: string; isSignedOut: boolean; text?: string };

const RETRY_MS = [1000, 2000, 5000, 10_000];
const isClip = (take: LocalTake): take is LocalClip => take.termId !== undefined;

export class SignShelf {
	clips: LocalClip[] = $state.raw([]);
	isOpen = $state(false);
	/** The device keeps nothing for us. */
	isAbsent = $state(false);
	sendingId: string | undefined = $state();
	/** Of the one on its way, 0 to 1. */
	share = $state(0);
	isOffline = $state(false);
	refusal: ClipRefusal | undefined = $state.raw();
	undoable: string | undefined = $state();
	store: TakeStore | undefined;
	readonly owner: string;
	readonly #hrefOf: (termId: string, clipId: string) => string;
	readonly #onSent: () => Promise<unknown>;
	#onItsWay: ClipOnItsWay | undefined;
	/** The try that counts: what an earlier one still has to say is nobody's affair. */
	#attempt = 0;
	#failures = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	constructor(
		owner: string,
		hrefOf: (termId: string, clipId: string) => string,
		onSent: () => Promise<unknown>
	) {
		this.owner = owner;
		this.#hrefOf = hrefOf;
		this.#onSent = onSent;
	}

	/** Takes up what an earlier visit left, also in the middle of a film, and sends what was kept. */
	async open(): Promise<void> {
		try {
			this.store = await openTakeStore();
			for (const clip of (await this.store.all(this.owner)).filter(isClip)) {
				const isOver = clip.state === 'deleted' || clip.state === 'replaced';
				if (isOver || clip.sizeBytes === 0) await this.store.remove(clip.id);
				else await this.put(clip.state === 'recording' ? { ...clip, state: 'draft' } : clip);
			}
		} catch {
			this.isAbsent = true;
		}
		this.isOpen = true;
		this.store?.watch((change) => void this.#hear(change));
		window.addEventListener('online', this.#goOn);
		void this.pump();
	}

	/** What another page takes out, or puts back, is the same here. */
	async #hear(change: TakeChange): Promise<void> {
		const held = await heldAfter(change, this.store, this.owner, () => this.clips);
		if (!held) return;
		if (change.state === 'deleted') this.#leaveOut(change.id);
		else this.clips = held.filter(isClip);
		void this.pump();
	}

	#leaveOut(id: string): void {
		if (this.sendingId === id) this.#stop();
		if (this.refusal?.clipId === id) this.refusal = undefined;
		this.clips = this.clips.filter((clip) => clip.id !== id);
	}

	close(): void {
		window.removeEventListener('online', this.#goOn);
		clearTimeout(this.#retry);
		this.#stop();
		this.store?.close();
		this.store = undefined;
	}

	/** What this device holds for a word: a film to be looked at before one that is kept. */
	of(termId: string): LocalClip | undefined {
		const mine = this.clips.filter((clip) => clip.termId === termId);
		const inState = (wanted: LocalClip['state']) => mine.findLast(({ state }) => state === wanted);
		return inState('draft') ?? inState('kept');
	}

	async put(clip: LocalClip): Promise<void> {
		this.clips = [...this.clips.filter(({ id }) => id !== clip.id), clip];
		await this.store?.put(clip);
	}

	/** A new film to be looked at; one before it that was not kept goes. */
	async draft(clip: LocalClip): Promise<void> {
		this.undoable = undefined;
		const others = this.clips.filter(
			(one) => one.termId === clip.termId && one.id !== clip.id && one.state !== 'kept'
		);
		for (const { id } of others) await this.#drop(id);
		await this.put({ ...clip, state: 'draft' });
	}

	/** It is good: it goes to the server, in place of one that waits. */
	async keep(clip: LocalClip): Promise<void> {
		const before = this.clips.filter(
			(one) => one.termId === clip.termId && one.state === 'kept' && one.id !== clip.id
		);
		for (const one of before) await this.#takeBack(one.id);
		this.undoable = undefined;
		await this.put({ ...clip, state: 'kept' });
		void this.pump();
	}

	/** Can be undone until another film is made. */
	async discard(clip: LocalClip): Promise<void> {
		if (this.refusal?.clipId === clip.id) this.refusal = undefined;
		if (this.sendingId === clip.id) this.#stop();
		await this.put({ ...clip, state: 'deleted' });
		this.undoable = clip.id;
		void this.pump();
	}

	async undo(): Promise<void> {
		const clip = this.clips.find(({ id }) => id === this.undoable);
		this.undoable = undefined;
		if (clip) await this.put({ ...clip, state: 'draft' });
	}

	/** Sends the next one that is kept, unless one is on its way, waited for or refused. */
	async pump(): Promise<void> {
		if (this.sendingId !== undefined) return;
		const clip = this.clips.find(
			({ state, id }) => state === 'kept' && id !== this.refusal?.clipId
		);
		if (!clip || !this.store) return;
		const attempt = ++this.#attempt;
		const isOver = () => attempt !== this.#attempt;
		this.sendingId = clip.id;
		this.share = 0;
		const file = await this.store.file(clip);
		if (isOver()) return;
		this.#onItsWay = sendClip(this.#hrefOf(clip.termId, clip.id), file, (share) => {
			this.share = share;
			this.isOffline = false;
		});
		try {
			await this.#onItsWay.sent;
		} catch (fault) {
			if (!isOver()) this.#failed(clip, fault as SendingFault);
			return;
		}
		this.#failures = 0;
		this.isOffline = false;
		// The page knows of it before it is gone from here: it is never nowhere.
		await this.#onSent();
		await this.#drop(clip.id);
		if (isOver()) return;
		this.sendingId = undefined;
		void this.pump();
	}

	#failed(clip: LocalClip, { isPassing, isSignedOut, text }: SendingFault): void {
		if (isPassing) {
			this.isOffline = true;
			this.#retry = setTimeout(this.#goOn, RETRY_MS[this.#failures] ?? RETRY_MS.at(-1));
			this.#failures += 1;
			return;
		}
		this.refusal = { clipId: clip.id, isSignedOut, text };
		this.sendingId = undefined;
	}

	#goOn = (): void => {
		if (!this.isOffline) return;
		this.#stop();
		void this.pump();
	};

	#stop(): void {
		clearTimeout(this.#retry);
		this.#attempt += 1;
		this.sendingId = undefined;
		this.#onItsWay?.abort();
	}

	async retry(): Promise<void> {
		this.refusal = undefined;
		await this.pump();
	}

	async #takeBack(id: string): Promise<void> {
		this.#leaveOut(id);
		await this.#drop(id);
	}

	async #drop(id: string): Promise<void> {
		this.clips = this.clips.filter((clip) => clip.id !== id);
		await this.store?.remove(id);
	}
}
