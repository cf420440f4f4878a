/** Tables for spreadsheets. */

/** What a spreadsheet takes for a formula begins with one of these, in either width. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * A table as CSV that spreadsheets open as it is: with a byte order mark, and with no cell that
 * they would run (OWASP, CSV injection).
 */
export const asCsv = (rows: readonly (readonly string[])[]): string =>
	'\ufeff' +
	rows
		.map((row) =>
			row
				.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell))
				.map((cell) => `"${cell.replaceAll('"', '""')}"`)
				.join(',')
		)
		.map((text) => `${text}\r\n`)
		.join('');

/** The answer that a browser saves under this name. */
export const csvResponse = (fileName: string, rows: readonly (readonly string[])[]): Response =>
	new Response(asCsv(rows), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${fileName}"`,
			'x-content-type-options': 'nosniff'
		}
	});
