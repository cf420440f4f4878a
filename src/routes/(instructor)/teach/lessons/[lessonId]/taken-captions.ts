/** A caption file that was looked at, as the page sends it back. */
import * as v from 'valibot';
import { CAPTION_ENCODINGS } from '#lib/captions/encodings.ts';
import { MAX_CAPTION_BYTES } from '#lib/captions/read.ts';
import { CaptionChoice } from '#lib/domain/courses.ts';
import { oneOf } from '#lib/domain/fields.ts';

/** A megabyte, as text that a form can carry. */
const MAX_CAPTION_TEXT = Math.ceil(MAX_CAPTION_BYTES / 3) * 4;

/** With the encoding in which its words were words. */
export const TakenCaptionForm = v.object({
	...CaptionChoice.entries,
	fileName: v.pipe(v.string('required'), v.maxLength(300, 'too_long')),
	encoding: oneOf(CAPTION_ENCODINGS),
	bytes: v.pipe(
		v.string('file_missing'),
		v.maxLength(MAX_CAPTION_TEXT, 'form_too_large'),
		v.base64('file_missing'),
		v.transform((text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)))
	)
});
