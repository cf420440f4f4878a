/** The class grid, in words. */
import { type GridCell, type Standing, STANDINGS } from '#lib/domain/class-grid.ts';
import { type Listing, paged } from '#lib/domain/listing.ts';
import * as grid from '#lib/server/progress/class-grid.ts';
import type { SeenClass } from '#lib/server/progress/class-grid.ts';
import type { Database } from '#lib/server/database/database.ts';
import { now } from '#lib/server/ids.ts';
import { csvResponse } from '#lib/domain/csv.ts';
import * as m from '#lib/words/compiled/messages.js';
import { minute } from '../days.ts';
import { stateShown } from '../handed-in/shown.ts';

const DAY_MS = 24 * 60 * 60_000;

function lastWords(lastAt: string | null, at: string): string {
	if (lastAt === null) return m.grid_last_never();
	const days = Math.max(0, Math.floor((Date.parse(at) - Date.parse(lastAt)) / DAY_MS));
	return m.grid_last({ when: days === 0 ? m.grid_today() : m.grid_days_ago({ count: days }) });
}

/** How a trainee stands, said to whoever looks at her work, or to staff, who do not. */
const standingWord = (standing: Standing, isInstructor: boolean): string => {
	if (standing === 'waiting')
		return isInstructor ? m.grid_standing_waiting() : m.grid_standing_waiting_staff();
	const words = {
		stuck: m.grid_standing_stuck,
		not_begun: m.grid_standing_not_begun,
		under_way: m.grid_standing_under_way,
		done: m.grid_standing_done
	};
	return words[standing]();
};

const watchedWord = ({ isWatched, watchedShare }: GridCell): string => {
	if (isWatched) return m.grid_completed();
	// Never "100 %" of what does not count as complete.
	const percent = Math.min(99, Math.floor(watchedShare * 100));
	return watchedShare === 0 ? m.grid_not_watched() : m.grid_watched({ percent });
};
const taskWord = ({ task }: GridCell): string =>
	task === null ? '' : task === 'none' ? m.grid_task_none() : stateShown(task).word();

/** Everything the page shows; instructors are led to the work that waits for them. */
export async function gridShown(
	db: Database,
	seen: SeenClass,
	{ isInstructor, listing }: { isInstructor: boolean; listing: Listing }
) {
	const at = now();
	const { lessons, rows: all } = await grid.of(db, seen, at);
	const { rows, ...listed } = paged(all, listing, ({ displayName }) => displayName);
	return {
		class: { id: seen.id, title: seen.title, courseTitle: seen.courseTitle },
		lessons,
		traineeCount: all.length,
		/** How many stand how, of the whole class. */
		counts: STANDINGS.map((standing) => ({
			standing,
			word: standingWord(standing, isInstructor),
			count: all.filter((row) => row.standing === standing).length
		})).filter(({ count }) => count > 0),
		listed,
		rows: rows.map(({ cells, standing, lastAt, firstOpen, ...row }) => ({
			...row,
			standing,
			standingWord: standingWord(standing, isInstructor),
			stuckAt: standing === 'stuck' && firstOpen >= 0 ? firstOpen + 1 : null,
			last: lastWords(lastAt, at),
			cells: cells.map(({ submissionId, ...cell }) => ({
				...cell,
				watchedWord: watchedWord(cell),
				taskWord: taskWord(cell),
				href: isInstructor && submissionId ? `/teach/practice/${submissionId}` : null
			}))
		}))
	};
}
export type ShownGrid = Awaited<ReturnType<typeof gridShown>>;

/** The same as a table for a spreadsheet, safe to open there. */
export async function gridAsCsv(
	db: Database,
	seen: SeenClass,
	{ isInstructor, language }: { isInstructor: boolean; language: string }
): Promise<Response> {
	const { lessons, rows } = await grid.of(db, seen);
	const head = lessons.flatMap(({ title, hasTask }) => [
		title,
		...(hasTask ? [m.grid_csv_task({ lesson: title })] : [])
	]);
	const lines = rows.map(({ displayName, standing, lastAt, cells }) => [
		displayName,
		standingWord(standing, isInstructor),
		lastAt === null ? '' : minute(lastAt, language),
		...cells.flatMap((cell, at) => [
			watchedWord(cell),
			...(lessons[at]?.hasTask ? [taskWord(cell)] : [])
		])
	]);
	const columns = [m.grid_trainee(), m.grid_csv_standing(), m.grid_csv_last()];
	return csvResponse('class.csv', [[...columns, ...head], ...lines]);
}
