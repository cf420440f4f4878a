/** Rows of a form without script, as they come back when something was wrong with them. */
import type { StepMark } from './marks.ts';

/** The row for one more step is not among them: it has no id. */
export function rowsTyped(
	values: Readonly<Record<string, string>>,
	kept: readonly StepMark[]
): StepMark[] {
	const rows: StepMark[] = [];
	for (let row = 0; values[`${row}.title`] !== undefined; row++) {
		const id = values[`${row}.id`];
		if (!id) break;
		const known = kept.find(({ key }) => key === id);
		rows.push(known ?? { key: id, title: '', note: '', startMs: 0, endMs: 0 });
	}
	return rows;
}
