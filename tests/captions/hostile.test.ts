import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePayload, plainText } from '#lib/captions/payload.ts';
import { MAX_CAPTION_BYTES, readCaptions } from '#lib/captions/read.ts';
import { writeSrt } from '#lib/captions/srt.ts';
import { writeWebVtt } from '#lib/captions/webvtt.ts';

/**
 * Of processor time; not a measure of speed but of growth. A quadratic run takes minutes, a linear
 * one a few hundred milliseconds, three or four times as long where the machine is shared.
 */
const LIMIT_MS = 8000;
/** For the many: a quadratic run still takes ten seconds, a linear one some milliseconds. */
const QUARTER = MAX_CAPTION_BYTES / 4;
const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\n';
const SRT = '1\n00:00:01,000 --> 00:00:02,000\n';

function msSince(began: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(began);
	return (user + system) / 1000;
}

function full(start: string, piece: string, size = MAX_CAPTION_BYTES): Uint8Array {
	const room = size - start.length;
	const encoder = new TextEncoder();
	const text = start + piece.repeat(Math.floor(room / encoder.encode(piece).length));
	return encoder.encode(text);
}

describe('a full-sized file made to be slow is answered in time', () => {
	const pieces = [
		'<',
		'>',
		'&',
		'&#',
		'&a',
		'<b>',
		'<b',
		'</',
		'<c.',
		'-->',
		'-->\n',
		'\n',
		'\r',
		'\0'
	];
	pieces.push(
		' ',
		'-',
		'1',
		'1\n',
		'1:',
		'1 ',
		':',
		'{\\',
		'<font color=',
		'<p>',
		'<script>',
		' on',
		'/on'
	);
	pieces.push(
		'a\n\n',
		'NOTE\n\n',
		'STYLE\na{}\n\n',
		'REGION\nid:a\n\n',
		'\\75 ',
		'00:01.000 -->',
		'月'
	);
	pieces.push(
		'javascript ',
		'1\n-->\n',
		'1\n1:1',
		'\u3000',
		'STYLE\n',
		'0',
		',',
		'00:01.000 --> 00:02.000 a:b\n'
	);
	const starts = [
		'',
		VTT,
		SRT,
		'WEBVTT\n\n',
		`${SRT}<font color=`,
		`${SRT}<font\tcolor`,
		'WEBVTT\n\n00:01.000 --> 00:02.000 '
	];
	const broad = starts.flatMap((start) => pieces.map((piece) => [start, piece] as const));
	function msToAnswer(bytes: Uint8Array): number {
		const began = process.cpuUsage();
		const answer = readCaptions(bytes);
		if (answer.ok) {
			writeWebVtt(answer.track);
			writeSrt(answer.track);
			answer.track.cues.forEach((cue) => parsePayload(cue.text));
		}
		return msSince(began);
	}

	test.each(broad)('%j, then %j without end', (start, piece) => {
		expect(msToAnswer(full(start, piece, QUARTER))).toBeLessThan(LIMIT_MS);
	});
	test.each(['<', '-->', '\n', '-->\n', '<b>'])('1 MiB of %j', (piece) => {
		for (const start of ['', VTT, SRT]) {
			expect(msToAnswer(full(start, piece))).toBeLessThan(LIMIT_MS);
		}
	});

	test('comments beyond number before a style', () => {
		const bytes = full('WEBVTT\n\n', 'a\n\n').slice(0, -16);
		bytes.set(new TextEncoder().encode('\n\nSTYLE\na{}\n\n'), bytes.length - 13);
		expect(readCaptions(bytes)).toMatchObject({ ok: false, problems: [{ code: 'empty' }] });
	});

	test('20,000 honest cues are read in a time that grows with their number only', () => {
		const stamp = (at: number) => new Date(at).toISOString().slice(11, 23);
		const cues = Array.from({ length: 20_000 }, (_, i) => {
			return `${stamp(i * 2000)} --> ${stamp(i * 2000 + 1900)}\n揉面 <b>${i}</b>\n`;
		});
		const bytes = new TextEncoder().encode(`WEBVTT\n\n${cues.join('\n')}`);
		const began = process.cpuUsage();
		expect(readCaptions(bytes)).toMatchObject({ ok: true, noticeCount: 0 });
		expect(msSince(began)).toBeLessThan(LIMIT_MS);
	});
});

describe('no input makes a reader throw', () => {
	test('bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				expect(typeof readCaptions(bytes).ok).toBe('boolean');
			}),
			{ numRuns: 1000 }
		);
	});
	test('text that is nearly captions; and what is taken can be written and read again', () => {
		const pieces = [
			'1\n',
			'\n',
			'00:01.000',
			'00:00:02,000',
			' --> ',
			'<b>',
			'<',
			'&#',
			'a',
			'{\\an8}',
			'\r'
		];
		const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 });
		fc.assert(
			fc.property(fc.constantFrom('', VTT, SRT), text, (start, all) => {
				const answer = readCaptions(new TextEncoder().encode(start + all.join('')));
				if (!answer.ok) {
					expect(answer.problems.length).toBeGreaterThan(0);
					return;
				}
				const again = readCaptions(new TextEncoder().encode(writeWebVtt(answer.track)));
				expect(again.ok && again.track).toEqual(answer.track);
			}),
			{ numRuns: 1000 }
		);
	});
});

test('whatever the payload, its tree holds words and no tag of HTML', () => {
	const pieces = ['<', '>', 'script', '&lt;', ' on', '=', 'b', '/', '.', 'v ', '&', ';', '月'];
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...pieces)), (all) => {
			const kinds =
				/"kind":"(?!text|timestamp|class|italic|bold|underline|ruby|rubyText|voice|language)/;
			expect(JSON.stringify(parsePayload(all.join('')))).not.toMatch(kinds);
			expect(typeof plainText(all.join(''))).toBe('string');
		})
	);
});
