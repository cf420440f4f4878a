/** The tables of what stands beside a lesson's video: a practice task, and files to take along. */
import type { Instant } from './tables.ts';

export interface LessonPracticeTable {
	lesson_id: string;
	/** Counts whenever it is saved. */
	revision: number;
	/** JSON: a `Task` of `domain/practice.ts`; null when it was taken away. */
	task: string | null;
	saved_by: string;
	saved_at: Instant;
}
