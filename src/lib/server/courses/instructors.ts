/** Who teaches a course together. */
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Invalid } from '../errors.ts';
import { now } from '../ids.ts';
import * as courses from './courses.queries.ts';
import type { EditableCourse } from './courses.ts';
import * as queries from './instructors.queries.ts';

/** Those who teach it, longest first. */
export const ofCourse = (db: Database, course: EditableCourse) =>
	queries.instructorsOf(db, course.id);

/**
 * Lets a colleague teach the course too; a second time it changes nothing. She is named by what she
 * signs in with, so that nobody can read through a list of all people.
 * @throws Invalid when no instructor signs in by that name
 */
export async function add(db: Database, course: EditableCourse, signInName: string) {
	const colleague = await queries.instructorBySignInName(db, signInName);
	if (!colleague) throw new Invalid({ signInName: 'no_such_instructor' });
	try {
		await courses.addInstructor(db, {
			...{ courseId: course.id, personId: colleague.id, addedAt: now() }
		});
	} catch (error) {
		if (!isUniqueViolation(error)) throw error;
	}
}

/**
 * Somebody teaches the course no longer.
 * @throws Invalid when nobody would be left
 */
export const remove = (db: Database, course: EditableCourse, personId: string): Promise<void> =>
	db.transaction().execute(async (step) => {
		const all = await queries.instructorsOf(step, course.id);
		if (all.length < 2 && all.some(({ id }) => id === personId))
			throw new Invalid({ '': 'last_instructor' });
		await queries.removeInstructor(step, course.id, personId);
	});
