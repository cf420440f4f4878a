/** Sends what is kept, one take after the other; a lost line waits, and nothing is lost. */
import type { Refusal } from '../sending.svelte.ts';
import { fetchSender, Sending } from '../sending.svelte.ts';
import { inputOf, type LocalTake } from './local-take.ts';
import type { Shelf } from './shelf.svelte.ts';

/** Without an answer the page asks again, once the server is reached. */
const ASK_AGAIN_MS = 3000;

export class Outbox {
	sending: Sending | undefined = $state.raw();
	takeId: string | undefined = $state();
	refusal: Refusal | undefined = $state();
	readonly #shelf: Shelf;
	readonly #to: { endpoint: string; lessonId: string };
	/** Has the page ask what the server has; false when that gave no answer. */
	readonly #onSent: () => Promise<boolean>;
	#isPaused = false;
	#refusedId: string | undefined;
	/** Have arrived, though the page may not have heard of it from the server yet. */
	#arrivedIds: readonly string[] = [];

	constructor(
		shelf: Shelf,
		to: { endpoint: string; lessonId: string },
		onSent: () => Promise<boolean>
	) {
		this.#shelf = shelf;
		this.#to = to;
		this.#onSent = onSent;
	}

	/** Begins with the next one, unless one is under way or was refused. */
	async pump(): Promise<void> {
		if (!this.#isKept(this.#refusedId)) this.refusal = undefined;
		if (this.takeId !== undefined || this.refusal || this.#isPaused) return;
		const take = this.#shelf.takes.find(
			({ id, state }) => state === 'kept' && !this.#arrivedIds.includes(id)
		);
		if (take) await this.#send(take);
		else void fetchSender().catch(() => undefined);
	}

	async #send(take: LocalTake): Promise<void> {
		this.takeId = take.id;
		const file = await this.#shelf.store?.file(take);
		if (!file || this.takeId !== take.id) return;
		const to = { ...this.#to, kind: 'sign' as const, take: inputOf(take) };
		const sending = new Sending(to, () => void this.#arrived(take.id));
		this.sending = sending;
		await sending.send(file);
	}

	/** Removed here only when the server has said that it has it. */
	async #arrived(takeId: string): Promise<void> {
		// The page may hear of it late: what it asks meanwhile can be older than the last byte.
		this.#arrivedIds = [...this.#arrivedIds, takeId];
		while (!(await this.#onSent()) && !this.#isPaused)
			await new Promise((over) => setTimeout(over, ASK_AGAIN_MS));
		this.#clear();
		await this.pump();
	}

	/**
	 * The server would not have it. Or it has it already: the page was closed before it heard of the
	 * last byte. So it asks, and what has arrived is no longer kept here.
	 */
	async refuse(refusal: Refusal): Promise<void> {
		const { takeId } = this;
		// Who is signed out would only be led away from here.
		if (refusal !== 'signedOut') await this.#onSent();
		if (this.takeId !== takeId) return;
		this.#refusedId = takeId;
		this.refusal = refusal;
		this.#clear();
		await this.pump();
	}

	async retry(): Promise<void> {
		this.refusal = undefined;
		await this.pump();
	}

	/** It is wanted no more. */
	async cancel(takeId: string): Promise<void> {
		if (this.takeId !== takeId) return;
		const { sending } = this;
		this.#clear();
		await sending?.cancel();
		await this.pump();
	}

	leave(): void {
		this.#isPaused = true;
		this.sending?.leave();
	}

	#isKept(takeId: string | undefined): boolean {
		return this.#shelf.takes.some(({ id, state }) => id === takeId && state === 'kept');
	}

	#clear(): void {
		this.sending = undefined;
		this.takeId = undefined;
	}
}
