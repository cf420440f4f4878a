import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOneLine, rebroken } from '#lib/captions/breaks.ts';
import { CAPTION_LIMITS } from '#lib/captions/limits.ts';
import { widthOf } from '#lib/captions/measure.ts';
import { plainText } from '#lib/captions/payload.ts';
import { cutPayload, visibleOf, withWords } from '#lib/captions/visible.ts';
import { payload } from './arbitrary.ts';

const ZH = CAPTION_LIMITS['zh-CN'].full;
const EN = CAPTION_LIMITS.en.full;
const shownBy = (text: string) =>
	visibleOf(text)
		.map(({ shown }) => shown)
		.join('');

describe('what a payload shows', () => {
	test('is the same as its words, whatever the markup', () => {
		fc.assert(
			fc.property(payload, (text) => {
				expect(shownBy(text)).toBe(plainText(text));
			})
		);
	});
	test('can be written anew; tags and readings stay', () => {
		expect(withWords('<b>和面</b>，揉', '和好面，揉')).toBe('<b>和好面</b>，揉');
		expect(withWords('<ruby>饼<rt>bǐng</rt></ruby>好', '<ruby>饼'.slice(6) + '很好')).toBe(
			'<ruby>饼<rt>bǐng</rt></ruby>很好'
		);
		expect(withWords('a &amp; b', 'a & b < c')).toBe('a &amp; b &lt; c');
	});
	test('shows just the words that were written', () => {
		fc.assert(
			fc.property(payload, payload, (text, other) => {
				const words = plainText(other);
				expect(plainText(withWords(text, words))).toBe(words);
				expect(withWords(text, plainText(text))).toBe(text);
			})
		);
	});
	test('cut in two, shows the same, and open tags go on', () => {
		expect(cutPayload('<v 王><b>和面揉面</b>', 2)).toEqual([
			'<v 王><b>和面</b></v>',
			'<v 王><b>揉面</b>'
		]);
	});
});

describe('lines are broken where they read best', () => {
	test.each([
		[
			'第一步：和面，把糖浆倒进面粉里，用手揉成团。',
			'第一步：和面，\n把糖浆倒进面粉里，用手揉成团。'
		],
		['把烤箱的温度调到 200 度再烤 20 分钟就好', undefined]
	])('%s', (text, wanted) => {
		const broken = rebroken(text, 'zh-CN', ZH) ?? '';
		if (wanted) expect(broken).toBe(wanted);
		expect(broken.split('\n')).toHaveLength(2);
		expect(broken).not.toMatch(/\d\n\d|[A-Za-z]\n[A-Za-z]|\n[，。、；：？！]|\d ?\n[度分]/);
	});
	test('English breaks between words, after a sentence if it can', () => {
		expect(rebroken('Roll it out. Then fold the sheet over and turn it once.', 'en', EN)).toBe(
			'Roll it out.\nThen fold the sheet over and turn it once.'
		);
	});
	test('what two people say is left in its lines', () => {
		expect(rebroken('- 好了吗？\n- 还没有。', 'zh-CN', ZH)).toBeUndefined();
	});
	test('no line is too long and no word is lost', () => {
		fc.assert(
			fc.property(payload, (text) => {
				const broken = rebroken(text, 'zh-CN', ZH);
				if (broken === undefined) return;
				for (const line of plainText(broken).split('\n')) {
					expect(widthOf(line.trim(), 'zh-CN')).toBeLessThanOrEqual(ZH.lineLength);
				}
				const bare = (words: string) => plainText(words).replace(/\s/g, '');
				expect(bare(broken)).toBe(bare(inOneLine(text)));
				expect(bare(broken)).toBe(bare(text));
			})
		);
	});
});
