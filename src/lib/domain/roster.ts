/**
 * Rosters: a table with a person a line, as a school or association keeps it. Only a name and, if
 * there is one, a number are read; nothing about a person's health, family or papers ever is.
 */
import * as v from 'valibot';
import { line, MAX_NAME, withoutPersonalNumber } from './fields.ts';

export const MAX_ROSTER_BYTES = 5 * 1024 * 1024;
/** Lines of a file, its headers among them; every county's yearly list stays below. */
export const MAX_ROSTER_LINES = 20_000;
/** Cells of a line that are looked at. */
export const MAX_ROSTER_COLUMNS = 100;
/** The headers stand within the first lines: above them there is a title, or nothing. */
const HEADER_WITHIN = 10;
const MAX_NUMBER = 30;
/** Of a header or file name, as it is shown again. */
const MAX_SHOWN = 60;

export const RosterForm = v.object({
	file: v.pipe(
		v.file('file_missing'),
		v.minSize(1, 'file_missing'),
		v.maxSize(MAX_ROSTER_BYTES, 'roster_too_large')
	)
});

/** What is wrong with a line: a problem code with what its sentence needs. */
export type LineProblem = { code: string; values?: Record<string, string | number> };
/** A line that was read. `line` counts as the spreadsheet does, from 1. */
export type RosterLine = { line: number; name: string; number: string; problem?: LineProblem };
/** A column that was not read; `isPrivate`: and that never will be. */
export type LeftOut = { header: string; isPrivate: boolean };
export type Roster = { lines: RosterLine[]; leftOut: LeftOut[] };

const NAME_HEADERS = [
	...['姓名', '名字', '学员姓名', '学生姓名', '学员', '学员名字'],
	...['name', 'fullname', 'studentname', 'traineename', 'displayname']
];
const NUMBER_HEADERS = [
	...['编号', '学号', '学员编号', '学员号', '学生编号', '人员编号'],
	...['studentid', 'studentno', 'studentnumber', 'traineeid', 'traineeno', 'traineenumber'],
	...['number', 'no', 'id']
];
/** What a header may be about that nobody here has to know. */
const PRIVATE =
	/残|身份|证件|证号|护照|社保|医保|病|障碍|听力|民族|电话|手机|住址|地址|银行|disab|identity|idcard|passport|health|medical|hearing|phone|mobile|address|bank/;

/** `姓名（必填）*` and `Full_Name` are headers we know. */
const plain = (header: string): string =>
	header
		.normalize('NFKC')
		.toLowerCase()
		.replaceAll(/\([^)]*\)|\[[^\]]*\]/g, '')
		.replaceAll(/[^\p{L}\p{N}]/gu, '');

const isName = (header: string) => NAME_HEADERS.includes(plain(header));
const isNumber = (header: string) => NUMBER_HEADERS.includes(plain(header));

/** A name in one line: how it was broken or spaced in a cell does not matter. */
const oneLine = (cell: string): string => cell.replaceAll(/\s+/g, ' ').trim();

const Name = line(MAX_NAME);
const PersonalNumber = v.pipe(v.string(), withoutPersonalNumber);
/** Compared without case and width. */
const Number = v.pipe(
	v.string(),
	v.transform((text) => text.normalize('NFKC').toUpperCase().replaceAll(/\s/g, '')),
	v.maxLength(MAX_NUMBER, 'too_long'),
	v.regex(/^[\p{L}\p{N}._/-]*$/u, 'roster_number_odd')
);

/** What is wrong with the whole file. */
export class NotARoster extends Error {
	override readonly name = 'NotARoster';
	readonly code: 'roster_no_header' | 'roster_two_headers' | 'roster_nobody' | 'roster_too_long';
	constructor(code: NotARoster['code']) {
		super(code);
		this.code = code;
	}
}

/**
 * Reads the cells of a file, line by line.
 * @throws NotARoster when there is no column with names, or nobody in it
 */
export function readRoster(cells: readonly (readonly string[])[]): Roster {
	if (cells.length > MAX_ROSTER_LINES) throw new NotARoster('roster_too_long');
	const headerAt = cells.slice(0, HEADER_WITHIN).findIndex((row) => row.some(isName));
	const headers = cells[headerAt];
	if (!headers) throw new NotARoster('roster_no_header');
	if (headers.filter(isName).length > 1 || headers.filter(isNumber).length > 1)
		throw new NotARoster('roster_two_headers');
	const nameAt = headers.findIndex(isName);
	const numberAt = headers.findIndex(isNumber);
	const people = cells
		.map((row, index) => ({ row, line: index + 1 }))
		.slice(headerAt + 1)
		.filter(({ row }) => row.some((cell) => cell.trim() !== ''))
		.map(({ row, line }) => readLine(line, row[nameAt] ?? '', row[numberAt] ?? ''));
	if (people.length === 0) throw new NotARoster('roster_nobody');
	const leftOut = headers
		.filter((_, index) => index !== nameAt && index !== numberAt)
		.map((header) => oneLine(header).slice(0, MAX_SHOWN))
		.filter((header) => header !== '')
		.map((header) => ({ header, isPrivate: PRIVATE.test(plain(header)) }));
	return { lines: withoutTwins(people), leftOut };
}

