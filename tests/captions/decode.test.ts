import { describe, expect, test } from 'vitest';
import { decodeText, NotTextError } from '#lib/captions/decode.ts';

const SRT = '1\r\n00:00:01,000 --> 00:00:02,500\r\n月饼\r\n';
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, isLittle: boolean) => {
	const view = new DataView(new ArrayBuffer(text.length * 2));
	for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), isLittle);
	return new Uint8Array(view.buffer);
};
const joined = (...parts: (Uint8Array | number[])[]) =>
	Uint8Array.from(parts.flatMap((p) => [...p]));

describe('a caption file is read in the encoding it was saved in', () => {
	test.each([
		['UTF-8', utf8(SRT), 'utf-8'],
		['UTF-8 with a byte order mark', joined([0xef, 0xbb, 0xbf], utf8(SRT)), 'utf-8'],
		['UTF-16LE with a mark', joined([0xff, 0xfe], utf16(SRT, true)), 'utf-16le'],
		['UTF-16BE with a mark', joined([0xfe, 0xff], utf16(SRT, false)), 'utf-16be'],
		['UTF-16LE without a mark', utf16(SRT, true), 'utf-16le'],
		['UTF-16BE without a mark', utf16(SRT, false), 'utf-16be']
	])('%s', (_, bytes, encoding) => {
		expect(decodeText(bytes)).toEqual({ text: SRT, encoding });
	});

	test('GB18030, two and four bytes a character, as Chinese Windows saves it', () => {
		const bytes = joined(
			utf8('WEBVTT\n\n00:01.000 --> 00:02.000\n'),
			[0xd4, 0xc2, 0xb1, 0xfd], // 月饼
			[0x95, 0x32, 0x82, 0x36], // U+20000
			[0xa1, 0xe6] // ℃
		);
		const { text, encoding } = decodeText(bytes);
		expect(encoding).toBe('gb18030');
		expect(text.split('\n').at(-1)).toBe('月饼\u{20000}℃');
	});

	test('the GB18030 byte order mark is no part of the text', () => {
		const bytes = [0x84, 0x31, 0x95, 0x33, 0xd4, 0xc2];
		expect(decodeText(Uint8Array.from(bytes))).toEqual({ text: '月', encoding: 'gb18030' });
	});

	test('mostly Chinese UTF-16 is still seen by its times', () => {
		const text = SRT.replace('月饼', '把面团分成三十克一个，盖上保鲜膜，醒二十分钟。'.repeat(3));
		expect(decodeText(utf16(text, true))).toEqual({ text, encoding: 'utf-16le' });
	});
});

test('line ends, NUL and unnormalised letters come out as they stand in the file', () => {
	const text = 'a\r\nb\rc\nd\0e\u0301 é';
	expect(decodeText(utf8(text)).text).toBe(text);
});

describe('what is no text is refused with a typed error', () => {
	test.each([
		['the start of an MP4', [0, 0, 0, 0x18, ...utf8('ftypmp42'), 0, 0, 0, 0, ...utf8('mp42isom')]],
		[
			'a PNG',
			[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52]
		],
		['broken UTF-8 behind its mark', [0xef, 0xbb, 0xbf, 0xc3, 0x28]],
		['half a surrogate pair in UTF-16', [0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]],
		['bytes no encoding has', [0x41, 0xff, 0xff, 0x42]],
		[
			'UTF-32',
			[0xff, 0xfe, 0, 0, ...'WEBVTT\n'.split('').flatMap((c) => [c.charCodeAt(0), 0, 0, 0])]
		]
	])('%s', (_, bytes) => {
		expect(() => decodeText(Uint8Array.from(bytes))).toThrow(NotTextError);
	});
});
