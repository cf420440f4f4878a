/** The part of `tables.ts` that is about courses coming in as archives. */
import type { ImportState } from '#lib/domain/course-archive.ts';
import type { Instant } from './tables.ts';

export interface CourseImportTable {
	/** Of the upload too: its bytes lie under this name. */
	id: string;
	person_id: string;
	file_name: string;
	size_bytes: number;
	state: ImportState;
	progress_permille: number;
	/** JSON: the problem's code and values. */
	problem: string | null;
	course_id: string | null;
	created_at: Instant;
	finished_at: Instant | null;
}
