import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyTrack, type Cue } from '#lib/captions/cue.ts';
import * as edit from '#lib/captions/edit.ts';
import { CaptionHistory, TYPING_PAUSE_MS } from '#lib/captions/history.ts';
import { plainText } from '#lib/captions/payload.ts';
import { findWords, replaceMatches } from '#lib/captions/replace.ts';
import { parseSrt, writeSrt } from '#lib/captions/srt.ts';
import { parseWebVtt, writeWebVtt } from '#lib/captions/webvtt.ts';
import { cues as anyCues } from './arbitrary.ts';

const cue = (startMs: number, endMs: number, text: string): Cue => ({
	id: '',
	startMs,
	endMs,
	text,
	settings: {}
});
const FILE = `WEBVTT - 月饼
Kind: captions

NOTE 给同事

REGION
id:low
glow:1

STYLE
::cue(.alert) { color: lime }

NOTE 第一句

一
00:01.000 --> 00:03.000 line:2 glow:1 region:low
<c.alert>[铃响]</c> 和面，揉面。

00:04.000 --> 00:06.000
糖浆 &amp; 面粉

NOTE 完
`;

type Edit = (cues: readonly Cue[], at: number, number: number) => readonly Cue[];
const EDITS: Edit[] = [
	(cues, at, n) => edit.changed(cues, at, (one) => edit.writeWords(one, `改${n}`)),
	(cues, at, n) => edit.changed(cues, at, (one) => edit.startingAt(one, n)),
	(cues, at, n) => edit.changed(cues, at, (one) => edit.endingAt(one, n)),
	(cues, at, n) => edit.changed(cues, at, (one) => edit.moved(one, n - 500)),
	(cues, at, n) => edit.shiftedFrom(cues, at, n - 500),
	(cues, at) => edit.without(cues, at),
	(cues, _, n) => edit.inserted(cues, cue(n, n + 900, '新')).cues,
	(cues) => edit.sorted(cues),
	(cues, at, n) => {
		const one = cues[at];
		return one ? edit.exchanged(cues, at, 1, ...edit.split(one, 2, one.startMs + n)) : cues;
	},
	(cues, at) => {
		const [one, two] = [cues[at], cues[at + 1]];
		return one && two ? edit.exchanged(cues, at, 2, edit.joined(one, two)) : cues;
	},
	(cues) => replaceMatches(cues, findWords(cues, '面'), '团')
];
const steps = fc.array(fc.tuple(fc.nat(EDITS.length - 1), fc.nat(9), fc.nat(3000)), {
	maxLength: 30
});

describe('whatever was done can be undone, and done again', () => {
	test('step by step to the very same captions', () => {
		fc.assert(
			fc.property(anyCues, steps, (original, all) => {
				const history = new CaptionHistory();
				let cues: readonly Cue[] = original;
				for (const [kind, at, number] of all) {
					const after = EDITS[kind]?.(cues, at, number) ?? cues;
					history.record(cues, after);
					cues = after;
				}
				const last = cues;
				while (history.undoCount > 0) cues = history.undo(cues) ?? cues;
				expect(cues.every((one, index) => one === original[index])).toBe(true);
				expect(cues).toHaveLength(original.length);
				while (history.redoCount > 0) cues = history.redo(cues) ?? cues;
				expect(cues).toEqual(last);
			})
		);
	});
	test('typing on is one step; after a pause it is another', () => {
		const history = new CaptionHistory();
		const [a, ab, abc] = ['面', '面团', '面团好'].map((text) => [cue(0, 1000, text)]);
		if (!a || !ab || !abc) throw new Error('three states');
		history.record([], a, { key: 'words 0', atMs: 0 });
		history.record(a, ab, { key: 'words 0', atMs: TYPING_PAUSE_MS + 1 });
		history.record(ab, abc, { key: 'words 0', atMs: TYPING_PAUSE_MS + 200 });
		expect(history.undoCount).toBe(2);
		expect(history.undo(abc)).toEqual(a);
	});
	test('after something new, what was undone is gone', () => {
		const history = new CaptionHistory();
		history.record([], [cue(0, 1000, '一')]);
		history.undo([cue(0, 1000, '一')]);
		history.record([], [cue(0, 1000, '二')]);
		expect(history.redo([cue(0, 1000, '二')])).toBeUndefined();
	});
});

