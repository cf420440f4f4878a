export type CaptionEncoding =
	'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'windows-1252' | 'shift_jis' | 'euc-kr';

/** The bytes are text in none of the encodings we read: a video, a picture, an archive. */
export class NotTextError extends Error {
	override readonly name = 'NotTextError';
}

/** Enough to see the pattern of UTF-16, cheap for any file. */
const PATTERN_BYTES = 65_536;

/**
 * Reads a text that is in Unicode or else in GB18030, which nearly any bytes can be read as. Where
 * other encodings happen too, `encodingsOf` tells them apart and a person decides.
 *
 * Line ends, NUL and normal form stay as they are; only a byte order mark goes.
 *
 * @throws NotTextError if no encoding fits or the result is mostly control characters
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: CaptionEncoding } {
	const certain = byteOrderMark(bytes) ?? utf16WithoutMark(bytes);
	for (const encoding of certain ? [certain] : (['utf-8', 'gb18030'] as const)) {
		const text = decodeStrictly(bytes, encoding);
		if (text === undefined) continue;
		if (isMostlyControl(text)) break;
		return { text, encoding };
	}
	throw new NotTextError('not text in UTF-8, UTF-16 or GB18030');
}

/** The encoding a mark at the beginning names. */
export function byteOrderMark(bytes: Uint8Array): CaptionEncoding | undefined {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	return undefined;
}

/**
 * Times, numbers and line ends are ASCII in every caption file, so in UTF-16 a good part of the
 * high bytes is zero and nearly none of the low ones; in any other encoding zeros are rare.
 */
export function utf16WithoutMark(bytes: Uint8Array): CaptionEncoding | undefined {
	if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
	const end = Math.min(bytes.length, PATTERN_BYTES);
	let even = 0;
	let odd = 0;
	for (let i = 0; i < end; i += 2) {
		if (bytes[i] === 0) even++;
		if (bytes[i + 1] === 0) odd++;
	}
	const enough = end / 2 / 10;
	if (odd > enough && even < odd / 10) return 'utf-16le';
	if (even > enough && odd < even / 10) return 'utf-16be';
	return undefined;
}

/** The text in this encoding; undefined if not all of it is text in it. */
export function decodeStrictly(bytes: Uint8Array, encoding: CaptionEncoding): string | undefined {
	try {
		const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
		// TextDecoder cuts the mark of the Unicode encodings only.
		return encoding === 'gb18030' && text.startsWith('\ufeff') ? text.slice(1) : text;
	} catch (error) {
		// Strict decoding answers with a TypeError; anything else is not about the file.
		if (error instanceof TypeError) return undefined;
		throw error;
	}
}

/** A stray NUL happens in real caption files; one in a hundred characters does not. */
export function isMostlyControl(text: string): boolean {
	let controls = 0;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x20 ? code < 0x09 || code > 0x0d : code >= 0x7f && code < 0xa0) controls++;
	}
	return controls > 3 + text.length / 100;
}