function readLine(at: number, nameCell: string, numberCell: string): RosterLine {
	// Whoever wrote such a number into a column that is read: it is not kept, not even to show it.
	for (const cell of [nameCell, numberCell])
		if (!v.is(PersonalNumber, cell))
			return { line: at, name: '', number: '', problem: { code: 'personal_number' } };
	const given = oneLine(nameCell);
	const name = v.safeParse(Name, given);
	const number = v.safeParse(Number, numberCell);
	const shown = {
		line: at,
		name: given.slice(0, MAX_NAME),
		number: numberCell.trim().slice(0, MAX_NUMBER)
	};
	if (given === '') return { ...shown, problem: { code: 'roster_name_missing' } };
	if (!name.success) return { ...shown, problem: problemOf(name.issues[0], MAX_NAME) };
	if (!number.success) return { ...shown, problem: problemOf(number.issues[0], MAX_NUMBER) };
	return { line: at, name: name.output, number: number.output };
}

const problemOf = ({ message }: { message: string }, limit: number): LineProblem =>
	message === 'too_long' ? { code: message, values: { limit } } : { code: message };

/**
 * Of two lines with one number, or with one name and no number to tell them apart, the later one
 * is bad: nobody can know whether it is the same person.
 */
function withoutTwins(people: readonly RosterLine[]): RosterLine[] {
	const numbers = new Map<string, number>();
	const nameless = new Map<string, number>();
	return people.map((person) => {
		if (person.problem) return person;
		const { number, name, line } = person;
		const [known, key] = number === '' ? [nameless, name] : [numbers, number];
		const first = known.get(key);
		if (first === undefined) {
			known.set(key, line);
			return person;
		}
		const code = number === '' ? 'roster_name_twice' : 'roster_number_twice';
		return { ...person, problem: { code, values: { first } } };
	});
}

/** What would become of a line. */
export type LineFate = 'new' | 'joins' | 'here' | 'bad';
export const LINE_FATES = ['bad', 'new', 'joins', 'here'] as const satisfies readonly LineFate[];
export type JudgedLine = RosterLine & { fate: LineFate; personId?: string };

type Known = { personId: string; name: string; isInClass: boolean };
export type KnownPeople = {
	/** By number, wherever they learn. */
	byNumber: ReadonlyMap<string, Known>;
	/** By name, in this class only: elsewhere a name says nothing. */
	inClassByName: ReadonlyMap<string, readonly { personId: string; number: string | null }[]>;
};

/** Line by line, what importing would do, by who is here now. */
export const judge = (lines: readonly RosterLine[], known: KnownPeople): JudgedLine[] =>
	lines.map((given) => {
		if (given.problem) return { ...given, fate: 'bad' };
		return given.number === '' ? judgeByName(given, known) : judgeByNumber(given, known);
	});

function judgeByNumber(given: RosterLine, known: KnownPeople): JudgedLine {
	const person = known.byNumber.get(given.number);
	if (person && person.name !== given.name)
		return { ...given, fate: 'bad', problem: { code: 'roster_number_others' } };
	if (person)
		return { ...given, fate: person.isInClass ? 'here' : 'joins', personId: person.personId };
	const namesakes = known.inClassByName.get(given.name) ?? [];
	// Two people with two numbers may well have one name.
	return namesakes.some(({ number }) => number === null)
		? { ...given, fate: 'bad', problem: { code: 'roster_namesake' } }
		: { ...given, fate: 'new' };
}

function judgeByName(given: RosterLine, known: KnownPeople): JudgedLine {
	const namesakes = known.inClassByName.get(given.name) ?? [];
	const [only, ...others] = namesakes;
	if (!only) return { ...given, fate: 'new' };
	return others.length > 0
		? { ...given, fate: 'bad', problem: { code: 'roster_namesakes' } }
		: { ...given, fate: 'here', personId: only.personId };
}

/** How many lines have each fate. */
export const countFates = (lines: readonly JudgedLine[]): Record<LineFate, number> => {
	const counts = { new: 0, joins: 0, here: 0, bad: 0 };
	for (const { fate } of lines) counts[fate]++;
	return counts;
};
