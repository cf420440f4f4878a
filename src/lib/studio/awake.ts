/**
 * Keeps the screen from sleeping: a phone that sleeps stops sending. Where the browser cannot, or
 * may not, nothing happens.
 * @returns lets go again
 */
export function stayAwake(): () => void {
	let isWanted = true;
	let lock: WakeLockSentinel | undefined;

	const ask = async () => {
		if (!isWanted || document.visibilityState !== 'visible') return;
		lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
		if (!isWanted) await lock?.release();
	};
	// The browser takes the lock back whenever the page is hidden.
	document.addEventListener('visibilitychange', ask);
	void ask();

	return () => {
		isWanted = false;
		document.removeEventListener('visibilitychange', ask);
		void lock?.release();
	};
}
