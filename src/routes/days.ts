import { TIME_ZONE as timeZone } from '#lib/domain/days.ts';

/** An instant's day, in words: 2026年11月23日. */
export const day = (instant: string, language: string): string =>
	new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(new Date(instant));

/** Day and minute: 2026年11月23日 14:05. */
export const minute = (instant: string, language: string): string =>
	new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
		new Date(instant)
	);

/** A day that has no hour (2026-11-23), in words. */
export const dayOnly = (date: string, language: string): string =>
	new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));

/** A month (2026-11), in words. */
export const monthOnly = (month: string, language: string): string =>
	new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
		new Date(`${month}-01`)
	);
