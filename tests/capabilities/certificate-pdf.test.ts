import { expect, test } from 'vitest';
import { certificatePdf, type Printed } from '#lib/server/certificates/paper/certificate-pdf.ts';
import { Conflict } from '#lib/server/errors.ts';

const printed = (over: Partial<Printed> = {}): Printed => ({
	...{ language: 'zh-CN', title: '结业证书', holderName: '示例·学员', sentence: '学完了这门课' },
	...{ courseTitle: '广式月饼 Café', issued: '示例协会 · 2026年11月27日' },
	number: { label: '证书编号', value: 'YWS-2026-7KQM-D4XT-9RWE' },
	check: { label: '查证书', address: 'https://learn.example.org/verify/YWS-2026-7KQM-D4XT-9RWE' },
	kind: '这是结业证书，不是职业技能等级证书。',
	...over
});

/** As any reader of PDFs sees it. */
async function read(pdf: Buffer) {
	const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
	const document = await getDocument({
		...{ data: new Uint8Array(pdf), verbosity: 0 },
		// Else the names of fonts are kept from us.
		fontExtraProperties: true
	}).promise;
	const page = await document.getPage(1);
	// The fonts are known once the page's drawing has been read.
	await page.getOperatorList();
	const { items } = await page.getTextContent();
	const texts = items.flatMap((item) => ('str' in item ? [item] : []));
	const names = [...new Set(texts.map(({ fontName }) => fontName))];
	return {
		pages: document.numPages,
		text: texts.map(({ str }) => str).join(''),
		fonts: names.map(
			(name) =>
				page.commonObjs.get(name) as { name: string; missingFile?: boolean; data?: Uint8Array }
		),
		info: (await document.getMetadata()).info as { Title: string; Language: string },
		// Typed as an object, and a map in truth.
		marks: (await document.getMarkInfo()) as unknown as Map<string, boolean>,
		tree: JSON.stringify(await page.getStructTree())
	};
}

test('a printed certificate carries its fonts and can be read as text, whatever the script', async () => {
	const { pages, text, fonts } = await read(await certificatePdf(printed()));
	expect(pages).toBe(1);
	for (const words of [
		...['结业证书', '示例·学员', '学完了这门课', '广式月饼 Café', '2026年11月27日'],
		...['YWS-2026-7KQM-D4XT-9RWE', 'https://learn.example.org/verify/', '不是职业技能等级证书']
	])
		expect(text).toContain(words);
	expect(fonts.map(({ name }) => name.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual([
		expect.stringMatching(/^AtkinsonHyperlegible/),
		expect.stringMatching(/^SourceHanSans/)
	]);
	for (const { name, missingFile } of fonts) {
		// Parts of fonts are called so: AAAAAA+Name.
		expect(name).toMatch(/^[A-Z]{6}\+/);
		expect(missingFile ?? false).toBe(false);
	}
});

test('it is tagged, and says its title and language', async () => {
	const pdf = await certificatePdf(printed());
	const { info, marks, tree } = await read(pdf);
	expect(info).toMatchObject({ Title: '结业证书 · 广式月饼 Café', Language: 'zh-CN' });
	expect(Object.fromEntries(marks)).toMatchObject({ Marked: true });
	expect([...tree.matchAll(/"role":"(\w+)"/g)].map(([, role]) => role)).toEqual([
		...['Document', 'H1', 'P', 'P', 'P', 'P', 'Figure', 'P', 'P', 'P'],
		'Root'
	]);
	expect(tree).toContain('"alt":"查证书"');
	expect(pdf.toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>');
});

test('a long name and title are broken into lines, and stay on one page', async () => {
	const long = await read(
		await certificatePdf(
			printed({ holderName: '长'.repeat(60), courseTitle: '月饼制作'.repeat(20) })
		)
	);
	expect(long.pages).toBe(1);
	expect(long.text).toContain('长'.repeat(15));
});

test('only the letters that are used travel: a file that a phone can send', async () => {
	expect((await certificatePdf(printed())).byteLength).toBeLessThan(60_000);
});

test('a letter that no font has is said, not left out', async () => {
	await expect(certificatePdf(printed({ holderName: '\u{2CB4E}' }))).rejects.toEqual(
		new Conflict('letter_not_printable')
	);
});
