/** How much room the videos and files of a course take, and how much there is. */
import { MAX_COURSE_BYTES } from '#lib/domain/courses.ts';
import type { Database } from '../database/database.ts';
import { Invalid } from '../errors.ts';
import * as queries from './storage-use.queries.ts';

/** What a course takes of the disk, in bytes; what is on its way counts in full. */
export async function ofCourse(db: Database, courseId: string) {
	const bytes = await queries.bytesOf(db, courseId);
	const usedBytes = bytes.originalBytes + bytes.preparedBytes;
	return { ...bytes, usedBytes, limitBytes: MAX_COURSE_BYTES };
}

/** @throws Invalid when a file of this size would not fit into the course any more */
export async function assertRoom(db: Database, courseId: string, bytes: number): Promise<void> {
	const { usedBytes, limitBytes } = await ofCourse(db, courseId);
	if (usedBytes + bytes <= limitBytes) return;
	const GB = 1024 ** 3;
	const left = Math.max(0, limitBytes - usedBytes) / GB;
	throw new Invalid({
		file: { code: 'course_full', values: { limit: limitBytes / GB, left: left.toFixed(1) } }
	});
}
