/** The tables of what was published, and which class sees which of it. */
import type { TeachingMode } from '#lib/domain/lessons.ts';
import type { Instant } from './tables.ts';

export interface LessonVersionTable {
	id: string;
	lesson_id: string;
	/** 1, 2, 3 … of its lesson. */
	number: number;
	title: string;
	teaching_mode: TeachingMode;
	duration_ms: number;
	demonstration_id: string;
	demonstration_digest: string;
	sign_id: string | null;
	sign_digest: string | null;
	/** JSON: a `Content` of `domain/versions.ts`. */
	content: string;
	/** JSON: `Needs` of `domain/completion.ts`. */
	needs: string;
	what_changed: string;
	published_by: string;
	published_at: Instant;
	/** Since when nobody may see it: somebody in it took his consent back. */
	withheld_at: Instant | null;
}

/** Which version of a lesson the trainees of a class see. */
export interface ClassVersionTable {
	class_id: string;
	lesson_id: string;
	version_id: string;
	/** Who moved it there; null where it is the one the class began with. */
	set_by: string | null;
	set_at: Instant;
}
