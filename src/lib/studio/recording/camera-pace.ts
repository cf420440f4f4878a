/** Whether a camera gives enough pictures, from its preview, for signs to be followed. */
import type { Shown } from './frames.ts';

/** Fewer frames a second, and signs are missing in between. */
const SLOW_BELOW = 12;
/** A camera that gave nothing for so long before the end has missed it. */
const STALLED_MS = 1500;

export class CameraPace {
	readonly #startedMs: number;
	#lastMs = 0;
	/** Shown so far, those included that the page was too busy to be told of. */
	#count = 0;
	#shownBefore: number | undefined;

	/** @param startedMs the page's time at which the recorder was started */
	constructor(startedMs: number) {
		this.#startedMs = startedMs;
	}

	/** @param shown by the preview; what was taken before the start does not count */
	note({ takenMs, count }: Shown): void {
		if (takenMs < this.#startedMs) return;
		this.#lastMs = takenMs;
		this.#shownBefore ??= (count ?? 1) - 1;
		this.#count = count === undefined ? this.#count + 1 : count - this.#shownBefore;
	}

	/** @param stoppedMs the page's time at which the recorder was stopped */
	isSlow(stoppedMs: number): boolean {
		const perSecond = (this.#count * 1000) / (stoppedMs - this.#startedMs);
		return perSecond < SLOW_BELOW || stoppedMs - this.#lastMs > STALLED_MS;
	}
}
