/**
 * Which moment of a recording belongs to which moment of the demonstration: both are seen on the
 * page's clock, frame by frame, so that neither the camera's slowness nor the player's counts.
 */
import type { Shown } from './frames.ts';

/** Enough frames for a steady middle, few enough to be known soon. */
const ENOUGH = 15;
/** A demonstration that has moved this much against the clock has stood still in between. */
const UNEVEN_MS = 120;
/** Half of the time between two frames of a camera: what is expected where none was seen. */
const UNSEEN_MS = 17;

const middleOf = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

export class Alignment {
	readonly #partStartMs: number;
	#startedMs: number | undefined;
	#firstTakenMs: number | undefined;
	/** When, by each frame shown, the demonstration stood at the part's beginning. */
	#starts: number[] = [];

	/** @param partStartMs lesson time at which the part begins */
	constructor(partStartMs: number) {
		this.#partStartMs = partStartMs;
	}

	/** The recorder has been started. */
	start(atMs: number): void {
		this.#startedMs = atMs;
	}

	/** The first frame taken after the start is the recording's first. */
	noteCamera({ takenMs }: Shown): void {
		if (this.#startedMs === undefined || takenMs < this.#startedMs) return;
		this.#firstTakenMs ??= takenMs;
	}

	noteDemonstration({ mediaMs, atMs }: Shown): void {
		this.#starts.push(atMs - (mediaMs - this.#partStartMs));
	}

	/** The page's time of the recording's first frame. */
	get recordedFromMs(): number | undefined {
		return this.#firstTakenMs ?? (this.#startedMs && this.#startedMs + UNSEEN_MS);
	}

	/** In the recording's time, when the demonstration stood at the part's beginning. */
	get alignMs(): number | undefined {
		const from = this.recordedFromMs;
		const startMs = middleOf(this.#starts.slice(0, ENOUGH));
		return from === undefined || Number.isNaN(startMs) ? undefined : Math.max(0, startMs - from);
	}

	get isUneven(): boolean {
		const [first, last] = [this.#starts.slice(0, ENOUGH), this.#starts.slice(-ENOUGH)];
		return Math.abs(middleOf(last) - middleOf(first)) > UNEVEN_MS;
	}
}
