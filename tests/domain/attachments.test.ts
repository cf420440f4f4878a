import { expect, test } from 'vitest';
import { attachmentKindOf, attachmentName } from '#lib/domain/attachments.ts';
import { aPdf, aPicture } from '../support/attached.ts';

test('a file is what its bytes say', async () => {
	expect(attachmentKindOf(aPdf())).toBe('pdf');
	for (const kind of ['jpeg', 'png', 'webp'] as const)
		expect(attachmentKindOf(await aPicture(kind))).toBe(kind);
	const others = [
		...[await aPicture('gif'), await aPicture('avif')],
		...['', '%PDF-1.4', '<html>%PDF-1.4 startxref 0 %%EOF', 'PK\x03\x04', '#!/bin/sh'].map((text) =>
			Buffer.from(text)
		),
		// A page with the end of a PDF, and a PDF that was cut off.
		Buffer.from('<script>alert(1)</script>\nstartxref\n0\n%%EOF'),
		aPdf().subarray(0, 40)
	];
	expect(others.map(attachmentKindOf)).toEqual(others.map(() => undefined));
});

test.each([
	['月饼配方.PDF', 'pdf', '月饼配方.pdf'],
	['recipe.pdf.exe', 'pdf', 'recipe.pdf.exe.pdf'],
	['photo.png', 'jpeg', 'photo.jpg'],
	['a.pdf.png', 'png', 'a.png'],
	['../../etc/passwd', 'png', 'passwd.png'],
	['C:\\Users\\x\\图.webp', 'webp', '图.webp'],
	['gpj.\u202Efdp.exe', 'pdf', 'gpj.fdp.exe.pdf'],
	['a"; filename=b\r\n.html', 'pdf', 'a filename=b.html.pdf'],
	['  . ', 'pdf', 'file.pdf'],
	['', 'png', 'file.png'],
	['长'.repeat(200), 'pdf', `${'长'.repeat(60)}.pdf`]
] as const)('%j as %s is called %j, and keeps that name', (given, kind, name) => {
	expect(attachmentName(given, kind)).toBe(name);
	expect(attachmentName(name, kind)).toBe(name);
});
