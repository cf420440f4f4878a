/** Steps as a plain form sends them, for browsers that run no script. */
import { type Hazard, HAZARDS } from './hazards.ts';
import { momentMs } from './moment.ts';
import { MAX_STEPS, MAX_TIMER_LABEL } from './timeline.ts';

/** One more than there may be: the empty row at the end. */
const MAX_ROWS = MAX_STEPS + 1;

type Row = {
	row: number;
	id?: string;
	title: string;
	startMs: number;
	endMs: number;
	pictureAtMs?: number;
	note: string;
	hazards: Hazard[];
	timer?: { label: string; durationMs: number };
};

/**
 * Reads the fields `0.title`, `0.startMs`, … of as many rows as there are: times as minutes and
 * seconds; a row with nothing in it, or ticked for removal, is none. Rows may be out of order, and
 * a step ends at the latest where the next one begins.
 * @param durationMs where the last step ends that does not say so
 * @returns what the schema of steps is to read, and of each the row it stood in
 */
export function stepsIn(
	fields: ReadonlyMap<string, string>,
	durationMs: number
): { input: unknown[]; rows: number[] } {
	const found = Array.from({ length: MAX_ROWS }, (_, row) => rowIn(fields, row))
		.filter((row) => row !== undefined)
		// What cannot be read as a time stands where it was written.
		.sort((a, b) => a.startMs - b.startMs || 0);
	const input = found.map(({ row: _, ...step }, index) => {
		const next = found[index + 1]?.startMs ?? durationMs;
		const endMs = step.endMs > next ? next : step.endMs;
		const at = step.pictureAtMs ?? Number.NaN;
		// The picture of a step that is elsewhere by now is taken from its middle.
		const isOutside = at < step.startMs || at >= endMs;
		return { ...step, endMs, ...(isOutside && { pictureAtMs: undefined }) };
	});
	return { input, rows: found.map(({ row }) => row) };
}

function rowIn(fields: ReadonlyMap<string, string>, row: number): Row | undefined {
	const text = (name: string) => (fields.get(`${row}.${name}`) ?? '').trim();
	const written = ['title', 'startMs', 'endMs', 'note', 'timer.durationMs'];
	if (written.every((name) => text(name) === '') || text('isRemoved') !== '') return undefined;
	const time = (name: string) => momentMs(text(name)) ?? Number.NaN;
	const title = text('title');
	return {
		row,
		...(text('id') !== '' && { id: text('id') }),
		title,
		startMs: time('startMs'),
		endMs: text('endMs') === '' ? Infinity : time('endMs'),
		...(text('pictureAtMs') !== '' && { pictureAtMs: time('pictureAtMs') }),
		note: fields.get(`${row}.note`) ?? '',
		hazards: HAZARDS.filter((hazard) => text(`hazards.${hazard}`) !== ''),
		...(text('timer.durationMs') !== '' && {
			timer: {
				label: text('timer.label') || title.slice(0, MAX_TIMER_LABEL),
				durationMs: time('timer.durationMs')
			}
		})
	};
}

/** What is wrong with the third step, told beside the row in which it was written. */
export const inRows = <Problem>(
	problems: Readonly<Record<string, Problem>>,
	rows: readonly number[]
): Record<string, Problem> =>
	Object.fromEntries(
		Object.entries(problems).map(([field, problem]) => [
			field.replace(/^\d+/, (index) => String(rows[Number(index)] ?? index)),
			problem
		])
	);
