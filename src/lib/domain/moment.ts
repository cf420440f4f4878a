/** Moments of a film as people write them: minutes and seconds. */
import * as v from 'valibot';

const WRITTEN = /^(?:(?:\d{1,2}:)?\d{1,2}:)?\d{1,4}(?:\.\d{1,3})?$/;
/** Keyboards for Chinese give wide colons and dots. */
const narrow = (text: string): string =>
	text
		.trim()
		.replaceAll('：', ':')
		.replaceAll(/[．。]/g, '.');

/** "1:05", "65", "1:05.5" or "0:01:05" in whole milliseconds; undefined for anything else. */
export function momentMs(text: string): number | undefined {
	const written = narrow(text);
	if (!WRITTEN.test(written)) return undefined;
	return Math.round(written.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000);
}

/** 65500 → "1:05.5"; nothing is lost that `momentMs` could not read back. */
export function momentText(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const [hours = 0, minutes = 0, rest = 0] = parts;
	const rounded = hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
	const beyond = String(ms % 1000)
		.padStart(3, '0')
		.replace(/0+$/, '');
	return beyond === '' ? rounded : `${rounded}.${beyond}`;
}

/** As `momentMs`, but a minus before it means earlier than the beginning. */
export function signedMomentMs(text: string): number | undefined {
	const [, minus, rest = ''] = /^\s*([-−－–]?)(.*)$/s.exec(text) ?? [];
	const ms = momentMs(rest);
	return ms === undefined || !minus ? ms : 0 - ms;
}

/** −2500 → "-0:02.5"; what `signedMomentMs` reads back. */
export const signedMomentText = (ms: number): string =>
	ms < 0 ? `-${momentText(-ms)}` : momentText(ms);

/** The same as a field of a form. */
export const moment = v.pipe(
	v.string('required'),
	v.transform((text) => momentMs(text) ?? Number.NaN),
	v.number('time_odd')
);
