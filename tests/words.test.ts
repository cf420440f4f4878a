import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { areas, missingWords } from '../src/lib/words/complete.ts';
import { getLocale, overwriteGetLocale } from '#lib/words/compiled/runtime.js';
import { say } from '#lib/words/problems.ts';
import { sourceFiles } from './support/source-files.ts';

const wordsOf = (area: string, language: string) => {
	const all = JSON.parse(readFileSync(`src/lib/words/${area}.${language}.json`, 'utf8')) as Record<
		string,
		unknown
	>;
	return Object.entries(all).filter(([key]) => !key.startsWith('$'));
};
const LANGUAGES = ['zh-CN', 'en'];

test('both languages say the same things, with the same parameters', () => {
	expect(areas().length).toBeGreaterThan(0);
	expect(missingWords()).toEqual([]);
});

test.each(LANGUAGES)('no message in %s is empty', (language) => {
	const empty = areas().flatMap((area) =>
		wordsOf(area, language).flatMap(([key, message]) =>
			JSON.stringify(message).replaceAll(/[\s"]/g, '') === '' ? [key] : []
		)
	);
	expect(empty).toEqual([]);
});

test('nobody who reads English meets a Chinese sentence', () => {
	// A language is named in itself, so that those find it who read no other.
	const isNamedInItself = (key: string) => key === 'general_language_zh';
	const left = areas().flatMap((area) =>
		wordsOf(area, 'en').flatMap(([key, message]) =>
			/\p{Script=Han}/u.test(JSON.stringify(message)) && !isNamedInItself(key) ? [key] : []
		)
	);
	expect(left).toEqual([]);
});

/**
 * Codes as capabilities and schemas write them: `new Invalid({ field: 'code' })`,
 * `new Conflict('code')`, `v.minLength(1, 'code')`, `{ code: 'code' }`.
 */
function codesIn(text: string): string[] {
	const patterns = [
		/new Conflict\('([a-zA-Z_]+)'/g,
		/new Invalid\(\{\s*(?:\w+|'\w*'):\s*'([a-zA-Z_]+)'/g,
		/\bcode: '([a-zA-Z_]+)'/g,
		/\bv\.(?:string|file|minLength|maxLength|minSize|maxSize|regex|uuid|url|picklist|check|maxValue)(?:<[^>]*>)?\((?:[^()']|\([^)]*\))*'([a-zA-Z_]+)'\s*\)/g
	];
	return patterns.flatMap((pattern) =>
		[...text.matchAll(pattern)].flatMap(([, code]) => code ?? [])
	);
}

// Read by the player's own code, never by a person.
const isForPeople = (path: string) => path !== 'src/lib/domain/watching.ts';

test('every refusal has its own sentence', () => {
	const files = [...sourceFiles('src/lib/domain'), ...sourceFiles('src/lib/server')];
	const codes = new Set(
		files.filter(({ path }) => isForPeople(path)).flatMap(({ text }) => codesIn(text))
	);
	// The pattern still finds what it is to find.
	expect([...codes]).toEqual(
		expect.arrayContaining([
			'required',
			'sign_in_wrong',
			'stale',
			'picture_too_small',
			'choose_one'
		])
	);
	const known = new Set(wordsOf('problems', 'en').map(([key]) => key));
	expect([...codes].filter((code) => !known.has(`problem_${code}`))).toEqual([]);
});

const languageBefore = getLocale;
afterAll(() => overwriteGetLocale(languageBefore));

test('a refusal is told in the language of the reader, with its limit', () => {
	overwriteGetLocale(() => 'en');
	expect(say({ code: 'too_long', values: { limit: 80 } })).toContain('80');
	const english = say({ code: 'sign_in_wrong' });
	overwriteGetLocale(() => 'zh-CN');
	const chinese = say({ code: 'sign_in_wrong' });
	expect(chinese).toMatch(/\p{Script=Han}/u);
	expect(chinese).not.toBe(english);
});

test('a code without words still says that something is wrong', () => {
	overwriteGetLocale(() => 'en');
	expect(say({ code: 'nobody_wrote_this' })).toBe(say({ code: 'unknown' }));
});
