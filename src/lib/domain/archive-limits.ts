import { MAX_COURSE_BYTES } from './courses.ts';

/** All videos of a full course, and what stands beside them. Apart, for a page that needs no more. */
export const MAX_ARCHIVE_BYTES = MAX_COURSE_BYTES + 256 * 1024 * 1024;
