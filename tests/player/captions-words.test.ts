/** What becomes of a cue's words: terms, hits, colours, alerts, lines of the transcript. */
import { describe, expect, test } from 'vitest';
import type { Cue } from '#lib/captions/cue.ts';
import { plainText } from '#lib/captions/payload.ts';
import { isAlert, withAlert } from '#lib/captions/alert.ts';
import { alarmGuard } from '#lib/player/captions/alarm.ts';
import { findAll, fold } from '#lib/player/captions/find.ts';
import { partsOf } from '#lib/player/captions/lines.ts';
import { piecesOf, textOf, type Piece } from '#lib/player/captions/pieces.ts';
import { hitsIn } from '#lib/player/captions/search.ts';
import { classStyle, sideOf, styleOf } from '#lib/player/captions/style.ts';
import { termFinder } from '#lib/player/captions/terms.ts';
import { DEFAULTS, EDGES, FONTS } from '#lib/player/model.ts';

const terms = [
	{ term: '米粉' },
	{ term: '糯米粉', variants: ['glutinous rice flour', 'flour'] },
	{ term: 'oven', variants: ['烤箱'] }
];
const find = termFinder(terms);
const found = (words: string): string[] => find(words).map(({ from, to }) => words.slice(from, to));

/** Pieces as text, with terms in brackets and hits in braces. */
const drawn = (pieces: readonly Piece[]): string =>
	pieces
		.map((piece) => {
			if (piece.kind === 'text') return piece.hit === undefined ? piece.text : `{${piece.text}}`;
			const inside = drawn(piece.children);
			if (piece.kind === 'term') return `[${piece.term.term}:${inside}]`;
			return piece.kind === 'rubyText' ? `(${inside})` : inside;
		})
		.join('');
const linked = (payload: string): string => drawn(piecesOf(payload, find));

describe('terms', () => {
	test('of several the longest is found, Chinese anywhere', () => {
		expect(found('把糯米粉和米粉倒进烤箱')).toEqual(['糯米粉', '米粉', '烤箱']);
	});

	test('Latin ones are whole words, in large or small, narrow or wide letters', () => {
		expect(found('Oven door, woven, ovens, ＯＶＥＮ, oven2')).toEqual(['Oven', 'ＯＶＥＮ']);
		expect(found('打开oven门')).toEqual(['oven']);
		expect(found('Glutinous rice\nflour')).toEqual(['Glutinous rice\nflour']);
	});

	test('a line break within a Chinese one does not hide it', () => {
		expect(found('倒糯米\n粉')).toEqual(['糯米\n粉']);
	});

	test('become one piece, also where tags cut them', () => {
		expect(linked('倒<b>糯米</b>粉。')).toBe('倒[糯米粉:糯米粉]。');
		expect(linked('糯<00:01.000>米<00:02.000>粉')).toBe('[糯米粉:糯米粉]');
		expect(linked('<ruby>糯<rt>nuò</rt></ruby>米粉')).toBe('[糯米粉:糯(nuò)米粉]');
		expect(linked('<v 师傅>开<i>烤箱</i></v>')).toBe('开[oven:烤箱]');
	});

	test('that begin in one span and end in another are none, nor is a part of them', () => {
		expect(linked('<i>白糯</i><b>米粉厂</b>')).toBe('白糯米粉厂');
		expect(linked('<ruby>白糯<rt>a</rt>米粉<rt>b</rt></ruby>')).toBe('白糯(a)米粉(b)');
		expect(linked('<i>w</i>oven')).toBe('woven');
	});

	test('change no word', () => {
		for (const payload of [
			'a<b>b<i>烤</i></b>箱',
			'<ruby>糯米粉<rt>x</rt></ruby>',
			'< <c.x>米粉&lt;'
		])
			expect(textOf(piecesOf(payload, find))).toBe(plainText(payload));
	});
});

describe('searching', () => {
	test('knows no large letters, no width and no line breaks', () => {
		expect(findAll(fold('ＡＢc abC'), 'abc')).toEqual([
			{ from: 0, to: 3 },
			{ from: 4, to: 7 }
		]);
		expect(findAll(fold('要揉\n面'), '揉面')).toEqual([{ from: 1, to: 4 }]);
		expect(findAll(fold('重 3㎏'), 'kg')).toEqual([{ from: 3, to: 4 }]);
		expect(findAll(fold('🥮月饼'), '月')).toEqual([{ from: 2, to: 3 }]);
	});

	test('nothing but spaces is not looked for', () => {
		expect(findAll(fold('a b'), ' ')).toEqual([]);
	});

	test('numbers what it finds through all cues, over tags and terms', () => {
		const cues = ['揉<b>面</b>，再揉面', '包馅', '揉糯米粉'].map((text, i): Cue => {
			return { id: '', startMs: i, endMs: i + 1, text, settings: {} };
		});
		expect(hitsIn(cues, '揉面').count).toBe(2);
		const { byCue, count } = hitsIn(cues, '揉');
		expect(count).toBe(3);
		const [first, , last] = cues as [Cue, Cue, Cue];
		expect(byCue.get(last)?.[0]?.hit).toBe(2);
		const two = hitsIn(cues, '揉面').byCue.get(first);
		expect(drawn(piecesOf(first.text, find, two))).toBe('{揉}{面}，再{揉面}');
		const flour = hitsIn(cues, '米').byCue.get(last);
		expect(drawn(piecesOf(last.text, find, flour))).toBe('揉[糯米粉:糯{米}粉]');
	});
});

