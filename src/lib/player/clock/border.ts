import { lastMiddleBefore } from './frames.ts';

/** Timers ring late, seldom early. */
const EARLY_MS = 3;

/** A lesson time that play does not pass without asking what is next. */
export class Border {
	#aimMs = Infinity;
	#reached: (() => void) | null = null;

	/** Infinity: nothing is in the way. */
	set(atMs: number, reached: () => void): void {
		this.#aimMs = lastMiddleBefore(atMs);
		this.#reached = reached;
	}

	leftMs(atMs: number): number {
		return this.#aimMs - atMs;
	}

	/** Asks once; false when it is not reached. */
	ask(atMs: number): boolean {
		if (this.leftMs(atMs) > EARLY_MS) return false;
		const reached = this.#reached;
		this.set(Infinity, () => undefined);
		reached?.();
		return true;
	}
}
