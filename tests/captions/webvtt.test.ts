import { describe, expect, test } from 'vitest';
import { isWebVtt, parseWebVtt, writeWebVtt } from '#lib/captions/webvtt.ts';

const parse = (text: string) => parseWebVtt(text).track;
const cuesOf = (text: string) =>
	parse(text).cues.map(({ id, startMs, endMs, text }) => ({ id, startMs, endMs, text }));
const file = (...lines: string[]) => ['WEBVTT', '', ...lines].join('\n');
const TIMES = '00:01.000 --> 00:02.000';
const cue = (text: string, id = '') => ({ id, startMs: 1000, endMs: 2000, text });

describe('the signature decides whether it is WebVTT (§6.1)', () => {
	test.each(['WEBVTT', 'WEBVTT\n', 'WEBVTT 月饼', 'WEBVTT\ttext', '\ufeffWEBVTT\r\n', 'WEBVTT\r'])(
		'%j is',
		(text) => {
			expect(isWebVtt(text)).toBe(true);
			expect(parseWebVtt(text).problems).toEqual([]);
		}
	);
	test.each([
		'',
		'WEBVT',
		'webvtt\n',
		' WEBVTT\n',
		'WEBVTTx',
		'WEBVTT\u3000x',
		'\ufeff\ufeffWEBVTT'
	])('%j is not', (text) => {
		expect(isWebVtt(text)).toBe(false);
		expect(parseWebVtt(text).problems.map(({ code }) => code)).toEqual(['notCaptions']);
	});
	test('the header is kept as written, to the first blank line', () => {
		const { header, cues } = parse(`WEBVTT - 月饼\nLanguage: zh\nSTYLE\n\n${TIMES}\na`);
		expect(header).toBe(' - 月饼\nLanguage: zh\nSTYLE');
		expect(cues).toHaveLength(1);
	});
	test('a cue directly under the header is a cue', () => {
		expect(cuesOf(`WEBVTT\n${TIMES}\na`)).toEqual([cue('a')]);
		expect(cuesOf(`WEBVTT\nKind: captions\n${TIMES}\na`)).toEqual([cue('a')]);
	});
});

describe('lines end as the system that saved the file ends them', () => {
	test.each(['\n', '\r', '\r\n'])('%j', (end) => {
		expect(cuesOf(file('1', TIMES, 'a', 'b', '', '2', TIMES, 'c').replaceAll('\n', end))).toEqual([
			cue('a\nb', '1'),
			cue('c', '2')
		]);
	});
	test('NUL becomes the replacement character', () => {
		expect(cuesOf(file(TIMES, 'a\0b'))).toEqual([cue('a\ufffdb')]);
	});
	test('the last line needs no end, and a cue needs no words', () => {
		expect(cuesOf(file(TIMES))).toEqual([cue('')]);
	});
	test('a line of spaces does not end a cue', () => {
		expect(cuesOf(file(TIMES, 'a', ' ', 'b'))).toEqual([cue('a\n \nb')]);
	});
});

describe('times (§6.3)', () => {
	test.each([
		['00:00:00.000 --> 00:00:01.500', 0, 1500],
		['59:59.999 --> 1:00:00.000', 3_599_999, 3_600_000],
		['100:00:00.000 --> 123456:00:00.000', 360_000_000, 444_441_600_000],
		['\t00:01.000-->00:02.000', 1000, 2000],
		['00:02.000 --> 00:01.000', 2000, 1000],
		['00:01.000 --> 00:02.000align:start', 1000, 2000]
	])('%j is read', (line, startMs, endMs) => {
		expect(cuesOf(file(line, 'a'))).toEqual([{ id: '', startMs, endMs, text: 'a' }]);
	});
	test.each([
		'00:01,000 --> 00:02,000',
		'0:01.000 --> 0:02.000',
		'00:01.00 --> 00:02.000',
		'00:01.0000 --> 00:02.000',
		'60:00.000 --> 61:00.000',
		'00:60.000 --> 00:61.000',
		'00:60:00.000 --> 02:00:00.000',
		'100:00.000 --> 100:01.000',
		'-00:01.000 --> 00:02.000',
		'00:01.000 --> -00:02.000',
		'00:01.000 -- > --> 00:02.000',
		'00:01.000 --> ',
		'-->',
		`${'9'.repeat(400)}:00:00.000 --> ${'9'.repeat(400)}:00:01.000`
	])('%j drops its cue and is told', (line) => {
		const { track, problems } = parseWebVtt(file('1', line, 'lost', '', TIMES, 'kept'));
		expect(track.cues.map(({ text }) => text)).toEqual(['kept']);
		expect(problems).toMatchObject([{ code: 'badTiming', line: 4 }]);
	});
});

