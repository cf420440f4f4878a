import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asCsv } from '#lib/domain/csv.ts';
import { MAX_ROSTER_LINES } from '#lib/domain/roster.ts';
import { rosterIn } from '#lib/server/classes/roster-file.ts';
import { Invalid } from '#lib/server/errors.ts';
import { encodeText } from '#lib/studio/captioning/encode.ts';
import { asUtf16 } from '../support/captions.ts';
import { csv, xlsx } from '../support/sheets.ts';

const asGb18030 = (text: string) => encodeText(text, 'gb18030');
const utf8 = (text: string) => new TextEncoder().encode(text);
const PEOPLE = [
	['姓名', '编号'],
	['示例甲', 'A-1'],
	['示例乙', '007']
];
const READ = [
	{ line: 2, name: '示例甲', number: 'A-1' },
	{ line: 3, name: '示例乙', number: '007' }
];
const problemOf = (bytes: Uint8Array) =>
	rosterIn(bytes).then(
		() => 'none',
		(error: unknown) => (error instanceof Invalid ? error.problems.file?.code : error)
	);
const linesOf = async (rows: readonly (readonly string[])[]) =>
	(await rosterIn(utf8(csv(rows)))).lines;

describe('a roster is read as it was saved', () => {
	test.each([
		['UTF-8', utf8(csv(PEOPLE))],
		['UTF-8 with a byte order mark', utf8('\ufeff' + csv(PEOPLE))],
		['UTF-16, as Excel calls Unicode text', asUtf16(csv(PEOPLE, '\t'))],
		['GB18030', asGb18030(csv(PEOPLE))],
		['semicolons', utf8(csv(PEOPLE, ';'))],
		['tabs', utf8(csv(PEOPLE, '\t'))],
		['line ends of old Macs', utf8(csv(PEOPLE, ',', '\r'))],
		['line ends of Linux', utf8(csv(PEOPLE, ',', '\n'))]
	])('in CSV: %s', async (_, bytes) => {
		expect((await rosterIn(bytes)).lines).toEqual(READ);
	});

	test('in XLSX, and text that looks like a number keeps its zeros', async () => {
		expect((await rosterIn(await xlsx(PEOPLE))).lines).toEqual(READ);
	});

	test('in XLSX with numbers as numbers', async () => {
		const bytes = await xlsx([
			['Name', 'Student ID'],
			['示例甲', 20260001]
		]);
		expect((await rosterIn(bytes)).lines).toEqual([
			{ line: 2, name: '示例甲', number: '20260001' }
		]);
	});

	test('a name broken over two lines of its cell is one name; lines count as spreadsheets do', async () => {
		const rows = [['姓名', '编号'], ['示例\n甲', '1'], [''], ['示例乙', '2']];
		expect(await linesOf(rows)).toEqual([
			{ line: 2, name: '示例 甲', number: '1' },
			{ line: 4, name: '示例乙', number: '2' }
		]);
	});

	test('headers are known in both languages, with whatever stands around them', async () => {
		for (const headers of [
			['学员姓名（必填）', '学号*'],
			['Full Name', 'student_id'],
			[' NAME ', 'No.'],
			['姓名', '學號x']
		]) {
			const [only] = await linesOf([['2026 秋季班名单'], headers, ['示例甲', 'a1']]);
			expect(only).toEqual({
				...{ line: 3, name: '示例甲' },
				number: headers[1] === '學號x' ? '' : 'A1'
			});
		}
	});
});

describe('what is not asked for is not read', () => {
	test('columns about papers and health are left out, and named as private', async () => {
		const { lines, leftOut } = await rosterIn(
			utf8(
				csv([
					['序号', '姓名', '残疾证号', '身份证号码', '听力等级', '电话', '备注', 'Disability'],
					['1', '示例甲', '11010119900307000042', '110101199003070000', '一级', '1', 'x', 'deaf']
				])
			)
		);
		expect(lines).toEqual([{ line: 2, name: '示例甲', number: '' }]);
		expect(leftOut.filter(({ isPrivate }) => isPrivate).map(({ header }) => header)).toEqual([
			...['残疾证号', '身份证号码', '听力等级', '电话', 'Disability']
		]);
		expect(leftOut.filter(({ isPrivate }) => !isPrivate)).toHaveLength(2);
	});

	test('an identity number in a column that is read is refused, and not kept', async () => {
		const rows = [
			['姓名', '编号'],
			['示例甲', '110101199003070000'],
			['示例乙 11010119900307000042', '2']
		];
		const lines = await linesOf(rows);
		const problem = { code: 'personal_number' };
		expect(lines).toEqual([
			{ line: 2, name: '', number: '', problem },
			{ line: 3, name: '', number: '', problem }
		]);
		const asNumber = await rosterIn(
			await xlsx([
				['姓名', '编号'],
				['示例甲', 110101199003070000]
			])
		);
		expect(asNumber.lines).toEqual([{ line: 2, name: '', number: '', problem }]);
	});
});

