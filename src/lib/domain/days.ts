/** The association's days, not the server's: what is signed in the evening carries that day's date. */
export const TIME_ZONE = 'Asia/Shanghai';
const DAY_MS = 24 * 60 * 60_000;

/** An instant's day there: 2026-11-23. */
export const dayOf = (instant: string): string =>
	// Sweden writes days as ISO 8601 does.
	new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(new Date(instant));

/** A day so many days after another: '2026-11-28' and 5 are '2026-12-03'. */
export const addDays = (day: string, count: number): string =>
	new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

/** When a day begins there; China sets no clock forward or back. */
export const startOf = (day: string): string => new Date(`${day}T00:00:00+08:00`).toISOString();

/** An instant's month there: 2026-11. */
export const monthOf = (instant: string): string => dayOf(instant).slice(0, 7);

/** The first day of the month after it. */
export const endOfMonth = (month: string): string => {
	const [year = 0, number = 0] = month.split('-').map(Number);
	return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
};
export const monthAfter = (month: string): string => endOfMonth(month).slice(0, 7);
export const monthBefore = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7);
