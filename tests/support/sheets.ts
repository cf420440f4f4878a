/** Tables as spreadsheets save them. */
import { ZipFile } from 'yazl';

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A, B … Z, AA. */
const letters = (column: number): string =>
	(column >= 26 ? letters(Math.floor(column / 26) - 1) : '') +
	String.fromCharCode(65 + (column % 26));

type Cell = string | number;

const rowXml = (cells: readonly Cell[], index: number): string => {
	const at = (column: number) => `${letters(column)}${index + 1}`;
	const one = (cell: Cell, column: number) =>
		typeof cell === 'number'
			? `<c r="${at(column)}"><v>${cell}</v></c>`
			: `<c r="${at(column)}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
	return `<row r="${index + 1}">${cells.map(one).join('')}</row>`;
};

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** An .xlsx with one sheet; `sheetXml` in place of rows for what no spreadsheet would save. */
export async function xlsx(rows: readonly (readonly Cell[])[], sheetXml?: string): Promise<Buffer> {
	const zip = new ZipFile();
	const add = (name: string, text: string) => zip.addBuffer(Buffer.from(DECLARATION + text), name);
	add(
		'[Content_Types].xml',
		`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
		<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
		<Default Extension="xml" ContentType="application/xml"/>
		<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>
		<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/></Types>`
	);
	add(
		'_rels/.rels',
		`<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	);
	add(
		'xl/workbook.xml',
		`<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>`
	);
	add(
		'xl/_rels/workbook.xml.rels',
		`<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	);
	const data = sheetXml ?? `<sheetData>${rows.map(rowXml).join('')}</sheetData>`;
	add('xl/worksheets/sheet1.xml', `<worksheet xmlns="${MAIN}">${data}</worksheet>`);
	zip.end();
	const chunks: Buffer[] = [];
	for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** A CSV as Excel writes it: cells in quotation marks only where they need them. */
export const csv = (rows: readonly (readonly string[])[], separator = ',', end = '\r\n'): string =>
	rows
		.map((row) =>
			row
				.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
				.join(separator)
		)
		.map((line) => line + end)
		.join('');
