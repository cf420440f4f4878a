/** The viewer's choices, kept for the next device. This one remembers them by itself. */
import type { Settings } from '#lib/player/model.ts';

/** While somebody tries sizes and colours, only the last counts. */
const QUIET_MS = 1500;

let timer: ReturnType<typeof setTimeout> | undefined;

export function keepSettings(settings: Settings): void {
	clearTimeout(timer);
	timer = setTimeout(() => {
		// Not reached: this device still has them, and sends them with the next change.
		fetch('/learn/player-settings', {
			method: 'POST',
			body: JSON.stringify(settings),
			headers: { 'content-type': 'application/json' },
			keepalive: true
		}).catch(() => undefined);
	}, QUIET_MS);
}
