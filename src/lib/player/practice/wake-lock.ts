/** Keeps the screen awake; where the browser cannot, or will not on a low battery, nothing is said. */

/**
 * The browser lets go whenever the page is hidden, so the lock is taken anew when it is seen again.
 * @returns a function that lets the screen sleep again
 */
export function keepAwake(): () => void {
	let lock: WakeLockSentinel | null = null;
	let isWanted = true;

	async function take(): Promise<void> {
		if (!isWanted || document.hidden || (lock && !lock.released)) return;
		const taken = await navigator.wakeLock?.request('screen').catch(() => null);
		if (!taken) return;
		if (isWanted) lock = taken;
		else await taken.release();
	}
	const seen = (): void => void take();

	document.addEventListener('visibilitychange', seen);
	seen();
	return () => {
		isWanted = false;
		document.removeEventListener('visibilitychange', seen);
		void lock?.release();
	};
}
