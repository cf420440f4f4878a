import type { Database } from '../database/database.ts';

export const instructorsOf = (db: Database, courseId: string) =>
	db
		.selectFrom('course_instructor')
		.innerJoin('person', 'person.id', 'course_instructor.person_id')
		.where('course_id', '=', courseId)
		.select(['person.id', 'person.display_name as displayName'])
		.orderBy('added_at')
		.orderBy('person.id')
		.execute();

export const instructorBySignInName = (db: Database, signInName: string) =>
	db
		.selectFrom('person')
		.innerJoin('role_grant', 'role_grant.person_id', 'person.id')
		.where('sign_in_name', '=', signInName)
		.where('role', '=', 'instructor')
		.where('revoked_at', 'is', null)
		.select('person.id')
		.executeTakeFirst();

export async function removeInstructor(
	db: Database,
	courseId: string,
	personId: string
): Promise<void> {
	await db
		.deleteFrom('course_instructor')
		.where('course_id', '=', courseId)
		.where('person_id', '=', personId)
		.execute();
}
