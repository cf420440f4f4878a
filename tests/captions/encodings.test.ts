/** In which encoding a file was saved, told by its text; and what is shown of it before it is taken. */
import { describe, expect, test } from 'vitest';
import type { CaptionEncoding } from '#lib/captions/decode.ts';
import { encodingsOf } from '#lib/captions/encodings.ts';
import { lookAt } from '#lib/captions/look.ts';
import { readCaptions } from '#lib/captions/read.ts';
import { encodeText } from '#lib/studio/captioning/encode.ts';
import { srt } from '../support/captions.ts';

/** Nothing here writes these, so each letter is looked for among the bytes that are read as it. */
function written(text: string, encoding: 'big5' | 'windows-1252' | 'shift_jis' | 'euc-kr') {
	const decoder = new TextDecoder(encoding);
	const table = new Map<string, number[]>();
	const learn = (...bytes: number[]) => {
		const letter = decoder.decode(Uint8Array.from(bytes));
		if (!table.has(letter)) table.set(letter, bytes);
	};
	for (let one = 0; one < 256; one++) learn(one);
	if (encoding !== 'windows-1252')
		for (let lead = 0x81; lead < 0xff; lead++)
			for (let trail = 0x40; trail < 0xff; trail++) learn(lead, trail);
	return Uint8Array.from([...text].flatMap((letter) => table.get(letter) ?? [0x3f]));
}

const SIMPLIFIED = [
	'先把糖浆和枧水搅匀。',
	'面粉过筛，慢慢倒进去。',
	'揉成面团，盖好，等二十分钟。'
];
const TRADITIONAL = [
	'先把糖漿和鹼水攪勻。',
	'麵粉過篩，慢慢倒進去。',
	'揉成麵團，蓋好，等二十分鐘。'
];
const FRENCH = [
	'D’abord, mélangez le sirop.',
	'Pétrissez la pâte à la main.',
	'Laissez reposer : ça lève.'
];
const GERMAN = [
	'Zuerst die Hände waschen.',
	'Das Mehl dazugeben und rühren.',
	'20 Minuten bei 200° backen.'
];
const JAPANESE = [
	'まず手を洗います。',
	'小麦粉にシロップを入れます。',
	'生地を丸めて、二十分休ませます。'
];
const KOREAN = ['먼저 손을 씻습니다.', '밀가루에 시럽을 넣으세요.', '반죽을 이십 분 동안 둡니다.'];

const FILES: [string, CaptionEncoding, string[], Uint8Array][] = [
	['Chinese from here', 'gb18030', SIMPLIFIED, encodeText(srt(SIMPLIFIED), 'gb18030')],
	['Chinese from Taiwan', 'big5', TRADITIONAL, written(srt(TRADITIONAL), 'big5')],
	['French', 'windows-1252', FRENCH, written(srt(FRENCH), 'windows-1252')],
	['German', 'windows-1252', GERMAN, written(srt(GERMAN), 'windows-1252')],
	['Japanese', 'shift_jis', JAPANESE, written(srt(JAPANESE), 'shift_jis')],
	['Korean', 'euc-kr', KOREAN, written(srt(KOREAN), 'euc-kr')]
];

describe('a file that says nothing of its encoding', () => {
	test.each(FILES)('%s is likeliest %s, and shown in its words', (_, encoding, lines, bytes) => {
		expect(encodingsOf(bytes)[0]).toBe(encoding);
		const looked = lookAt(bytes);
		if (!looked.ok) throw new Error('it was refused');
		const [first, ...others] = looked.looks;
		const telling = lines.filter((line) => /[^\x00-\x7f]/.test(line));
		expect(first).toEqual({ encoding, cueCount: 3, firstWords: telling });
		for (const other of others) expect(other.firstWords).not.toEqual(first.firstWords);
	});

	test.each(FILES)('%s in one short caption is told too', (_, encoding, lines) => {
		const [, second = ''] = lines;
		const text = srt([second]);
		const bytes =
			encoding === 'gb18030' ? encodeText(text, encoding) : written(text, encoding as 'big5');
		expect(encodingsOf(bytes)[0]).toBe(encoding);
	});

	test('can be read in another that somebody chooses, and in no other way than that', () => {
		const bytes = written(srt(TRADITIONAL), 'big5');
		const read = readCaptions(bytes, 'big5');
		expect(read.ok && read.track.cues[0]?.text).toBe(TRADITIONAL[0]);
		const garbled = readCaptions(bytes, 'windows-1252');
		expect(garbled.ok && garbled.track.cues[0]?.text).not.toBe(TRADITIONAL[0]);
		expect(readCaptions(bytes, 'utf-8')).toMatchObject({ ok: false });
	});
});

test('where it is certain, nothing else is offered', () => {
	const text = srt(SIMPLIFIED);
	for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
		expect(encodingsOf(encodeText(text, encoding))).toEqual([encoding]);
		const looked = lookAt(encodeText(text, encoding));
		expect(looked.ok && looked.looks.map((one) => one.encoding)).toEqual([encoding]);
	}
	expect(
		encodingsOf(new TextEncoder().encode('1\n00:00:01,000 --> 00:00:02,000\nflour\n'))
	).toEqual(['utf-8']);
});

test('no text is no captions in any encoding', () => {
	const png = Uint8Array.from([
		0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 1, 2
	]);
	expect(lookAt(png)).toMatchObject({ ok: false, problems: [{ code: 'notCaptions' }] });
});

test('what an ASS file is, is said, so that it can be saved as another', () => {
	const ass =
		'[Script Info]\nScriptType: v4.00+\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,x,,0,0,0,,揉面\n';
	for (const encoding of ['utf-8', 'utf-16le', 'gb18030'] as const)
		expect(lookAt(encodeText(ass, encoding))).toMatchObject({
			...{ ok: false, problems: [{ code: 'subStation' }] }
		});
});
