/** The viewer's choices, kept for the next device. This one remembers them by itself. */
import type { Settings } from '#lib/player/model.ts';

/** While somebody tries sizes and colours, only the last counts. */
const QUIET_MS = 1500;

let waiting: Settings | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function keepSettings(settings: Settings): void {
	waiting = settings;
	clearTimeout(timer);
	timer = setTimeout(sendSettings, QUIET_MS);
}

/** At once: who leaves right after a choice has made it all the same. */
export function sendSettings(): void {
	if (!waiting) return;
	const body = JSON.stringify(waiting);
	waiting = undefined;
	// Not reached: this device still has them, and sends them with the next change.
	fetch('/learn/player-settings', {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/json' },
		keepalive: true
	}).catch(() => undefined);
}