describe('where a cue ends (§6.1 "collect a WebVTT block")', () => {
	test('a missing blank line does not swallow the next cue', () => {
		expect(cuesOf(file(TIMES, 'a', TIMES, 'b'))).toEqual([cue('a'), cue('b')]);
	});
	test('times directly under times are a cue of their own', () => {
		expect(cuesOf(file(TIMES, TIMES, 'a'))).toEqual([cue(''), cue('a')]);
	});
	test('an arrow under an id makes it an id, whatever it says', () => {
		expect(cuesOf(file('NOTE 开始', TIMES, 'a', '', 'STYLE', TIMES, 'b'))).toEqual([
			cue('a', 'NOTE 开始'),
			cue('b', 'STYLE')
		]);
	});
	test('an id cannot have two lines', () => {
		expect(cuesOf(file('one', 'two', TIMES, 'a'))).toEqual([cue('a')]);
	});
	test('an arrow in an id is a broken timing', () => {
		const { problems, track } = parseWebVtt(file('a --> b', TIMES, 'c'));
		expect(problems).toMatchObject([{ code: 'badTiming', line: 3, found: 'a --> b' }]);
		expect(track.cues).toHaveLength(1);
	});
	test('each cue knows the line of its times', () => {
		expect(parseWebVtt(file('', '1', TIMES, 'a', '', TIMES, 'b')).cueLines).toEqual([5, 8]);
	});
});

describe('comments, styles and regions', () => {
	const TEXT = file(
		'NOTE first',
		'',
		'REGION',
		'id:low width:40%',
		'lines:3 regionanchor:0%,100% viewportanchor:10%,90%',
		'scroll:up colour:red',
		'',
		'STYLE ',
		'::cue { color: gold }',
		'',
		'NOTE',
		'about a',
		'',
		TIMES + ' region:low',
		'a',
		'',
		'NOTE last'
	);
	test('are kept, each in its place', () => {
		expect(parse(TEXT)).toEqual({
			header: '',
			styles: ['::cue { color: gold }'],
			regions: [
				{
					id: 'low',
					width: 40,
					viewportAnchor: { x: 10, y: 90 },
					scroll: 'up',
					unknown: ['colour:red']
				}
			],
			notesAtTop: ['NOTE first'],
			cues: [{ ...cue('a'), settings: { region: 'low' }, notesBefore: ['NOTE\nabout a'] }],
			notesAtEnd: ['NOTE last']
		});
	});
	test('come back the same from a written file', () => {
		expect(parse(writeWebVtt(parse(TEXT)))).toEqual(parse(TEXT));
	});
	test('a style after the first cue is a comment, and stays one when that cue is taken out', () => {
		const { track, problems } = parseWebVtt(file(TIMES, 'a', '', 'STYLE', 'x{}', '', TIMES, 'b'));
		expect(track.styles).toEqual([]);
		expect(problems).toMatchObject([{ code: 'lateBlock', line: 6 }]);
		const shorter = parse(writeWebVtt({ ...track, cues: track.cues.slice(1) }));
		expect(shorter.styles).toEqual([]);
		expect(shorter.cues[0]?.notesBefore).toEqual(['NOTE\nSTYLE\nx{}']);
	});
	test('a style whose name is longer, or that has no rules, is a comment', () => {
		const track = parse(file('STYLES', 'x{}', '', 'STYLE'));
		expect(track.styles).toEqual([]);
		expect(track.notesAtEnd).toEqual(['STYLES\nx{}', 'STYLE']);
	});
	test('a region of defaults stays a region', () => {
		const track = parse(file('REGION', ' ', '', TIMES, 'a'));
		expect(track.regions).toEqual([{}]);
		expect(parse(writeWebVtt(track)).regions).toHaveLength(1);
	});
	test('an arrow ends a style', () => {
		const track = parse(file('STYLE', 'a{}', TIMES, 'b'));
		expect(track.styles).toEqual(['a{}']);
		expect(track.cues).toHaveLength(1);
	});
});

describe('a written file cannot be broken by what an editor put into it', () => {
	const base = parse(file(TIMES, 'a'));
	const withText = (text: string, id = '') => ({
		...base,
		cues: base.cues.map((each) => ({ ...each, text, id }))
	});
	test('words cannot end their cue or start another', () => {
		const track = withText(`a\n\n${TIMES}\r\rb`, `x\n\n${TIMES}`);
		expect(cuesOf(writeWebVtt(track))).toEqual([
			cue('a\n00:01.000 --&gt; 00:02.000\nb', 'x 00:01.000 -- > 00:02.000')
		]);
	});
	test('settings cannot carry others', () => {
		const settings = { region: 'x line:0', unknown: ['a b', 'c\n\nd', 'kept:1'] };
		const track = { ...base, cues: base.cues.map((each) => ({ ...each, settings })) };
		expect(writeWebVtt(track)).toContain('--> 00:00:02.000 kept:1\n');
	});
	test('a header or a comment cannot hold a cue or a style', () => {
		const track = {
			...base,
			header: `x\n\n${TIMES}\nb`,
			notesAtTop: ['STYLE\nx{}', `a\n${TIMES}`]
		};
		const again = parse(writeWebVtt(track));
		expect(again.cues).toHaveLength(1);
		expect(again.styles).toEqual([]);
	});
	test('a time that is none is refused', () => {
		for (const startMs of [-1, NaN, Infinity]) {
			const cues = base.cues.map((each) => ({ ...each, startMs }));
			expect(() => writeWebVtt({ ...base, cues })).toThrow(RangeError);
		}
	});
});
