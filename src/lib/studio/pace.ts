/** Over how long the speed is taken: shorter jumps about, longer hides that it has changed. */
const WINDOW_MS = 8000;
const SETTLING_MS = 1500;

type Sample = { bytes: number; atMs: number };

/** How fast bytes leave, from what has left when. */
export class Pace {
	#samples: Sample[] = [];

	/** @param bytes sent in all, so far */
	note(bytes: number, atMs: number): void {
		const last = this.#samples.at(-1);
		// A piece is sent once more after a lost connection.
		if (last && bytes < last.bytes) this.#samples = [];
		this.#samples.push({ bytes, atMs });
		const tooOld = this.#samples.findIndex((sample) => sample.atMs >= atMs - WINDOW_MS);
		this.#samples.splice(0, Math.max(0, tooOld));
	}

	/** Undefined until it means something. */
	get bytesPerSecond(): number | undefined {
		const [first, last] = [this.#samples[0], this.#samples.at(-1)];
		if (!first || !last || last.atMs - first.atMs < SETTLING_MS) return undefined;
		return ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000;
	}
}

export type TimeLeft =
	| { unit: 'seconds'; count: number }
	| { unit: 'minutes'; count: number }
	| { unit: 'hours'; hours: number; minutes: number };

/** As a person says it: seconds by fives, then minutes, then hours and minutes; never too little. */
export function timeLeft(bytes: number, bytesPerSecond: number): TimeLeft | undefined {
	if (!(bytesPerSecond > 0)) return undefined;
	const seconds = bytes / bytesPerSecond;
	if (seconds <= 55) return { unit: 'seconds', count: Math.max(5, Math.ceil(seconds / 5) * 5) };
	const minutes = Math.ceil(seconds / 60);
	if (minutes < 60) return { unit: 'minutes', count: minutes };
	return { unit: 'hours', hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}
