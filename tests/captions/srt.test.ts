import { describe, expect, test } from 'vitest';
import { plainText } from '#lib/captions/payload.ts';
import { isSrt, parseSrt, writeSrt } from '#lib/captions/srt.ts';

const TIMES = '00:00:01,000 --> 00:00:02,000';
const cuesOf = (...lines: string[]) =>
	parseSrt(lines.join('\n')).track.cues.map(({ startMs, endMs, text }) => [startMs, endMs, text]);
const textOf = (...words: string[]) =>
	parseSrt(['1', TIMES, ...words].join('\n')).track.cues[0]?.text;
const codesOf = (text: string) =>
	parseSrt(text).problems.map(({ code, line }) => `${code} ${line}`);

describe('cues of SubRip', () => {
	test.each(['\n', '\r\n', '\r'])('are read with %j as line end', (end) => {
		const { track, problems } = parseSrt(['1', TIMES, 'a', 'b', '', '2', TIMES, 'c', ''].join(end));
		expect(track.cues.map(({ text }) => text)).toEqual(['a\nb', 'c']);
		expect(problems).toEqual([]);
	});
	test('need no numbers, or right ones', () => {
		expect(cuesOf(TIMES, 'a', '', '7', TIMES, 'b', '', '7', TIMES, 'c')).toEqual([
			[1000, 2000, 'a'],
			[1000, 2000, 'b'],
			[1000, 2000, 'c']
		]);
	});
	test('need no blank line between them, and their numbers are no words', () => {
		expect(cuesOf('1', TIMES, 'a', '2', TIMES, 'b', TIMES, 'c')).toEqual([
			[1000, 2000, 'a'],
			[1000, 2000, 'b'],
			[1000, 2000, 'c']
		]);
	});
	test('may say a number', () => {
		expect(
			cuesOf('1', TIMES, '180', '', '2', TIMES, '200', TIMES, 'c').map(([, , t]) => t)
		).toEqual(['180', '200', 'c']);
	});
	test('may hold a blank line: the words after it are kept and told', () => {
		const text = ['1', TIMES, 'a', '', 'b', '', 'c', '', '2', TIMES, 'd'].join('\n');
		expect(parseSrt(text).track.cues.map((cue) => cue.text)).toEqual(['a\nb\nc', 'd']);
		expect(codesOf(text)).toEqual(['strayText 5']);
	});
	test.each([
		['1:02:03,004 --> 100:00:00,000', 3_723_004, 360_000_000],
		['00:01.5'.replace('.5', '.500') + ' --> 00:02,000', 1500, 2000],
		['0:0:1 --> 0:0:2', 1000, 2000],
		['00：00：01，500 --> 00：00：02．000', 1500, 2000],
		['  00:00:01,000-->00:00:02,000  ', 1000, 2000]
	])('take the time %j', (line, startMs, endMs) => {
		expect(cuesOf('1', line, 'a')).toEqual([[startMs, endMs, 'a']]);
	});
	test.each([
		'00:00:01,000 -> 00:00:02,000',
		'00:00:01,000 → 00:00:02,000',
		'00:00:01,5 --> 00:00:02,000',
		'00:00:01,0000 --> 00:00:02,000',
		'00:60:01,000 --> 00:61:02,000',
		'-00:00:01,000 --> 00:00:02,000',
		'00:00:0x,000 --> 00:00:02,000',
		'00:00:01:000 --> 00:00:02:000',
		'--> 00:00:02,000'
	])('do not take the time %j, and say so', (line) => {
		const text = ['1', line, 'lost', '', '2', TIMES, 'kept'].join('\n');
		expect(codesOf(text)).toEqual(['badTiming 2']);
		expect(parseSrt(text).track.cues.map((cue) => cue.text)).toEqual(['kept']);
		expect(isSrt(['1', line, 'lost'].join('\n'))).toBe(true);
	});
	test('keep settings WebVTT knows and tell of coordinates it does not', () => {
		const { track, problems } = parseSrt(`${TIMES} align:start X1:10 X2:20\na`);
		expect(track.cues[0]?.settings).toEqual({ align: 'start' });
		expect(problems.map(({ found }) => found)).toEqual(['X1:10', 'X2:20']);
	});
	test('may be announced: words before the first are told and left out', () => {
		expect(codesOf(`字幕组\nhello\n\n1\n${TIMES}\na`)).toEqual(['strayText 1']);
	});
});

