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
		const take = this.#shelf.takes.find(({ state }) => state === 'kept');
		if (take) await this.#send(take);
	}

	async #send(take: LocalTake): Promise<void> {
		this.takeId = take.id;
		const file = await this.#shelf.store?.file(take);
		if (!file || this.takeId !== take.id) return;
		const to = { ...this.#to, kind: 'sign' as const, take: inputOf(take) };
		const sending = new Sending(to, () => void this.#arrived());
		this.sending = sending;
		await sending.send(file);
	}

	async #arrived(): Promise<void> {
		// Until the server has said that it has it, it is not sent again, nor removed here.
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
