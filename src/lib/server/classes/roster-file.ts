/**
 * The cells of a file as spreadsheets save it: CSV with whatever encoding and separator, or XLSX.
 * Everything is text afterwards; what the file says of itself is never believed.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { decodeText, NotTextError } from '#lib/captions/decode.ts';
import { MAX_ROSTER_LINES, NotARoster, readRoster, type Roster } from '#lib/domain/roster.ts';
import { Invalid } from '../errors.ts';
import { isZip, sheetCells } from './spreadsheet.ts';

/** A line longer than this is a quotation mark that was never closed. */
const MAX_LINE_CHARACTERS = 100_000;
const SEPARATORS = [',', ';', '\t'] as const;
/** Old Excel files (.xls) and encrypted new ones are OLE files. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

const refusal = (code: string, values: Record<string, string | number> = {}): Invalid =>
	new Invalid({ file: { code, values } });

/** @throws Invalid saying what is wrong with the file as a whole */
export async function rosterIn(bytes: Uint8Array): Promise<Roster> {
	const cells = isZip(bytes) ? await sheetCells(bytes) : csvCells(bytes);
	try {
		return readRoster(cells);
	} catch (error) {
		if (!(error instanceof NotARoster)) throw error;
		throw refusal(error.code, error.code === 'roster_too_long' ? { limit: MAX_ROSTER_LINES } : {});
	}
}

function csvCells(bytes: Uint8Array): string[][] {
	if (OLE.every((byte, at) => bytes[at] === byte)) throw refusal('roster_old_excel');
	const text = textOf(bytes);
	try {
		return parse(text, {
			delimiter: separatorOf(text),
			relax_column_count: true,
			relax_quotes: true,
			max_record_size: MAX_LINE_CHARACTERS,
			// One more than may be: so that it is seen, and no more is read.
			to: MAX_ROSTER_LINES + 1
		});
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		throw refusal('roster_csv_broken', { line: lineOf(error) });
	}
}

function textOf(bytes: Uint8Array): string {
	try {
		return decodeText(bytes).text;
	} catch (error) {
		if (error instanceof NotTextError) throw refusal('roster_not_table');
		throw error;
	}
}

const lineOf = (error: CsvError): number => {
	const { lines } = error as CsvError & { lines?: unknown };
	return typeof lines === 'number' ? lines : 1;
};

/** What stands most often in the first lines, outside of quotation marks. */
function separatorOf(text: string): string {
	const start = text.slice(0, 10_000).replaceAll(/"[^"]*"/g, '');
	const count = (separator: string) => start.split(separator).length;
	return SEPARATORS.toSorted((one, other) => count(other) - count(one))[0] ?? ',';
}