test('every bad line is named with its reason', async () => {
	const rows = [
		['姓名', '编号'],
		['', 'A1'],
		['长'.repeat(61), 'A2'],
		['示\u0007例', 'A3'],
		['示例甲', 'A4!'],
		['示例甲', 'A5'],
		['示例乙', 'a５'],
		['示例丙', ''],
		['示例丙', ''],
		['示例丁', 'N'.repeat(31)]
	];
	const found = (await linesOf(rows)).map(({ line, problem }) => [line, problem?.code]);
	expect(found).toEqual([
		[2, 'roster_name_missing'],
		[3, 'too_long'],
		[4, 'odd_characters'],
		[5, 'roster_number_odd'],
		[6, undefined],
		[7, 'roster_number_twice'],
		[8, undefined],
		[9, 'roster_name_twice'],
		[10, 'too_long']
	]);
});

describe('what is no roster is refused with what to do', () => {
	const manyLines = csv([
		['姓名'],
		...Array.from({ length: MAX_ROSTER_LINES }, (_, n) => [`${n}`])
	]);
	test.each<[string, () => Uint8Array | Promise<Buffer>, string]>([
		['no column of names', () => utf8('电话,备注\n1,2\n'), 'roster_no_header'],
		['two columns of names', () => utf8('姓名,name\n甲,乙\n'), 'roster_two_headers'],
		['nobody in it', () => utf8('姓名,编号\n,\n'), 'roster_nobody'],
		['too many lines', () => utf8(manyLines), 'roster_too_long'],
		['a picture', () => Uint8Array.from({ length: 500 }, (_, n) => n % 7), 'roster_not_table'],
		['an old .xls', () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3), 'roster_old_excel'],
		['a quotation mark never closed', () => utf8('姓名\n"甲\n乙\n'), 'roster_csv_broken'],
		['a broken .xlsx', async () => (await xlsx(PEOPLE)).subarray(0, 700), 'roster_sheet_broken'],
		['another kind of zip', async () => anyZip(), 'roster_not_table']
	])('%s', async (_, bytes, code) => {
		expect(await problemOf(await bytes())).toBe(code);
	});
});

const anyZip = async () => {
	const bytes = await xlsx(PEOPLE);
	// The same length, so that the archive stays whole.
	return Buffer.from(
		bytes.toString('latin1').replaceAll('xl/worksheets', 'xx/worksheets'),
		'latin1'
	);
};

describe('a spreadsheet that was made to do harm', () => {
	const far = (place: string) =>
		`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>
		<row r="${/\d+/.exec(place)?.[0]}"><c r="${place}"><v>1</v></c></row></sheetData>`;

	test('unpacks to far too much', async () => {
		const bomb = await xlsx([], `<sheetData>${' '.repeat(70 * 1024 * 1024)}</sheetData>`);
		expect(bomb.length).toBeLessThan(200_000);
		expect(await problemOf(bomb)).toBe('roster_sheet_bomb');
	});

	test('says that it is small, and is not', async () => {
		const bomb = await xlsx([], `<sheetData>${' '.repeat(1_000_000)}</sheetData>`);
		// The sizes in the directory at the end, which is read first.
		const size = Buffer.alloc(4);
		size.writeUInt32LE(1_000_000 + '<sheetData></sheetData>'.length);
		const lied = Buffer.from(bomb);
		let changed = 0;
		const directory = bomb.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
		for (
			let at = directory;
			at >= 0;
			at = lied.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'), at + 4)
		) {
			if (lied.readUInt32LE(at + 24) < 1_000_000) continue;
			lied.writeUInt32LE(10, at + 24);
			changed++;
		}
		expect(changed).toBe(1);
		expect(await problemOf(lied)).toBe('roster_sheet_broken');
	});

	test.each([
		['A1000000000', 'roster_too_long'],
		['A1048576', 'roster_too_long'],
		['XFD2', 'roster_too_wide'],
		['A&#49;2', 'roster_sheet_broken']
	])('has a cell at %s', async (place, code) => {
		expect(await problemOf(await xlsx([], far(place)))).toBe(code);
	});
});

test('no cell that we write is run by a spreadsheet', () => {
	const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '"=1"'];
	for (const cell of evil) expect(asCsv([[cell]])).toMatch(/^\ufeff"(?:'|"")/);
	expect(asCsv([['示例,"甲"', '2']])).toBe('\ufeff"示例,""甲""","2"\r\n');
});

test('whatever is written as CSV is read back as it was, line by line', async () => {
	const name = fc
		.stringMatching(/^[\p{L}\p{N}",; ]{1,30}$/u)
		.map((text) => text.replaceAll(/\s+/g, ' ').trim())
		.filter((text) => text !== '' && !/\d{17}/.test(text.normalize('NFKC')));
	const file = fc.record({
		names: fc.array(name, { minLength: 1, maxLength: 20 }),
		separator: fc.constantFrom(',', ';', '\t'),
		encode: fc.constantFrom(utf8, asGb18030, asUtf16)
	});
	await fc.assert(
		fc.asyncProperty(file, async ({ names, separator, encode }) => {
			const rows = [['姓名', '编号'], ...names.map((one, n) => [one, `N${n}`])];
			const { lines } = await rosterIn(encode(csv(rows, separator)));
			expect(lines).toEqual(names.map((one, n) => ({ line: n + 2, name: one, number: `N${n}` })));
		}),
		{ numRuns: 200 }
	);
});
