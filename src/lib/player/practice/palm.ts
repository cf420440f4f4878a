/** What makes a button safe for a hand that trembles, drips or taps twice. */

/** A second tap sooner than this is meant as the first. */
const CALM_MS = 700;

/**
 * @param now a clock in ms
 * @returns a function that is true for a tap after a calm, and false for one that follows another
 */
export function calmTaps(now: () => number = () => performance.now()): () => boolean {
	let lastMs = -Infinity;
	return () => {
		const isCalm = now() - lastMs >= CALM_MS;
		lastMs = now();
		return isCalm;
	};
}
