/** The tables of what stands beside a lesson's video: a practice task, and files to take along. */
import type { AttachmentKind, Purpose } from '#lib/domain/attachments.ts';
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

export interface LessonAttachmentTable {
	id: string;
	lesson_id: string;
	position: number;
	name: string;
	kind: AttachmentKind;
	purpose: Purpose;
	size_bytes: number;
	added_by: string;
	added_at: Instant;
	/** Since when it is not the draft's any more; versions may still have it. */
	removed_at: Instant | null;
}

/** Which files a version has. */
export interface VersionAttachmentTable {
	version_id: string;
	attachment_id: string;
}
