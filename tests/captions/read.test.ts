import { describe, expect, test } from 'vitest';
import type { CaptionProblem } from '#lib/captions/problem.ts';
import {
	MAX_CAPTION_BYTES,
	MAX_CUES,
	MAX_PROBLEMS_TOLD,
	readCaptions,
	type ReadCaptions
} from '#lib/captions/read.ts';

const read = (text: string) => readCaptions(new TextEncoder().encode(text));
const vtt = (...lines: string[]) => read(['WEBVTT', '', ...lines].join('\n'));
const TIMES = '00:01.000 --> 00:02.000';
const told = (problems: CaptionProblem[]) =>
	problems.map(({ code, line, cue }) => (cue ? `${code} ${line} ${cue}` : `${code} ${line}`));
const refusals = (answer: ReadCaptions) => (answer.ok ? 'taken' : told(answer.problems));
const notices = (answer: ReadCaptions) => (answer.ok ? told(answer.notices) : 'refused');

describe('a sound file is taken', () => {
	test('WebVTT in UTF-8', () => {
		const answer = vtt(TIMES, '月饼');
		expect(answer).toMatchObject({ ok: true, format: 'webvtt', encoding: 'utf-8', notices: [] });
	});
	test('SubRip in GB18030', () => {
		const ascii = [...new TextEncoder().encode('1\r\n00:00:01,000 --> 00:00:02,000\r\n')];
		const answer = readCaptions(Uint8Array.from([...ascii, 0xd4, 0xc2, 0xb1, 0xfd]));
		expect(answer).toMatchObject({ ok: true, format: 'srt', encoding: 'gb18030', notices: [] });
		expect(answer.ok && answer.track.cues[0]?.text).toBe('月饼');
	});
});

describe('a file that is no caption file is refused', () => {
	test.each([
		['nothing', '', ['empty 1']],
		['blank lines', '\ufeff \n\n', ['empty 1']],
		['WebVTT without a cue', 'WEBVTT\n\nNOTE nothing yet\n', ['empty 1']],
		['a letter', '老师好\n\n今天做月饼。', ['notCaptions 1']],
		['a web page', '<!doctype html><!-- a --><script>x</script>', ['notCaptions 1']]
	])('%s', (_, text, problems) => expect(refusals(read(text))).toEqual(problems));
	test('a video', () => {
		const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + (i >> 3)) % 256);
		expect(refusals(readCaptions(bytes))).toEqual(['notCaptions 1']);
	});
	test('one byte over the limit, but not one at it', () => {
		const start = `WEBVTT\n\n${TIMES}\na\n`;
		const most = start + '\n'.repeat(MAX_CAPTION_BYTES - start.length);
		expect(refusals(read(most))).toBe('taken');
		expect(refusals(read(`${most}\n`))).toEqual(['tooLarge 1']);
	});
	test('one cue over the limit, but not one at it', () => {
		const cues = (count: number) =>
			Array.from({ length: count }, (_, i) => {
				const time = (at: number) =>
					`${String(Math.floor(at / 60)).padStart(3, '0')}:${String(at % 60).padStart(2, '0')}:00.000`;
				return `${time(i)} --> ${time(i + 1)}\na`;
			}).join('\n\n');
		const most = read(`WEBVTT\n\n${cues(MAX_CUES)}`);
		expect(most.ok && most.track.cues.length).toBe(MAX_CUES);
		expect(refusals(read(`WEBVTT\n\n${cues(MAX_CUES + 1)}`))).toEqual([
			`tooManyCues ${MAX_CUES * 3 + 3} ${MAX_CUES + 1}`
		]);
	});
});

describe('broken times refuse the file and name every bad line', () => {
	test('in WebVTT', () => {
		const answer = vtt(
			TIMES,
			'a',
			'',
			'00:01,000 --> 00:02',
			'b',
			'',
			'00:09.000 --> 00:08.000',
			'c'
		);
		expect(refusals(answer)).toEqual(['badTiming 6', 'endBeforeStart 9 2']);
	});
	test('in SubRip', () => {
		const text = '1\n-00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:02,000 --> 00:00:02,000\nb';
		expect(refusals(read(text))).toEqual(['badTiming 2', 'endBeforeStart 6 1']);
	});
	test('when there are no others', () => {
		expect(refusals(read('1\n00:00:01 -> 00:00:02\na'))).toEqual(['badTiming 2']);
	});
	test('only so many are listed, and all are counted', () => {
		const answer = vtt(...Array.from({ length: 80 }, () => '0 --> 1\n'));
		if (answer.ok) throw new Error('a broken file was taken');
		expect(answer.problems).toHaveLength(MAX_PROBLEMS_TOLD);
		expect(answer.problemCount).toBe(80);
	});
});

