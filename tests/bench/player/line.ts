/** The one line behind which all answers of the media server stand, as behind a phone's. */
import { setTimeout as pause } from 'node:timers/promises';

export type Limits = {
	bitsPerSecond: number;
	/** Passes before the first byte of every answer. */
	latencyMs: number;
};

/** What travels at once: at 1.5 Mbit/s 22 ms, so that answers share the line evenly. */
const PIECE_BYTES = 4096;

export class Line {
	#limits: Limits | null = null;
	#isFreeAtMs = 0;

	/** From now on, also for what is under way; null: as fast as it goes. */
	limit(limits: Limits | null): void {
		this.#limits = limits;
		this.#isFreeAtMs = 0;
	}

	async enter(): Promise<void> {
		if (this.#limits) await pause(this.#limits.latencyMs);
	}

	/** The same bytes, each piece in its turn on the line. */
	async *carry(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		for await (const chunk of bytes) {
			for (let at = 0; at < chunk.length;) {
				const piece = this.#limits ? chunk.subarray(at, at + PIECE_BYTES) : chunk.subarray(at);
				await this.#turn(piece.length);
				yield piece;
				at += piece.length;
			}
		}
	}

	async #turn(bytes: number): Promise<void> {
		if (!this.#limits) return;
		const now = performance.now();
		const tookMs = (bytes * 8000) / this.#limits.bitsPerSecond;
		this.#isFreeAtMs = Math.max(now, this.#isFreeAtMs) + tookMs;
		const waitMs = this.#isFreeAtMs - now;
		// Timers are late by about a millisecond; short waits are owed and paid with the next.
		if (waitMs > 2) await pause(waitMs);
	}
}
