/** What a lesson is made of, with amounts, and with which tools. */
import * as v from 'valibot';
import { MAX_PIECES, MAX_THOUSANDTHS, thousandthsOf } from './amounts.ts';
import { line, lines, oneOf } from './fields.ts';

export const MATERIAL_KINDS = ['material', 'tool'] as const;
export type MaterialKind = (typeof MATERIAL_KINDS)[number];

const METRIC_UNITS = ['g', 'kg', 'ml', 'l'] as const;
const COUNTED_UNITS = ['piece', 'sheet', 'bag', 'spoon', 'teaspoon', 'cup'] as const;
export const UNITS = [...METRIC_UNITS, ...COUNTED_UNITS] as const;
export type Unit = (typeof UNITS)[number];

export const MAX_ROWS = 100;
export const MAX_MATERIAL = 30;
export const MAX_NOTE = 60;

/** A row as its form shows it and sends it back: everything is text. */
export type RawRow = Record<'kind' | 'name' | 'amount' | 'unit' | 'note', string>;
const FIELD = /^rows\.(\d{1,3})\.(kind|name|amount|unit|note)$/;

/** The rows in a form's fields (`rows.3.name`), each at its own place. */
export function rawRowsOf(fields: Readonly<Record<string, unknown>>): RawRow[] {
	const rows: RawRow[] = [];
	for (const [field, value] of Object.entries(fields)) {
		const [, index, part] = FIELD.exec(field) ?? [];
		if (index === undefined || Number(index) >= MAX_ROWS * 2 || typeof value !== 'string') continue;
		const row = (rows[Number(index)] ??= { kind: '', name: '', amount: '', unit: '', note: '' });
		row[part as keyof RawRow] = value;
	}
	return rows;
}

/** Nobody has written anything into it. */
export const isBlank = ({ name, amount, note }: RawRow): boolean =>
	[name, amount, note].every((text) => text.trim() === '');

const fieldsOf = (rows: readonly (RawRow | undefined)[]): Record<string, string> =>
	Object.fromEntries(
		rows.flatMap((row, at) =>
			Object.entries(row ?? {}).map(([part, text]) => [`rows.${at}.${part}`, text])
		)
	);

/** Rows in another order, as `up.3`, `down.3` or `remove.3` says; within their kind. */
export function rowsAfter(rows: readonly RawRow[], change: string): RawRow[] {
	const [, what, index] = /^(up|down|remove)\.(\d{1,3})$/.exec(change) ?? [];
	const from = Number(index);
	const row = rows[from];
	if (!row) return [...rows];
	if (what === 'remove') return rows.toSpliced(from, 1);
	const step = what === 'up' ? -1 : 1;
	let to = from + step;
	while (rows[to] && rows[to]?.kind !== row.kind) to += step;
	return rows[to] ? rows.toSpliced(from, 1).toSpliced(to, 0, row) : [...rows];
}

/** A form's fields after the change that its button (`change`) asks for. */
export function changedRows(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	if (typeof fields.change !== 'string') return { ...fields };
	const others = Object.entries(fields).filter(([field]) => !FIELD.test(field));
	const rows = Array.from(
		rawRowsOf(fields),
		(row): RawRow => row ?? { kind: 'material', name: '', amount: '', unit: '', note: '' }
	);
	return { ...Object.fromEntries(others), ...fieldsOf(rowsAfter(rows, fields.change)) };
}

const amount = v.pipe(
	v.string('amount_odd'),
	v.trim(),
	v.rawTransform(({ dataset, addIssue, NEVER }) => {
		const thousandths = thousandthsOf(dataset.value);
		if (thousandths !== undefined) return thousandths;
		addIssue({ message: 'amount_odd' });
		return NEVER;
	})
);

export type MaterialInput = {
	kind: MaterialKind;
	name: string;
	/** In thousandths of the unit; null means as much as it takes, and so has no unit. */
	amount: number | null;
	unit: Unit | null;
	note: string;
};

const Row = v.pipe(
	v.object({
		kind: oneOf(MATERIAL_KINDS),
		name: line(MAX_MATERIAL),
		amount: v.nullable(amount),
		unit: v.nullable(oneOf(UNITS)),
		note: lines(MAX_NOTE)
	}),
	v.transform((row): MaterialInput => {
		const isMeasured = row.kind === 'material' && row.amount !== null;
		// A figure alone counts pieces.
		return isMeasured
			? { ...row, unit: row.unit ?? ('piece' as const) }
			: { ...row, amount: null, unit: null };
	})
);
const pieces = v.pipe(
	v.string('pieces_odd'),
	v.trim(),
	v.regex(/^[1-9]\d{0,3}$/, 'pieces_odd'),
	v.transform((text) => Number(text))
);

/** A lesson's materials as an archive carries them. */
export const KeptMaterials = v.object({
	count: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PIECES))),
	product: lines(MAX_MATERIAL),
	rows: v.pipe(
		v.array(
			v.pipe(
				v.object({
					kind: v.picklist(MATERIAL_KINDS),
					name: line(MAX_MATERIAL),
					amount: v.nullable(
						v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_THOUSANDTHS))
					),
					unit: v.nullable(v.picklist(UNITS)),
					note: lines(MAX_NOTE)
				}),
				v.check(({ amount, unit }) => (amount === null) === (unit === null)),
				v.check(({ kind, amount }) => kind === 'material' || amount === null)
			)
		),
		v.maxLength(MAX_ROWS)
	)
});

/** All of it as one form. An empty row is no row; no number of pieces means no reckoning. */
export const MaterialsForm = v.pipe(
	v.record(v.string(), v.unknown()),
	v.transform((fields) => ({
		count: typeof fields.count === 'string' && fields.count.trim() !== '' ? fields.count : null,
		product: fields.product,
		rows: Array.from(rawRowsOf(fields), (row) =>
			row === undefined || isBlank(row)
				? null
				: {
						...row,
						amount: row.amount.trim() === '' ? null : row.amount,
						unit: row.unit === '' ? null : row.unit
					}
		)
	})),
	v.object({
		count: v.nullable(pieces),
		product: lines(MAX_MATERIAL),
		rows: v.pipe(
			v.array(v.nullable(Row)),
			v.transform((rows) => rows.filter((row) => row !== null)),
			v.maxLength(MAX_ROWS, 'too_many_entries')
		)
	})
);
export type MaterialsInput = v.InferOutput<typeof MaterialsForm>;

/** How many pieces an address asks for (`?make=24&step=-1`); undefined for what is no such number. */
export function piecesAsked(query: URLSearchParams): number | undefined {
	const count = Number(query.get('make'));
	const wanted = count + Number(query.get('step') ?? 0);
	if (!Number.isInteger(wanted) || !Number.isInteger(count) || count < 1) return undefined;
	return Math.min(MAX_PIECES, Math.max(1, wanted));
}
