import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { READABLE_ALPHABET } from '#lib/domain/codes.ts';
import { formatJoinCode, JOIN_CODE_LENGTH, joinCode } from '#lib/domain/classes.ts';

const codes = fc
	.array(fc.constantFrom(...READABLE_ALPHABET), {
		minLength: JOIN_CODE_LENGTH,
		maxLength: JOIN_CODE_LENGTH
	})
	.map((letters) => letters.join(''));
const read = (text: string) => v.safeParse(joinCode, text);
const problemOf = (text: string) => read(text).issues?.[0]?.message;

test('no letter of a code can be taken for another one', () => {
	for (const letter of '01ILO') expect(READABLE_ALPHABET).not.toContain(letter);
	expect(new Set(READABLE_ALPHABET).size).toBe(READABLE_ALPHABET.length);
});

test('a code is understood as it is shown', () => {
	fc.assert(
		fc.property(codes, (code) => {
			expect(read(formatJoinCode(code)).output).toBe(code);
		})
	);
});

test.each([
	['in lower case', 'abcd-2345'],
	['without its dash', 'ABCD2345'],
	['with spaces around and within', '  abcd 23 45 '],
	['in full-width letters, as a Chinese keyboard types them', 'ＡＢＣＤ－２３４５'],
	['with an ideographic space', 'ABCD　2345'],
	['with several dashes', 'A-B-C-D-2-3-4-5']
])('a code is understood %s', (_how, typed) => {
	expect(read(typed).output).toBe('ABCD2345');
});

test.each(['ABCD234', 'ABCD23456', 'ABCD-234O', 'ABCD 2341', "' or 1=1", '月饼月饼月饼月饼'])(
	'%s is no code, and one is told so',
	(typed) => {
		expect(problemOf(typed)).toBe('join_code_unknown');
	}
);

test('nothing but spaces and dashes is nothing', () => {
	for (const typed of ['', '  ', '-', ' - - ']) expect(problemOf(typed)).toBe('required');
});
