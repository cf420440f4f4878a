/** Building blocks of the input schemas: each message is a problem code with its own words. */
import * as v from 'valibot';

export const MAX_NAME = 60;
export const MAX_TITLE = 80;
export const MAX_SUMMARY = 600;
export const MAX_REASON = 300;
export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 200;

/** A line of text: trimmed, no control characters, 1 to `max` characters. */
export const line = (max: number) =>
	v.pipe(
		v.string('required'),
		v.trim(),
		v.minLength(1, 'required'),
		v.maxLength(max, 'too_long'),
		v.regex(/^[^\p{Cc}]*$/u, 'odd_characters')
	);

/** Several lines of text, 0 to `max` characters; line ends become \n. */
export const lines = (max: number) =>
	v.pipe(
		v.optional(v.string('required'), ''),
		v.transform((text) => text.replaceAll('\r\n', '\n').trim()),
		v.maxLength(max, 'too_long'),
		v.regex(/^[^\p{Cc}\n\t]*(?:[\n\t][^\p{Cc}\n\t]*)*$/u, 'odd_characters')
	);

/** An id of ours. */
export const id = v.pipe(v.string('required'), v.uuid('not_found'));

/** Whether a text from an address is an id of ours. */
export const isId = (text: string): boolean => v.is(id, text);

/** A form that says nothing but which one. */
export const IdForm = v.object({ id });

/** The revision a page was made from, as its form sends it back; anything odd counts as stale. */
export const revision = v.pipe(
	v.string('stale'),
	v.regex(/^[1-9]\d{0,8}$/, 'stale'),
	v.transform((text) => Number(text))
);

/** One of a list. */
export const oneOf = <const T extends readonly [string, ...string[]]>(options: T) =>
	// No radio button pressed, and the browser sends no field at all.
	v.optional(v.picklist(options, 'choose_one'), '' as T[number]);

/** An address on the web; nothing else may be linked to. */
export const webAddress = v.pipe(
	v.string('required'),
	v.trim(),
	v.minLength(1, 'required'),
	v.maxLength(500, 'too_long'),
	v.url('not_an_address'),
	v.regex(/^https?:\/\//i, 'not_an_address')
);

/**
 * An identity card's number has 18 characters, a disability certificate's the same and 2 more.
 * Neither is ever asked for; where somebody writes one all the same, it is not stored.
 */
const PERSONAL_NUMBER = /(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?:[ -]?\d{2})?(?!\d)/;
export const withoutPersonalNumber = v.check<string, 'personal_number'>(
	(text) => !PERSONAL_NUMBER.test(text.normalize('NFKC')),
	'personal_number'
);
