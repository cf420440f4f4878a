/** Encodings by the names that other programs give them, and whose text they are mostly found with. */
import type { CaptionEncoding } from '#lib/captions/decode.ts';
import * as m from '#lib/words/compiled/messages.js';

const NAMES: Record<CaptionEncoding, () => string> = {
	'utf-8': () => 'UTF-8',
	'utf-16le': () => 'UTF-16',
	'utf-16be': () => 'UTF-16 BE',
	gb18030: () => m.captioning_encoding_simplified({ name: 'GB18030' }),
	big5: () => m.captioning_encoding_traditional({ name: 'Big5' }),
	'windows-1252': () => m.captioning_encoding_western({ name: 'Windows-1252' }),
	shift_jis: () => m.captioning_encoding_japanese({ name: 'Shift_JIS' }),
	'euc-kr': () => m.captioning_encoding_korean({ name: 'EUC-KR' })
};

export const encodingWord = (encoding: CaptionEncoding): string => NAMES[encoding]();
