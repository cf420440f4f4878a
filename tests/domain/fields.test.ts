import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { id, line, lines, oneOf, revision, webAddress } from '#lib/domain/fields.ts';
import { NewPersonForm, password, SignInForm, signInName } from '#lib/domain/people.ts';

const problemOf = (schema: v.GenericSchema, input: unknown) =>
	v.safeParse(schema, input).issues?.[0].message;
const outputOf = <S extends v.GenericSchema>(schema: S, input: unknown) => v.parse(schema, input);

describe('a line', () => {
	test('is trimmed and kept as it was typed', () => {
		expect(outputOf(line(10), '  云月饼 🥮 ')).toBe('云月饼 🥮');
	});
	test.each([
		['', 'required'],
		['   ', 'required'],
		[undefined, 'required'],
		['x'.repeat(11), 'too_long'],
		['a\nb', 'odd_characters'],
		['a\u0000b', 'odd_characters'],
		['a\u009bb', 'odd_characters']
	])('%j is refused: %s', (input, problem) => {
		expect(problemOf(line(10), input)).toBe(problem);
	});
});

describe('several lines', () => {
	test('keep their breaks, written one way', () => {
		expect(outputOf(lines(20), ' 先洗手\r\n再和面\r\n')).toBe('先洗手\n再和面');
	});
	test('may be none at all', () => {
		expect(outputOf(lines(20), '')).toBe('');
		expect(outputOf(lines(20), undefined)).toBe('');
	});
	test('hold no control character', () => {
		expect(problemOf(lines(20), 'a\n\u0007b')).toBe('odd_characters');
	});
	test('are counted', () => {
		expect(problemOf(lines(3), 'abcd')).toBe('too_long');
	});
	test('are judged at once, however long and odd', () => {
		const began = process.cpuUsage();
		expect(problemOf(lines(100_000), `${'\n'.repeat(50_000)}a${'\u0007'.repeat(10)}`)).toBe(
			'odd_characters'
		);
		// Going back over it for each character would take minutes.
		expect(process.cpuUsage(began).user / 1e6).toBeLessThan(8);
	});
});

describe('a sign-in name', () => {
	test.each([
		['Xiao.Yun_1', 'xiao.yun_1'],
		['小云', '小云'],
		['ＸＩＡＯ', 'xiao']
	])('%s is known as %s', (typed, kept) => {
		expect(outputOf(signInName, typed)).toBe(kept);
	});
	test.each([
		['a', 'too_short'],
		['a b', 'sign_in_name_characters'],
		['a@b', 'sign_in_name_characters'],
		['<b>bold</b>', 'sign_in_name_characters'],
		['x'.repeat(41), 'too_long']
	])('%s is refused: %s', (typed, problem) => {
		expect(problemOf(signInName, typed)).toBe(problem);
	});
	test('is looked for as it was kept', () => {
		const kept = outputOf(NewPersonForm, {
			displayName: 'Yun',
			signInName: 'ＹＵＮ',
			password: '12345678'
		}).signInName;
		const typed = outputOf(SignInForm, { signInName: 'Yun', password: 'x' }).signInName;
		expect(typed).toBe(kept);
	});
});

test('a password is never changed: spaces and every script count', () => {
	expect(outputOf(password, '  云 云 云 ')).toBe('  云 云 云 ');
	expect(problemOf(password, '1234567')).toBe('password_too_short');
	expect(problemOf(password, '')).toBe('required');
	expect(problemOf(password, 'x'.repeat(201))).toBe('too_long');
});

test.each([
	'javascript:alert(1)',
	'data:text/html,x',
	'file:///etc/passwd',
	'//shop.example',
	'shop.example',
	'ftp://shop.example',
	' javascript:alert(1)//https://shop.example'
])('%s cannot be linked to', (address) => {
	expect(problemOf(webAddress, address)).toBe('not_an_address');
});

test('an address on the web can be linked to', () => {
	expect(outputOf(webAddress, ' https://店.example/月饼?a=1 ')).toBe('https://店.example/月饼?a=1');
});

test.each(['0', '-1', '1.5', '1e3', '01', 'x', '', '9999999999', undefined, 3])(
	'%j is no revision of a page and counts as stale',
	(input) => {
		expect(problemOf(revision, input)).toBe('stale');
	}
);

test('choices and ids are what they are, or nothing', () => {
	expect(problemOf(oneOf(['a', 'b']), 'c')).toBe('choose_one');
	expect(problemOf(oneOf(['a', 'b']), undefined)).toBe('choose_one');
	expect(problemOf(id, "x' or 1=1")).toBe('not_found');
});