describe('what an editor does not know survives', () => {
	test('comments, styles, regions, ids and settings, through edits and files', () => {
		const { track } = parseWebVtt(FILE);
		const [one, two] = track.cues;
		if (!one || !two) throw new Error('two cues');
		const cues = edit.shiftedFrom(
			[...edit.split(edit.writeWords(one, '[铃响] 和面，揉面团。'), 7, 2000), two],
			2,
			500
		);
		const written = writeWebVtt(edit.withCues(track, cues));
		for (const kept of [
			'- 月饼\nKind: captions',
			'NOTE 给同事',
			'glow:1',
			'NOTE 第一句',
			'NOTE 完'
		])
			expect(written).toContain(kept);
		expect(written).toContain('STYLE\n::cue(.alert) { color: lime }');
		expect(written).toContain('<c.alert>[铃响]</c>');
		expect(written).toContain('糖浆 &amp; 面粉');
		expect(parseWebVtt(written).track).toEqual(edit.withCues(track, cues));
	});
	test('the comment of the last caption taken away', () => {
		const { track } = parseWebVtt('WEBVTT\n\nNOTE 看\n\n00:01.000 --> 00:02.000\na\n');
		expect(writeWebVtt(edit.withCues(track, edit.without(track.cues, 0)))).toContain('NOTE 看');
	});
	test('after any edits, written and read again it is the same', () => {
		fc.assert(
			fc.property(anyCues, steps, (original, all) => {
				let cues: readonly Cue[] = original;
				for (const [kind, at, number] of all) cues = EDITS[kind]?.(cues, at, number) ?? cues;
				const written = writeWebVtt(edit.withCues(emptyTrack(), cues));
				expect(writeWebVtt(parseWebVtt(written).track)).toBe(written);
				expect(parseWebVtt(written).track.cues.map(({ startMs }) => startMs)).toEqual(
					cues.map(({ startMs }) => startMs)
				);
			})
		);
	});
	test('SubRip read, edited and written keeps its emphasis and its place', () => {
		const srt = '1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<b>和面</b>\r\n\r\n';
		const { track } = parseSrt(srt);
		const cues = edit.changed(track.cues, 0, (one) => edit.writeWords(one, '和好面'));
		expect(writeSrt(edit.withCues(track, cues))).toBe(srt.replace('和面', '和好面'));
	});
});

describe('single edits', () => {
	test('a part of a caption without words is no caption', () => {
		expect(edit.split(cue(0, 1000, '面'), 1, 500)).toHaveLength(1);
		expect(edit.split(cue(0, 1000, '和面'), 1, 0)).toHaveLength(1);
	});
	test('no time before the beginning', () => {
		expect(edit.moved(cue(300, 900, '面'), -1000)).toMatchObject({ startMs: 0, endMs: 600 });
		expect(edit.startingAt(cue(300, 900, '面'), 1000)).toMatchObject({
			startMs: 1000,
			endMs: 1600
		});
		expect(edit.endingAt(cue(300, 900, '面'), 100)).toMatchObject({ startMs: 300, endMs: 301 });
	});
	test('words are found in any case and replaced; tags and readings stay', () => {
		const cues = [cue(0, 1, '<b>Do</b>ugh &amp; dough'), cue(2, 3, '<ruby>饼<rt>bǐng</rt></ruby>')];
		const found = findWords(cues, 'DOUGH');
		expect(found).toHaveLength(2);
		const after = replaceMatches(cues, found, '<面>');
		expect(plainText(after[0]?.text ?? '')).toBe('<面> & <面>');
		expect(after[0]?.text).toContain('<b>');
		expect(after[1]).toBe(cues[1]);
		expect(findWords(cues, 'bǐng')).toEqual([]);
		expect(findWords(cues, '')).toEqual([]);
	});
});