describe('markup that could run, load or link refuses the file', () => {
	test.each([
		'<script>alert(1)</script>',
		'</script>',
		'<SCRIPT\nsrc=x>',
		'<script/x>',
		'<script',
		'<img src=x onerror=alert(1)>',
		'<a href="x">a</a>',
		'<svg><animate onbegin=x>',
		'<iframe srcdoc="x">',
		'<style>x</style>',
		'<c onclick = "x">a</c>',
		'<v javascript:x>a',
		'<b/onfocus=x>',
		'<c <script>',
		'<!-- x',
		'<![CDATA[',
		'<?php x'
	])('%j', (words) => {
		expect(refusals(vtt(TIMES, 'a', `b ${words}`))).toEqual(['forbiddenMarkup 5 1']);
		expect(refusals(read(`1\n${TIMES}\na\nb ${words}`))).toEqual(['forbiddenMarkup 4 1']);
	});
	test.each([
		'&lt;script&gt;',
		'a < b',
		'1 < a > 2',
		'<v Honor = 王>a',
		'<b>a</b>',
		'script',
		'<animal>',
		'on=1'
	])('%j does not', (words) => {
		expect(refusals(vtt(TIMES, words))).toBe('taken');
		expect(refusals(read(`1\n${TIMES}\n${words}`))).toBe('taken');
	});
	test.each([
		'@import "x"',
		'a { background: URL(x) }',
		'::cue { background: \\75 rl(x) }',
		'a{b:u\\rl(x)}'
	])('a style that fetches: %j', (css) =>
		expect(refusals(vtt('STYLE', css, '', TIMES, 'a'))).toEqual(['forbiddenStyle 3'])
	);
	test('a style that only colours is taken', () => {
		expect(refusals(vtt('STYLE', '::cue(#\\31) { color: lime }', '', TIMES, 'a'))).toBe('taken');
	});
});

describe('what can be mended is taken and told', () => {
	test('cues out of order are sorted, with their comments, once told', () => {
		const answer = vtt(
			...['00:05.000 --> 00:06.000', 'c', ''],
			...['NOTE about a', '', TIMES, 'a', ''],
			...['00:03.000 --> 00:04.000', 'b']
		);
		expect(notices(answer)).toEqual(['unordered 8 2']);
		expect(answer.ok && answer.track.cues.map((cue) => cue.text)).toEqual(['a', 'b', 'c']);
		expect(answer.ok && answer.track.cues[0]?.notesBefore).toEqual(['NOTE about a']);
	});
	test('cues that start together keep their order', () => {
		const answer = vtt('00:05.000 --> 00:06.000', 'c', '', TIMES, 'a', '', TIMES, 'b');
		expect(answer.ok && answer.track.cues.map((cue) => cue.text)).toEqual(['a', 'b', 'c']);
	});
	test('an overlap is told at the cue that starts too early, also behind a long one', () => {
		const long = '00:00.000 --> 00:09.000';
		expect(notices(vtt(long, 'a', '', TIMES, 'b', '', '00:02.000 --> 00:03.000', 'c'))).toEqual([
			'overlap 6 2',
			'overlap 9 3'
		]);
		expect(notices(vtt(TIMES, 'a', '', '00:02.000 --> 00:03.000', 'b'))).toEqual([]);
	});
	test.each(['', ' ', '<b></b>', '&nbsp;', '<00:01.500>'])('a cue of %j is empty', (words) => {
		expect(notices(vtt(TIMES, words))).toEqual(['emptyCue 3 1']);
	});
	test('words a player would swallow are told', () => {
		const answer = vtt(TIMES, '烤箱 <180℃ 以下');
		expect(notices(answer)).toEqual(['unknownTag 4 1']);
		expect(answer.ok && answer.notices[0]?.found).toBe('<180℃ 以下');
	});
	test('settings nobody knows are told', () => {
		expect(notices(vtt(`${TIMES} line:top glow:1`, 'a'))).toEqual([
			'unknownSetting 3 1',
			'unknownSetting 3 1'
		]);
	});
	test('what is quoted is short', () => {
		const answer = vtt(TIMES, `a <${'月'.repeat(500)}`);
		expect(answer.ok && answer.notices[0]?.found?.length).toBe(40);
	});
});