describe('formatting of SubRip becomes formatting of WebVTT', () => {
	test.each([
		['<i>a</i> <B>b</B> <u class="x">c</u>', '<i>a</i> <b>b</b> <u>c</u>'],
		['<em>a</em><strong>b</strong>', '<i>a</i><b>b</b>'],
		['a<br/>b<br>c', 'a\nb\nc'],
		['<font color="#FF0000">a</font>', '<c.red>a</c>'],
		['<font face="x" color=yellow>a</font>', '<c.yellow>a</c>'],
		['<font color="red"><font color="#123456">a</font>b</font>', '<c.red>ab</c>'],
		['{\\an8}a', 'a'],
		['{\\i1}a{\\i0}', 'a'],
		['<span style="x">a</span>', 'a'],
		['烤箱 <180℃', '烤箱 &lt;180℃'],
		['<笑> <3 a<b', '&lt;笑> &lt;3 a&lt;b'],
		['面粉 & 糖 &amp; 油 &lt;', '面粉 &amp; 糖 &amp; 油 &lt;'],
		['A --> B', 'A --&gt; B'],
		['-<p>-></p>', '--&gt;']
	])('%j is %j', (srt, payload) => expect(textOf(srt)).toBe(payload));

	test('formatting that is lost is told, once a cue', () => {
		expect(codesOf(`${TIMES}\n<font color=#123456><p>a</p></font>`)).toEqual(['markupRemoved 2']);
		expect(codesOf(`${TIMES}\n<i>a</i>{\\an8}`)).toEqual([]);
	});
	test.each([
		[1, { align: 'left' }],
		[2, {}],
		[3, { align: 'right' }],
		[4, { line: 50, snapToLines: false, lineAlign: 'center', align: 'left' }],
		[5, { line: 50, snapToLines: false, lineAlign: 'center' }],
		[8, { line: 0 }],
		[9, { line: 0, align: 'right' }]
	])('{\\an%i} places the cue, and is written again', (key, settings) => {
		const { track } = parseSrt(`${TIMES}\n{\\an${key}}a`);
		expect(track.cues[0]?.settings).toEqual(settings);
		expect(parseSrt(writeSrt(track)).track).toEqual(track);
	});
	test('a script tag is found on its line, even hidden behind a blank one', () => {
		expect(codesOf(`${TIMES}\na\n\nb <SCRIPT src=x>`)).toContain('forbiddenMarkup 4');
	});
	test('taking formatting away cannot make a tag', () => {
		for (const words of ['<scr{\\b1}ipt>', '<<p>script>', '<scr<p>ipt>']) {
			expect(textOf(words)).not.toMatch(/<s/i);
		}
	});
});

test('a written file has numbers, commas and Windows line ends', () => {
	const track = parseSrt(`${TIMES}\n<i>月</i>饼\n第二行\n\n00:59:59,999 --> 01:00:00,000\nb`).track;
	expect(writeSrt(track)).toBe(
		'1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>月</i>饼\r\n第二行\r\n\r\n' +
			'2\r\n00:59:59,999 --> 01:00:00,000\r\nb\r\n\r\n'
	);
});

test('words that look like markup are the same words after SubRip', () => {
	const track = parseSrt(`${TIMES}\na`).track;
	for (const text of ['&lt;i&gt;a', '&amp;lt;', '1 &lt; 2 &amp; 3', '{\\an8}x', 'a --&gt; b']) {
		const cues = track.cues.map((cue) => ({ ...cue, text }));
		const again = parseSrt(writeSrt({ ...track, cues })).track.cues[0];
		expect(plainText(again?.text ?? '')).toBe(plainText(text));
		expect(again?.settings).toEqual({});
	}
});
