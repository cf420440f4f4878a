/** How much more can be recorded on this device. */

/** What the recorder is asked for, and a little more for its container. */
export const BITS_PER_SECOND = 4_000_000;
const BYTES_PER_MINUTE = (BITS_PER_SECOND / 8) * 60 * 1.05;

/** Minutes of recording; undefined where the browser does not tell. */
export async function minutesLeft(): Promise<number | undefined> {
	const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
	if (estimate?.quota === undefined) return undefined;
	return Math.floor(Math.max(0, estimate.quota - (estimate.usage ?? 0)) / BYTES_PER_MINUTE);
}

/** Asks the browser not to clear what is recorded when the device runs full. */
export async function askToStay(): Promise<void> {
	await navigator.storage?.persist?.().catch(() => false);
}
