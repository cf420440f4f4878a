/** A course leaves as one file (docs/course-archive.md). */
import type { EditableCourse } from '../courses/courses.ts';
import type { Database } from '../database/database.ts';
import type { Storage } from '../storage/storage.ts';
import type { Archive } from '../streamed-zip.ts';
import { archiveOf } from './archive-writer.ts';
import { contentOf } from './content.ts';

/** How large the file will be, nearly, in bytes; and how many videos will not be in it. */
export async function sizeOf(db: Database, storage: Storage, course: EditableCourse) {
	const { sources, missingVideos } = await contentOf(db, storage, course);
	const sizeBytes = sources.reduce((sum, source) => sum + source.sizeBytes, 0);
	return { sizeBytes, missingVideos };
}

/** Read its stream to the end, or destroy it: files stand open in between. */
export const archive = async (
	db: Database,
	storage: Storage,
	course: EditableCourse
): Promise<Archive> => archiveOf(await contentOf(db, storage, course), storage);
