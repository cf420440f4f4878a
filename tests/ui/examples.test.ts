import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import Examples from '#lib/ui/Examples.svelte';

/** Each opening tag of the page as the server sends it, with its attributes. */
function elementsOf(html: string): { tag: string; attributes: Map<string, string> }[] {
	return [...html.matchAll(/<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
		(found) => ({
			tag: found[1] as string,
			attributes: new Map(
				[...(found[2] as string).matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map((attribute) => [
					attribute[1] as string,
					attribute[2] ?? ''
				])
			)
		})
	);
}

describe('every component, before any script has run', () => {
	const html = render(Examples, { props: { language: 'zh-CN', theme: 'dark' } }).body;
	const elements = elementsOf(html);
	const values = (name: string) =>
		elements.flatMap(({ attributes }) => attributes.get(name)?.split(' ') ?? []);
	const ids = values('id');

	test('no id stands twice', () => {
		expect(ids.length).toBeGreaterThan(20);
		expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
	});

	test('hints, errors and names belong to something that is there', () => {
		const wanted = [...values('aria-describedby'), ...values('aria-labelledby'), ...values('for')];
		expect(wanted.length).toBeGreaterThan(10);
		expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
	});

	test('a wrong answer is marked, told, and led to from the summary', () => {
		const code = elements.find(({ attributes }) => attributes.get('id') === 'code')?.attributes;
		expect(code?.get('aria-invalid')).toBe('true');
		expect(code?.get('aria-describedby')).toBe('code-hint code-error');
		expect(html).toContain('href="#code"');
		for (const field of ['video-wrong', 'mode-wrong']) {
			expect(html).toContain(`href="#${field}"`);
			expect(ids).toContain(field);
		}
	});

	test('language, colours and sign-out are plain forms that come back to this page', () => {
		const actions = elements
			.filter(({ tag }) => tag === 'form')
			.map(({ attributes }) => `${attributes.get('method')} ${attributes.get('action')}`);
		expect(actions).toContain('POST /preferences');
		expect(actions).toContain('POST /sign-out');
		expect(html).toMatch(/name="next" value="\/examples"/);
		expect(html).toMatch(/name="language" value="en"/);
		for (const theme of ['auto', 'light', 'dark'])
			expect(html).toMatch(new RegExp(`name="theme" value="${theme}"`));
	});

	test('a drawing without a word beside it says what it means, the others keep silent', () => {
		const drawings = elements.filter(({ tag }) => tag === 'svg');
		expect(drawings.length).toBeGreaterThan(40);
		for (const { attributes } of drawings)
			expect(attributes.has('aria-hidden')).toBe(attributes.get('role') !== 'img');
	});

	test('nothing is fetched from another host', () => {
		const addresses = [...values('src'), ...values('href'), ...values('action')];
		expect(addresses.filter((address) => !/^[/#]/.test(address))).toEqual([]);
	});
});
