/** Writing captions: steps, lines without a time, tapping, mending, and moments as people write them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCaptions } from '#lib/captions/check.ts';
import type { Cue } from '#lib/captions/cue.ts';
import { decodeText } from '#lib/captions/decode.ts';
import { plainText } from '#lib/captions/payload.ts';
import { emptyTrack } from '#lib/captions/cue.ts';
import { encodeText } from '#lib/studio/captioning/encode.ts';
import { actionOf, ACTIONS } from '#lib/studio/captioning/keys.ts';
import { findingsAt, mendAll } from '#lib/studio/captioning/mending.ts';
import { peaksOf } from '#lib/studio/captioning/peaks.ts';
import * as steps from '#lib/studio/captioning/steps.ts';
import { begin, end } from '#lib/studio/captioning/tapping.ts';
import { momentIn, momentWord } from '#lib/studio/captioning/times.ts';
import { fromWebVtt, isTimed, timedCount, toWebVtt, untimed } from '#lib/captions/untimed.ts';

const KIND = { language: 'zh-CN', tier: 'full' } as const;
const cue = (startMs: number, endMs: number, text: string): Cue => ({
	...{ id: '', startMs, endMs, text, settings: {} }
});
const wordsOf = ({ cues }: steps.Place) => cues.map(({ text }) => plainText(text));
const spansOf = (cues: readonly Cue[]) => cues.map(({ startMs, endMs }) => [startMs, endMs]);

describe('lines without a time', () => {
	test('are a note in the file, and come back as they were', () => {
		const lines = ['先洗手', '第一行\n第二行', '反\\斜 --&gt; 线', '- 短横', ''];
		const track = {
			...emptyTrack(),
			cues: [cue(0, 1000, '揉面'), ...lines.map(untimed)],
			notesAtEnd: ['NOTE ours']
		};
		const file = toWebVtt(track);
		expect(file).toContain('NOTE lines without a time\n- 先洗手');
		expect(fromWebVtt(file)).toEqual(track);
		expect(toWebVtt(fromWebVtt(file))).toBe(file);
	});

	test('any words survive the file', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
				const { cues } = steps.addLines({ cues: [], index: 0 }, texts.join('\n'));
				const back = fromWebVtt(toWebVtt({ ...emptyTrack(), cues: [...cues] }));
				expect(back.cues).toEqual(
					cues.map((one) => ({ ...one, text: one.text.replaceAll('\0', '\ufffd') }))
				);
			})
		);
	});

	test('are typed one a line, and markup is only words', () => {
		const place = steps.addLines({ cues: [], index: 0 }, '先洗手\n\n  <b>揉面 \r\n');
		expect(wordsOf(place)).toEqual(['先洗手', '<b>揉面']);
		expect(timedCount(place.cues)).toBe(0);
	});
});

describe('tapping', () => {
	const lines = steps.addLines({ cues: [], index: 0 }, '先洗手\n再和面\n揉三分钟');

	test('a line begins and lasts until the next one begins or until its end is tapped', () => {
		const one = begin(lines, undefined, 1000, KIND);
		const two = begin(one, one.index, 2500, KIND);
		const ended = end(two, two.index, 3700);
		const three = begin(ended, undefined, 9000, KIND);
		expect(spansOf(three.cues)).toEqual([
			[1000, 2417],
			[2500, 3700],
			[9000, 9000 + steps.comfortMs(cue(0, 0, '揉三分钟'), KIND)]
		]);
		expect(begin(three, undefined, 12_000, KIND).cues).toBe(three.cues);
	});

	test('a line that nobody ended stays no longer than a caption may', () => {
		const one = begin(lines, undefined, 1000, KIND);
		expect(begin(one, one.index, 60_000, KIND).cues[0]).toMatchObject({ endMs: 8000 });
	});

	test('a line begun in the middle goes to its place', () => {
		const between = { cues: [cue(0, 1000, 'a'), cue(9000, 9900, 'b'), untimed('c')], index: 0 };
		const place = begin(between, undefined, 4000, KIND);
		expect(wordsOf(place)).toEqual(['a', 'c', 'b']);
		expect(place.index).toBe(1);
	});
});

describe('steps', () => {
	const place = { cues: [cue(0, 2000, '先洗手，再和面'), cue(3000, 5000, '揉面')], index: 0 };

	test('a caption is parted where the cursor stands, at the moment of the video', () => {
		const { cues, index } = steps.splitAt(place, 4, 1000, KIND);
		expect(cues.map(({ text }) => text)).toEqual(['先洗手，', '再和面', '揉面']);
		expect(spansOf(cues.slice(0, 2))).toEqual([
			[0, 958],
			[1041, 2000]
		]);
		expect(index).toBe(1);
	});
	test('without a cursor it is parted where it reads best', () =>
		expect(wordsOf(steps.splitAt(place, undefined, 99_000, KIND))).toEqual([
			'先洗手，',
			'再和面',
			'揉面'
		]));
	test('parting and joining lines without a time gives lines without a time', () => {
		const lines = { cues: [untimed('先洗手再和面')], index: 0 };
		const parted = steps.splitAt(lines, 3, 0, KIND);
		expect(wordsOf(parted)).toEqual(['先洗手', '再和面']);
		expect(wordsOf(steps.joinNext({ ...parted, index: 0 }))).toEqual(['先洗手\n再和面']);
		expect(timedCount(parted.cues)).toBe(0);
	});
	test('a timed caption is not joined with a line that has none', () => {
		const mixed = { cues: [cue(0, 1000, 'a'), untimed('b')], index: 0 };
		expect(steps.joinNext(mixed).cues).toBe(mixed.cues);
	});
	test('a later start puts a caption behind the next, and it stays chosen', () => {
		const moved = steps.startAt(place, 6000, KIND);
		expect(wordsOf(moved)).toEqual(['揉面', '先洗手，再和面']);
		expect(moved.index).toBe(1);
	});
	test('all after it move along, lines without a time do not', () => {
		const mixed = { cues: [...place.cues, untimed('c')], index: 1 };
		expect(spansOf(steps.nudgeRest(mixed, -500).cues.slice(0, 2))).toEqual([
			[0, 2000],
			[2500, 4500]
		]);
		expect(isTimed(steps.nudgeRest(mixed, -500).cues[2] ?? cue(0, 1, ''))).toBe(false);
	});
	test('a new caption does not cover the next one where there is room', () =>
		expect(spansOf(steps.insertAt(place, 2000, KIND).cues)[1]).toEqual([2000, 3000]));
	test('times are forgotten from here on, words and order stay', () => {
		const all = steps.forgetTimes({ ...place, index: 1 });
		expect(timedCount(all.cues)).toBe(1);
		expect(wordsOf(all)).toEqual(wordsOf(place));
	});
});

describe('mending', () => {
	const about = { ...KIND, durationMs: 3_600_000 };
	const rough = (count: number): Cue[] =>
		Array.from({ length: count }, (_, n) =>
			cue(
				n * 600,
				n * 600 + (n % 7 === 0 ? 900 : 580),
				n % 3 ? '揉面' : '先把糖浆和枧水搅匀，再倒进面粉里慢慢拌'
			)
		);
	const mustsOf = (cues: readonly Cue[]) =>
		checkCaptions(cues, about).filter(({ level }) => level === 'must').length;

	test('of all leaves less that must be mended, and keeps every word', async () => {
		const before = rough(60);
		const after = await mendAll(before, about, () => true);
		expect(mustsOf(after ?? before)).toBeLessThan(mustsOf(before));
		const words = (cues: readonly Cue[]) =>
			cues
				.map(({ text }) => plainText(text))
				.join('')
				.replaceAll('\n', '');
		expect(words(after ?? [])).toBe(words(before));
	});
	test('of nothing wrong changes nothing; called off, nothing either', async () => {
		const fine = [cue(0, 2000, '先洗手'), cue(3000, 5000, '再和面')];
		expect(await mendAll(fine, about, () => true)).toBe(fine);
		expect(await mendAll(rough(3000), about, () => false)).toBeUndefined();
	});
	test('lines without a time are left alone', async () => {
		const after = await mendAll([...rough(10), untimed('没有时间')], about, () => true);
		expect(after?.at(-1)).toMatchObject({ text: '没有时间' });
		expect(findingsAt(after ?? [], (after?.length ?? 0) - 1, about)).toEqual([]);
	});
	test('what is found near one caption is what is found in all', () => {
		const cues = rough(80);
		const all = checkCaptions(cues, about).filter((one) => one.cue === 42);
		expect(findingsAt(cues, 42, about).map(({ rule }) => rule)).toEqual(
			all.map(({ rule }) => rule)
		);
	});
});

describe('moments', () => {
	test('are read as people write them', () => {
		const written = ['1:05.5', '65,5', '0:01:05.500', '1：05．5', ' 65.50 '];
		expect(written.map(momentIn)).toEqual(written.map(() => 65_500));
		expect(['', 'x', '1:75', '1:60:00', '1:2:3:4', '-1'].map(momentIn)).toEqual(
			Array.from({ length: 6 }, () => undefined)
		);
	});
	test('come back as they were written', () =>
		fc.assert(fc.property(fc.nat({ max: 7_200_000 }), (ms) => momentIn(momentWord(ms)) === ms)));
});

test('every encoding is read as the words that were written', () => {
	const text = '先把枧水搅匀：180℃，½ 勺。龘𠮷😀é —';
	for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const)
		expect(decodeText(encodeText(text, encoding))).toEqual({ text, encoding });
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (some) => {
			const bytes = encodeText(some, 'gb18030');
			expect(new TextDecoder('gb18030').decode(bytes)).toBe(some);
		})
	);
});

test('every key does one thing, and none of them writes a letter', () => {
	const found = ACTIONS.map((action) => action);
	expect(new Set(found).size).toBe(found.length);
	const press = (code: string, keys: Partial<KeyboardEvent>) =>
		actionOf({
			...{ code, altKey: false, shiftKey: false, ctrlKey: false, metaKey: false },
			...keys
		});
	expect(press('KeyK', { altKey: true })).toBe('playPause');
	expect(press('KeyK', {})).toBeUndefined();
	expect(press('BracketLeft', { altKey: true, shiftKey: true })).toBe('restEarlier');
	expect(press('KeyZ', { metaKey: true })).toBe('undo');
	expect(press('KeyZ', { ctrlKey: true, shiftKey: true })).toBe('redo');
});

test('loudness is a share of the loudest, moment by moment', () => {
	const samples = new Float32Array(8000).map((_, at) => (at < 4000 ? 0.5 : -0.25));
	expect([...peaksOf(samples, 8000)]).toEqual([...Array(10).fill(1), ...Array(10).fill(0.5)]);
});
