/**
 * The first sheet of an XLSX file that anybody may have made. Its parts are unpacked here, against
 * a limit and against what each says of its own size, and only then given to the library, which
 * believes what it reads: it would set aside as much room as a file asks for.
 */
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { ZipFile as NewZip } from 'yazl';
import { readSheet } from 'read-excel-file/node';
import { MAX_ROSTER_COLUMNS, MAX_ROSTER_LINES } from '#lib/domain/roster.ts';
import { Invalid } from '../errors.ts';

/** Of all parts together. 20,000 lines of ten cells are 10 MB. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
const MAX_PARTS = 2000;
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/i;
/** What is needed to read cells; pictures, charts and macros are not even unpacked. */
const WANTED = [
	/^\[content_types\]\.xml$/i,
	/^(?:xl\/)?_rels\/(?:workbook\.xml)?\.rels$/i,
	/^xl\/(?:workbook|styles|sharedstrings)\.xml$/i,
	SHEET
];

const refusal = (code: string, values: Record<string, number> = {}): Invalid =>
	new Invalid({ file: { code, values } });

export const isZip = (bytes: Uint8Array): boolean =>
	bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);

/**
 * Every cell as text, `''` where there is none.
 * @throws Invalid when it is no spreadsheet, is damaged, or would be far too large unpacked
 */
export async function sheetCells(bytes: Uint8Array): Promise<string[][]> {
	const parts = await unpacked(bytes);
	if (![...parts.keys()].some((name) => SHEET.test(name))) throw refusal('roster_not_table');
	for (const [name, part] of parts) if (SHEET.test(name)) assertBounded(part.toString('utf8'));
	const zip = await packedAgain(parts);
	const rows = await readSheet(zip, { parseNumber: asWritten }).catch(() => {
		throw refusal('roster_sheet_broken');
	});
	return rows.map((row) => row.map(textOf));
}

/** A number is a name here, not an amount: no figure of it is rounded or left to an exponent. */
const asWritten = (text: string): string =>
	/e/i.test(text) && Number.isInteger(Number(text)) ? BigInt(Number(text)).toString() : text;

function textOf(cell: unknown): string {
	if (cell instanceof Date) return cell.toISOString().slice(0, 10);
	return typeof cell === 'string' || typeof cell === 'boolean' ? String(cell) : '';
}

async function unpacked(bytes: Uint8Array): Promise<Map<string, Buffer>> {
	const parts = new Map<string, Buffer>();
	let zip: ZipFile | undefined;
	try {
		zip = await fromBufferPromise(Buffer.from(bytes), {
			lazyEntries: true,
			validateEntrySizes: true
		});
		if (zip.entryCount > MAX_PARTS) throw refusal('roster_sheet_bomb');
		let left = MAX_UNPACKED_BYTES;
		for await (const entry of zip.eachEntry()) {
			if (!WANTED.some((wanted) => wanted.test(entry.fileName))) continue;
			left -= entry.uncompressedSize;
			if (left < 0) throw refusal('roster_sheet_bomb');
			parts.set(entry.fileName, await bytesOf(zip, entry));
		}
	} catch (error) {
		throw error instanceof Invalid ? error : refusal('roster_sheet_broken');
	} finally {
		zip?.close();
	}
	return parts;
}

/** Ends with an error as soon as there is more than the entry says (`validateEntrySizes`). */
async function bytesOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/**
 * The library fills every gap: a cell in line 1,000,000 of column XFD costs as much as all before
 * it. (An `&` could hide a digit from us, and not from it.)
 */
function assertBounded(sheet: string): void {
	for (const [, , place = ''] of sheet.matchAll(/\sr\s*=\s*(["'])(.*?)\1/g)) {
		const [, letters, digits] = /^([A-Z]*)(\d*)$/i.exec(place) ?? [];
		if (letters === undefined || digits === undefined) throw refusal('roster_sheet_broken');
		if (Number(digits) > MAX_ROSTER_LINES)
			throw refusal('roster_too_long', { limit: MAX_ROSTER_LINES });
		if (columnOf(letters) > MAX_ROSTER_COLUMNS)
			throw refusal('roster_too_wide', { limit: MAX_ROSTER_COLUMNS });
	}
}

/** A is 1, Z is 26, AA is 27. */
const columnOf = (letters: string): number =>
	letters
		.toUpperCase()
		.split('')
		.reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

async function packedAgain(parts: ReadonlyMap<string, Buffer>): Promise<Buffer> {
	const zip = new NewZip();
	for (const [name, part] of parts) zip.addBuffer(part, name, { compress: false });
	zip.end();
	const chunks: Buffer[] = [];
	for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
