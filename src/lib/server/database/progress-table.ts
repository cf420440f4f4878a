/** What somebody has watched, practised and completed. */
import type { Instant } from './tables.ts';

export interface LessonProgressTable {
	person_id: string;
	lesson_id: string;
	watched_ranges: string;
	watched_ms: number;
	position_ms: number;
	position_at: Instant;
	revision: number;
	/** When so much was watched as is asked for. */
	watched_at: Instant | null;
	/** JSON: ids of steps done in practice, sorted. */
	practised: string;
	/** When all that is asked for was done. */
	completed_at: Instant | null;
	/** Which videos it was watched of (`filmsOf`); null before there were versions. */
	films: string | null;
}
