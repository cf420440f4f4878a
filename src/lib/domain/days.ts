/** The association's days, not the server's: what is signed in the evening carries that day's date. */
export const TIME_ZONE = 'Asia/Shanghai';

/** An instant's day there: 2026-11-23. */
export const dayOf = (instant: string): string =>
	// Sweden writes days as ISO 8601 does.
	new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(new Date(instant));
