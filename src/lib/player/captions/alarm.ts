/** When a sound that matters may flash: seldom enough to harm nobody (WCAG 2.3.1). */

/** Three times on and off, twice a second; the style sheet says the same. */
export const ALARM_MS = 1500;

/**
 * Lets an alarm begin, unless the last is still on: cues that come and go quickly then flash no
 * faster than one. Times in ms of any steady clock.
 */
export function alarmGuard(): (nowMs: number) => boolean {
	let untilMs = -Infinity;
	return (nowMs) => {
		if (nowMs < untilMs) return false;
		untilMs = nowMs + ALARM_MS;
		return true;
	};
}
