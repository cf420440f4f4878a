/** How a class stands: every trainee in every lesson, and who needs somebody today. */
import type { SubmissionState } from './handing-in.ts';

export type GridCell = {
	/** 0 to 1 of the lesson's length, each moment counted once. */
	watchedShare: number;
	/** As much as is asked for. */
	isWatched: boolean;
	/** All that is asked for is done: watched, practised, passed. */
	isCompleted: boolean;
	/** The task is to be passed; where it is not asked for, it may be done. */
	isTaskAsked: boolean;
	/** How far the lesson's task is; null where it has none. A draft is nobody's business yet. */
	task: Exclude<SubmissionState, 'draft'> | 'none' | null;
};

/** In the order in which they need somebody. */
export const STANDINGS = ['waiting', 'stuck', 'not_begun', 'under_way', 'done'] as const;
export type Standing = (typeof STANDINGS)[number];

const DAY_MS = 24 * 60 * 60_000;
/** Who did nothing for a week of a course of some weeks has stopped, whatever the reason. */
export const STUCK_AFTER_MS = 7 * DAY_MS;

/** All that the lesson asks for: watched, practised, its task passed. */
export const isDone = ({ isCompleted }: GridCell): boolean => isCompleted;
const waitsForAnswer = ({ task }: GridCell): boolean => task === 'sent' || task === 'looking';

/** The first lesson that is not done, where somebody who is stuck most likely is; -1: none. */
export const firstOpen = (cells: readonly GridCell[]): number =>
	cells.findIndex((cell) => !isDone(cell));

/**
 * How a trainee stands.
 * @param lastAt ISO time of the last trace of hers in these lessons, null where there is none
 * @param now ISO time
 */
export function standingOf(
	cells: readonly GridCell[],
	{ lastAt, enrolledAt, now }: { lastAt: string | null; enrolledAt: string; now: string }
): Standing {
	if (cells.some(waitsForAnswer)) return 'waiting';
	if (cells.length > 0 && cells.every(isDone)) return 'done';
	const sinceMs = Math.max(Date.parse(enrolledAt), lastAt === null ? 0 : Date.parse(lastAt));
	if (Date.parse(now) - sinceMs > STUCK_AFTER_MS) return 'stuck';
	return lastAt === null ? 'not_begun' : 'under_way';
}
