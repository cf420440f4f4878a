/** The places of a sign track as its form sends them, with and without script. */
import * as v from 'valibot';
import { signedMomentMs } from './moment.ts';
import { inOrder, type Piece } from './placing.ts';
import { MAX_LESSON_MS, MAX_SECTIONS } from './timeline.ts';

/** Pieces may be written in empty rows at the end; without script there is no other way. */
export const SPARE_ROWS = 2;
const MAX_ROWS = MAX_SECTIONS + SPARE_ROWS;
const TIMES = ['lessonMs', 'mediaMs', 'lengthMs'] as const;

const whole = (least: number) =>
	v.pipe(
		v.number('time_odd'),
		v.integer('time_odd'),
		v.minValue(least, 'time_odd'),
		v.maxValue(MAX_LESSON_MS, 'time_odd')
	);

export const PlacingInput = v.object({
	/** Names what stood there when it was begun; see `media/placing.ts`. */
	base: v.pipe(v.string('stale'), v.regex(/^[\da-f]{24}$/, 'stale')),
	offsetMs: whole(-MAX_LESSON_MS),
	pieces: v.pipe(
		v.array(v.object({ lessonMs: whole(0), mediaMs: whole(0), lengthMs: v.optional(whole(0)) })),
		v.maxLength(MAX_SECTIONS, 'too_many_entries')
	)
});
export type PlacingInput = v.InferOutput<typeof PlacingInput>;

type Row = Piece & { row: number };

/**
 * Reads the fields `base`, `offsetMs`, `0.lessonMs`, `0.mediaMs`, `0.lengthMs`, …: times as minutes and
 * seconds; a row with nothing in it, or ticked for removal, is none. Rows may be out of order; one
 * without a length goes on for as long as there is room.
 * @returns what the schema is to read, and of each piece the row it stood in
 */
export function placingIn(fields: ReadonlyMap<string, string>): { input: unknown; rows: number[] } {
	const text = (name: string) => (fields.get(name) ?? '').trim();
	const time = (name: string) => signedMomentMs(text(name)) ?? Number.NaN;
	const found = Array.from({ length: MAX_ROWS }, (_, row): Row | undefined => {
		const isBlank = TIMES.every((name) => text(`${row}.${name}`) === '');
		if (isBlank || text(`${row}.isRemoved`) !== '') return undefined;
		return {
			row,
			lessonMs: time(`${row}.lessonMs`),
			mediaMs: time(`${row}.mediaMs`),
			...(text(`${row}.lengthMs`) !== '' && { lengthMs: time(`${row}.lengthMs`) })
		};
	}).filter((row) => row !== undefined);
	const pieces = inOrder(found) as Row[];
	return {
		input: {
			base: text('base'),
			offsetMs: text('offsetMs') === '' ? 0 : time('offsetMs'),
			pieces: pieces.map(({ row: _, ...piece }) => piece)
		},
		rows: pieces.map(({ row }) => row)
	};
}

/** What is wrong with a piece, told by the field of the row in which it was written. */
export const placingRows = <Problem>(
	problems: Readonly<Record<string, Problem>>,
	rows: readonly number[]
): Record<string, Problem> =>
	Object.fromEntries(
		Object.entries(problems).map(([field, problem]) => [
			field.replace(/^(?:pieces\.)?(\d+)/, (_, at: string) => String(rows[Number(at)] ?? at)),
			problem
		])
	);
