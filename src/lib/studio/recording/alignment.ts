/**
 * Which moment of a recording belongs to which moment of the demonstration: both are seen on the
 * page's clock, frame by frame, so that neither the camera's slowness nor the player's counts.
 */
import { CameraPace } from './camera-pace.ts';
import type { Shown } from './frames.ts';

/** Enough frames for a steady middle, few enough to be known soon. */
const ENOUGH = 15;
/** A demonstration that has moved this much against the clock has stood still in between. */
const UNEVEN_MS = 120;
/** Half of the time between two frames of a camera: what is expected where none was seen. */
const UNSEEN_MS = 17;
/** So many frames of the camera tell its pace. */
const PACE_FRAMES = 45;
/** Starting keeps a page busy for this many frames; a longer gap is the camera's own. */
const MISSED_MOST = 4;

const middleOf = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

export class Alignment {
	readonly #partStartMs: number;
	#startedMs: number | undefined;
	/** When frames were taken: the last before the start, the first after it. */
	#before: number[] = [];
	#after: number[] = [];
	/** When, by each frame shown, the demonstration stood at the part's beginning. */
	#starts: number[] = [];
	/** Since the start. */
	#pace: CameraPace | undefined;
	#begin: () => void = () => undefined;
	/** A frame of the recording has been seen. */
	readonly begun = new Promise<void>((resolve) => (this.#begin = resolve));

	/** @param partStartMs lesson time at which the part begins */
	constructor(partStartMs: number) {
		this.#partStartMs = partStartMs;
	}

	/** The recorder has been started. */
	start(atMs: number): void {
		this.#startedMs = atMs;
		this.#pace = new CameraPace(atMs);
	}

	noteCamera(shown: Shown): void {
		const { takenMs } = shown;
		if (this.#startedMs === undefined || takenMs < this.#startedMs)
			this.#before = [...this.#before, takenMs].slice(-PACE_FRAMES);
		else {
			this.#pace?.note(shown);
			if (this.#after.length < PACE_FRAMES) this.#after.push(takenMs);
		}
		if (this.#after.length > 0) this.#begin();
	}

	noteDemonstration({ mediaMs, atMs }: Shown): void {
		this.#starts.push(atMs - (mediaMs - this.#partStartMs));
	}

	/**
	 * The page's time of the recording's first frame: the first taken after the start. A page that is
	 * busy starting does not see every frame; the camera's pace tells those it has missed.
	 */
	get recordedFromMs(): number | undefined {
		const startedMs = this.#startedMs;
		const [seenMs] = this.#after;
		if (startedMs === undefined) return undefined;
		if (seenMs === undefined) return startedMs + UNSEEN_MS;
		const lastMs = this.#before.at(-1);
		const taken = [...this.#before, ...this.#after];
		const paceMs = middleOf(taken.slice(1).map((atMs, index) => atMs - (taken[index] ?? atMs)));
		if (lastMs === undefined || !(paceMs > 0)) return seenMs;
		const missed = Math.round((seenMs - lastMs) / paceMs) - 1;
		const fitting = Math.floor((seenMs - startedMs) / paceMs);
		return missed > MISSED_MOST ? seenMs : seenMs - Math.min(missed, fitting) * paceMs;
	}

	/** In the recording's time, when the demonstration stood at the part's beginning; soon known. */
	get alignMs(): number | undefined {
		return this.#alignedBy(this.#starts.slice(0, ENOUGH));
	}

	/** The same by all that was shown: where the demonstration stumbled, it is off by half of that. */
	get settledMs(): number | undefined {
		return this.#alignedBy(this.#starts);
	}

	#alignedBy(starts: readonly number[]): number | undefined {
		const from = this.recordedFromMs;
		const startMs = middleOf(starts);
		return from === undefined || Number.isNaN(startMs) ? undefined : Math.max(0, startMs - from);
	}

	/**
	 * Whether the camera gave too little for signs to be followed.
	 * @param stoppedMs the page's time at which the recorder was stopped
	 */
	isSlow(stoppedMs: number): boolean {
		return this.#pace?.isSlow(stoppedMs) ?? false;
	}

	get isUneven(): boolean {
		const [first, last] = [this.#starts.slice(0, ENOUGH), this.#starts.slice(-ENOUGH)];
		return Math.abs(middleOf(last) - middleOf(first)) > UNEVEN_MS;
	}
}
