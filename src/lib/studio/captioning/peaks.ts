/** How loud the sound is, moment by moment: seen, it tells where something is said or struck. */

/** So many a second. */
export const PEAKS_PER_SECOND = 20;
/** Loudness needs no more. */
const RATE = 8000;
/** Decoded, an hour would fill a phone's memory. */
const LONGEST_MS = 40 * 60_000;

/** @returns 0 to 1 each; undefined where the sound cannot be had or is too long */
export async function fetchPeaks(
	src: string,
	durationMs: number
): Promise<Float32Array | undefined> {
	if (durationMs > LONGEST_MS) return undefined;
	try {
		const answer = await fetch(src);
		if (!answer.ok) return undefined;
		const context = new OfflineAudioContext(1, 1, RATE);
		const sound = await context.decodeAudioData(await answer.arrayBuffer());
		return peaksOf(sound.getChannelData(0), sound.sampleRate);
	} catch {
		// Only a help for the eyes; without it the strip shows pictures.
		return undefined;
	}
}

export function peaksOf(samples: Float32Array, sampleRate: number): Float32Array {
	const step = Math.round(sampleRate / PEAKS_PER_SECOND);
	const peaks = new Float32Array(Math.ceil(samples.length / step));
	let most = 0.02;
	for (let at = 0; at < samples.length; at++) {
		const value = Math.abs(samples[at] ?? 0);
		const slot = Math.floor(at / step);
		if (value > (peaks[slot] ?? 0)) peaks[slot] = value;
		if (value > most) most = value;
	}
	return peaks.map((peak) => peak / most);
}
