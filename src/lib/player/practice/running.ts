/** How timers lie in storage: small, so that a page can ask for them before it loads the rest. */

export type Timer = {
	/** A step's own timer bears the step's id, so that it cannot be started twice. */
	id: string;
	/** What is being waited for; may be empty. */
	label: string;
	totalMs: number;
	/** By the wall clock, so that it is right after the phone slept; null while it stands. */
	endsAtMs: number | null;
	/** What was left when it was made to stand. */
	leftMs: number;
};

/** Nobody wants to be alarmed tomorrow about today's oven. */
const FORGOTTEN_AFTER_MS = 12 * 3_600_000;

function isTimer(value: unknown): value is Timer {
	if (typeof value !== 'object' || value === null) return false;
	const { id, label, totalMs, endsAtMs, leftMs } = value as Record<string, unknown>;
	const isNumber = (n: unknown): boolean => Number.isFinite(n);
	return (
		typeof id === 'string' &&
		typeof label === 'string' &&
		isNumber(totalMs) &&
		isNumber(leftMs) &&
		(endsAtMs === null || isNumber(endsAtMs))
	);
}

/** Where the timers of a lesson lie; other things are kept under the lesson's key too. */
export const timersKey = (storageKey: string): string => `timers:${storageKey}`;

/** The timers kept under `storageKey`; none when storage is refused or holds something else. */
export function storedTimers(storageKey: string, nowMs = Date.now()): Timer[] {
	try {
		const stored: unknown = JSON.parse(localStorage.getItem(timersKey(storageKey)) ?? '[]');
		if (!Array.isArray(stored)) return [];
		return stored
			.filter(isTimer)
			.filter(({ endsAtMs }) => endsAtMs === null || endsAtMs > nowMs - FORGOTTEN_AFTER_MS);
	} catch {
		return [];
	}
}

/** Whether anything is running, standing, or over and not yet seen. */
export const hasRunning = (storageKey: string, nowMs = Date.now()): boolean =>
	storedTimers(storageKey, nowMs).length > 0;