test('words after a time stamp know when they are said', () => {
	const [a, b] = piecesOf('揉<00:05.000>面') as [Piece, Piece];
	expect([a, b]).toEqual([
		{ kind: 'text', text: '揉' },
		{ kind: 'text', text: '面', startsMs: 5000 }
	]);
});

describe('the look', () => {
	const { look } = DEFAULTS;
	test('is every choice as CSS', () => {
		const css = styleOf({
			...look,
			...{ size: 150, colour: 'yellow', opacity: 50, window: 'blue', windowOpacity: 25 }
		});
		expect(css).toContain('--cue-size:1.5');
		expect(css).toContain('--cue-colour:#ffff0080');
		expect(css).toContain('--cue-window:#0000ff40');
		expect(css).toContain('--cue-background:#00000000');
	});

	test('no two fonts and no two edges are the same, and each has a face for Chinese', () => {
		const fonts = FONTS.map((font) => styleOf({ ...look, font }));
		expect(new Set(fonts).size).toBe(8);
		for (const css of fonts.filter((one) => !one.includes('--cue-font:inherit')))
			expect(css).toMatch(/PingFang SC|Songti SC|Kaiti SC/);
		expect(new Set(EDGES.map((edge) => styleOf({ ...look, edge }))).size).toBe(5);
	});

	test('colours the file asks for give way to the viewer, and never make words vanish', () => {
		expect(classStyle(['yellow'], look)).toBe('color:#ffff00ff');
		expect(classStyle(['lime', 'bg_blue'], look)).toBe('background:#0000ff;color:#00ff00ff');
		expect(classStyle(['yellow'], { ...look, colour: 'cyan' })).toBe(undefined);
		expect(classStyle(['black'], look)).toBe(undefined);
		expect(classStyle(['black', 'bg_white'], look)).toBe('background:#ffffff;color:#000000ff');
		expect(classStyle(['bg_white'], look)).toBe(undefined);
		expect(classStyle(['constructor', 'loud'], look)).toBe(undefined);
	});

	test('below the picture a place in it is left, centre or right', () => {
		expect(
			[{}, { align: 'start' }, { position: 90 }, { positionAlign: 'line-left' }].map((one) =>
				sideOf(one as Cue['settings'])
			)
		).toEqual(['center', 'left', 'right', 'left']);
	});
});

describe('sounds that matter', () => {
	test('are spans of class alert', () => {
		expect(isAlert('<c.alert>[烤箱提示音]</c>')).toBe(true);
		expect(isAlert('好<i.loud.alert.fire x>a</i>')).toBe(true);
		expect(isAlert('<c.alerted>a</c> .alert')).toBe(false);
	});
	test('become one and are one no more, whatever else is in the payload', () => {
		for (const payload of ['[烤箱提示音]', '<v 师傅>[咚]</v>', '<c.loud>a</c> b', ''])
			expect(withAlert(withAlert(payload, true), false)).toBe(payload);
		expect(withAlert('[咚]', true)).toBe('<c.alert>[咚]</c>');
		expect(withAlert('<c.alert>a</c> <c.alert>b</c>', false)).toBe('<c>a</c> <c>b</c>');
		expect(withAlert('好<i.loud.alert.fire x>a</i>', false)).toBe('好<i.loud.fire x>a</i>');
		expect(withAlert('[咚]', false)).toBe('[咚]');
	});

	test('flash at most twice a second, however fast they follow one another', () => {
		const mayBegin = alarmGuard();
		const begun: number[] = [];
		for (let ms = 0; ms < 10_000; ms += 40) if (mayBegin(ms)) begun.push(ms);
		const flashes = begun.flatMap((ms) => [ms, ms + 500, ms + 1000]);
		for (const ms of flashes)
			expect(flashes.filter((one) => one >= ms && one < ms + 1000).length).toBeLessThanOrEqual(2);
	});
});

describe('the transcript', () => {
	const cue = (startMs: number, endMs: number, text = ''): Cue => ({
		...{ id: '', startMs, endMs, text, settings: {} }
	});
	const step = (id: string, startMs: number, endMs: number) => ({ id, title: id, startMs, endMs });

	test('has each line in the step it is mostly in, and steps without words too', () => {
		const cues = [cue(0, 900), cue(4900, 7000), cue(12_000, 13_000)];
		const steps = [step('a', 1000, 5000), step('b', 5000, 10_000), step('c', 10_000, 11_000)];
		const parts = partsOf(cues, [], steps);
		expect(
			parts.map((part) => [part.step?.id, part.lines.map((line) => line.cue.startMs)])
		).toEqual([
			[undefined, [0]],
			['a', []],
			['b', [4900]],
			['c', [12_000]]
		]);
	});

	test('has every line of the second language once, beside the words of its moment', () => {
		const cues = [cue(0, 2000), cue(2000, 4000)];
		const second = [cue(0, 1800), cue(1900, 3900), cue(9000, 9500)];
		const [part] = partsOf(cues, second, []);
		expect(part?.lines.map((line) => line.second.map((one) => one.startMs))).toEqual([
			[0],
			[1900, 9000]
		]);
	});
});
