/**
 * A certificate as a page to print and to keep: tagged, so that a screen reader reads it in order,
 * with its fonts inside, so that it looks the same everywhere (PDF/UA-1).
 */
import PDFDocument from 'pdfkit';
import { create as qrCode } from 'qrcode';
import { type FontName, fonts } from './fonts.ts';
import { linesOf, type Measure, runsOf, widthOf } from './lines.ts';

/** What stands on it, in the words and the language of whoever prints it. */
export type Printed = {
	language: string;
	title: string;
	holderName: string;
	sentence: string;
	courseTitle: string;
	/** Who issued it, and on which day. */
	issued: string;
	number: { label: string; value: string };
	check: { label: string; address: string };
	/** That it is no skill-level certificate. */
	kind: string;
};

type Doc = InstanceType<typeof PDFDocument>;
type OpenFont = { font: { hasGlyphForCodePoint(codePoint: number): boolean } };

const ASCII = String.fromCodePoint(...Array.from({ length: 95 }, (_, at) => 32 + at));
const PAGE = { width: 841.89, height: 595.28 };
const MIDDLE = PAGE.width / 2;
const TEXT_WIDTH = 620;
const QR_SIZE = 110;
const INK = '#1c1917';
const SOFT = '#57534e';
const ACCENT = '#9a3412';

/** @throws Conflict when a letter of a name or title is in none of our fonts */
export async function certificatePdf(printed: Printed): Promise<Buffer> {
	const doc = new PDFDocument({
		...{ size: 'A4', layout: 'landscape', margin: 0, pdfVersion: '1.7' },
		// Younger than the library's types.
		...({ subset: 'PDF/UA' } as object),
		...{ tagged: true, displayTitle: true, lang: printed.language },
		info: {
			Title: `${printed.title} · ${printed.courseTitle}`,
			Author: printed.issued
		}
	});
	const bytes = collected(doc);
	for (const [name, font] of await fonts()) doc.registerFont(name, font);
	// The library forgets which letter a shape is that it first meets as a part of another (e in é).
	doc.font('latin').widthOfString(ASCII);
	try {
		draw(doc, printed);
	} finally {
		doc.end();
	}
	return bytes;
}

function collected(doc: Doc): Promise<Buffer> {
	const pieces: Buffer[] = [];
	doc.on('data', (piece: Buffer) => pieces.push(piece));
	return new Promise((resolve, reject) => {
		doc.on('end', () => resolve(Buffer.concat(pieces)));
		doc.on('error', reject);
	});
}

const measureOf = (doc: Doc): Measure => ({
	has: (font, letter) => {
		// The library keeps the opened font to itself, and would print a box for what it lacks.
		const { _font } = doc.font(font) as unknown as { _font: OpenFont };
		return _font.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
	},
	width: (font: FontName, text, size) => doc.font(font).fontSize(size).widthOfString(text)
});

function draw(doc: Doc, printed: Printed): void {
	const measure = measureOf(doc);
	const root = doc.struct('Document');
	doc.addStructure(root);
	doc.markContent('Artifact', { type: 'Layout' });
	for (const [inset, width] of [[24, 2] as const, [31, 0.75] as const])
		doc
			.rect(inset, inset, PAGE.width - 2 * inset, PAGE.height - 2 * inset)
			.lineWidth(width)
			.stroke(ACCENT);
	doc.endMarkedContent();

	let y = 72;
	/** One block in the middle of the page. @returns where the next may begin */
	const block = (tag: string, text: string, size: number, colour: string, after: number): void => {
		const lines = linesOf(text, size, TEXT_WIDTH, measure);
		const top = y;
		root.add(
			doc.struct(tag, {}, () => {
				for (const [index, line] of lines.entries()) {
					const at = MIDDLE - widthOf(line, size, measure) / 2;
					putLine(doc, line, { x: at, y: top + index * size * 1.3, size, colour, measure });
				}
			})
		);
		y += lines.length * size * 1.3 + after;
	};
	block('H1', printed.title, 38, ACCENT, 26);
	block('P', printed.holderName, 34, INK, 12);
	block('P', printed.sentence, 18, SOFT, 12);
	block('P', printed.courseTitle, 28, INK, 18);
	block('P', printed.issued, 17, INK, 0);

	const left = MIDDLE - TEXT_WIDTH / 2;
	const foot = PAGE.height - 60 - QR_SIZE;
	root.add(
		doc.struct('Figure', { alt: printed.check.label }, () => putCode(doc, printed, left, foot))
	);
	const beside = left + QR_SIZE + 22;
	const lines = [
		{ text: `${printed.number.label} ${printed.number.value}`, size: 15, colour: INK },
		{ text: `${printed.check.label} ${printed.check.address}`, size: 11, colour: SOFT },
		{ text: printed.kind, size: 11, colour: SOFT }
	];
	let top = foot + 14;
	for (const { text, size, colour } of lines)
		for (const line of linesOf(text, size, TEXT_WIDTH - QR_SIZE - 22, measure)) {
			const at = top;
			root.add(
				doc.struct('P', {}, () => putLine(doc, line, { x: beside, y: at, size, colour, measure }))
			);
			top += size * 1.5;
		}
	root.end();
}

type Placed = { x: number; y: number; size: number; colour: string; measure: Measure };

function putLine(doc: Doc, line: string, { x, y, size, colour, measure }: Placed): void {
	let at = x;
	for (const { font, text } of runsOf(line, measure)) {
		doc.font(font).fontSize(size).fillColor(colour);
		// Fonts stand differently high above their feet: what lines up is the feet.
		doc.text(text, at, y + size, { lineBreak: false, baseline: 'alphabetic' });
		at += measure.width(font, text, size);
	}
}

/** The code as squares: sharp at any size. */
function putCode(doc: Doc, { check }: Printed, x: number, y: number): void {
	const { modules } = qrCode(check.address, { errorCorrectionLevel: 'M' });
	const side = QR_SIZE / modules.size;
	for (let row = 0; row < modules.size; row++)
		for (let column = 0; column < modules.size; column++)
			if (modules.get(row, column))
				// A hair wider: no white lines between neighbours.
				doc.rect(x + column * side, y + row * side, side + 0.05, side + 0.05);
	doc.fill('#000');
}
