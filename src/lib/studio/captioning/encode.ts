/** Text in the encodings that other programs and older televisions ask for. */
import type { CaptionEncoding } from '#lib/captions/decode.ts';

/** What files are written in; others are only read. */
export const WRITTEN_IN = [
	'utf-8',
	'utf-16le',
	'utf-16be',
	'gb18030'
] as const satisfies readonly CaptionEncoding[];
export type WrittenIn = (typeof WRITTEN_IN)[number];

export const encodeText = (text: string, encoding: WrittenIn): Uint8Array<ArrayBuffer> =>
	encoding === 'utf-8'
		? new Uint8Array(new TextEncoder().encode(text))
		: encoding === 'gb18030'
			? gb18030(text)
			: utf16(text, encoding === 'utf-16le');

function utf16(text: string, isLittle: boolean): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(2 + 2 * text.length);
	const view = new DataView(bytes.buffer);
	view.setUint16(0, 0xfeff, isLittle);
	for (let at = 0; at < text.length; at++)
		view.setUint16(2 + 2 * at, text.charCodeAt(at), isLittle);
	return bytes;
}

let table: Map<number, number[]> | undefined;

/** Browsers read GB18030 and do not write it, so it is written by what they read. */
function tableOf(): Map<number, number[]> {
	if (table) return table;
	table = new Map();
	const decoder = new TextDecoder('gb18030');
	const learn = (bytes: number[]): void => {
		const text = decoder.decode(new Uint8Array(bytes));
		const code = text.codePointAt(0) ?? 0xfffd;
		const isOne = text.length === (code > 0xffff ? 2 : 1) && code !== 0xfffd;
		if (isOne && !table?.has(code)) table?.set(code, bytes);
	};
	for (let lead = 0x81; lead <= 0xfe; lead++)
		for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) learn([lead, trail]);
	// What is left of the first plane has four bytes.
	for (let linear = 0; linear < 39_420; linear++) learn(fourBytes(linear));
	return table;
}

const fourBytes = (linear: number): number[] => [
	0x81 + Math.floor(linear / 12_600),
	0x30 + (Math.floor(linear / 1260) % 10),
	0x81 + (Math.floor(linear / 10) % 126),
	0x30 + (linear % 10)
];

/** The other planes follow each other (GB 18030-2005, from 90 30 81 30). */
const OTHER_PLANES = 189_000;

function gb18030(text: string): Uint8Array<ArrayBuffer> {
	const known = tableOf();
	const bytes: number[] = [];
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		if (code < 0x80) bytes.push(code);
		else if (code > 0xffff) bytes.push(...fourBytes(OTHER_PLANES + code - 0x1_0000));
		else bytes.push(...(known.get(code) ?? [0x3f]));
	}
	return new Uint8Array(bytes);
}
