import type { Scheduler } from './track.ts';

/** How often the clock looks; a position is exact whenever it is read. */
export const TICK_MS = 20;

/** Looks again and again, and once between two looks: a border is met to the frame. */
export class Ticker {
	readonly #scheduler: Scheduler;
	readonly #look: () => void;
	#stop: (() => void) | null = null;
	#hush: (() => void) | null = null;

	constructor(scheduler: Scheduler, look: () => void) {
		this.#scheduler = scheduler;
		this.#look = look;
	}

	start(): void {
		this.#stop ??= this.#scheduler.every(TICK_MS, this.#look);
	}

	stop(): void {
		this.hush();
		this.#stop?.();
		this.#stop = null;
	}

	/** Looks once more, in `inMs`, when that is before a tick would. */
	ring(inMs: number): void {
		this.hush();
		if (!(inMs > 0 && inMs < 1.5 * TICK_MS)) return;
		this.#hush = this.#scheduler.every(inMs, () => {
			this.hush();
			this.#look();
		});
	}

	hush(): void {
		this.#hush?.();
		this.#hush = null;
	}
}
