/** Sends what is kept, one take after the other; a lost line waits, and nothing is lost. */
import type { Refusal } from '../sending.svelte.ts';
import { Sending } from '../sending.svelte.ts';
import { inputOf, type LocalTake } from './local-take.ts';
import type { Shelf } from './shelf.svelte.ts';

export class Outbox {
	sending: Sending | undefined = $state.raw();
	takeId: string | undefined = $state();
	refusal: Refusal | undefined = $state();
	readonly #shelf: Shelf;
	readonly #to: { endpoint: string; lessonId: string };
	readonly #onSent: () => Promise<void>;
	#isPaused = false;
	/** Have arrived, though the page may not have heard of it from the server yet. */
	#arrivedIds: readonly string[] = [];

	constructor(
		shelf: Shelf,
		to: { endpoint: string; lessonId: string },
		onSent: () => Promise<void>
	) {
		this.#shelf = shelf;
		this.#to = to;
		this.#onSent = onSent;
	}

	/** Begins with the next one, unless one is under way or was refused. */
	async pump(): Promise<void> {
		if (this.takeId !== undefined || this.refusal || this.#isPaused) return;
		const take = this.#shelf.takes.find(
			({ id, state }) => state === 'kept' && !this.#arrivedIds.includes(id)
		);
		if (take) await this.#send(take);
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
		await this.#onSent();
		this.#clear();
		await this.pump();
	}

	/** The server would not have it. */
	refuse(refusal: Refusal): void {
		this.refusal = refusal;
		this.#clear();
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

	#clear(): void {
		this.sending = undefined;
		this.takeId = undefined;
	}
}
