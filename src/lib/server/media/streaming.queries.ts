import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';

export type Facts = {
	digest: string | null;
	instructorId: string | null;
	enrolmentId: string | null;
	publicationId: string | null;
};
type Asked = { id: string; personId: string };

// Asked for every segment: prepared once, one row whatever the person's roles are.
const compositeRows = prepared<Facts, 'id' | 'personId'>(['id', 'personId'], (db, value) =>
	db
		.selectFrom('composite')
		.innerJoin('lesson', 'lesson.id', 'composite.lesson_id')
		.where('composite.id', '=', value('id'))
		.select((eb) => [
			'composite.digest as digest',
			eb
				.selectFrom('course_instructor')
				.whereRef('course_instructor.course_id', '=', 'lesson.course_id')
				.where('course_instructor.person_id', '=', value('personId'))
				.select('course_instructor.person_id')
				.as('instructorId'),
			eb
				.selectFrom('enrolment')
				.innerJoin('class', 'class.id', 'enrolment.class_id')
				.whereRef('class.course_id', '=', 'lesson.course_id')
				.where('enrolment.person_id', '=', value('personId'))
				.select(({ fn }) => fn.min('enrolment.id').as('id'))
				.as('enrolmentId'),
			eb
				.selectFrom('lesson_publication')
				.innerJoin('lesson_version', 'lesson_version.lesson_id', 'lesson_publication.lesson_id')
				.whereRef('lesson_publication.lesson_id', '=', 'lesson.id')
				.where('lesson_publication.withdrawn_at', 'is', null)
				.where('lesson_version.withheld_at', 'is', null)
				.whereRef('lesson_version.demonstration_digest', '=', 'composite.demonstration_digest')
				.whereRef('lesson_version.sign_digest', '=', 'composite.sign_digest')
				.select(({ fn }) => fn.min('lesson_publication.id').as('id'))
				.as('publicationId')
		])
);

export const compositeFacts = async (db: Database, asked: Asked): Promise<Facts | undefined> =>
	(await compositeRows(db, asked))[0];

// A clip belongs to the whole course: one published lesson is enough.
const clipRows = prepared<Facts, 'id' | 'personId'>(['id', 'personId'], (db, value) =>
	db
		.selectFrom('glossary_term')
		.where('glossary_term.clip_id', '=', value('id'))
		.select((eb) => [
			'glossary_term.clip_digest as digest',
			eb
				.selectFrom('course_instructor')
				.whereRef('course_instructor.course_id', '=', 'glossary_term.course_id')
				.where('course_instructor.person_id', '=', value('personId'))
				.select('course_instructor.person_id')
				.as('instructorId'),
			eb
				.selectFrom('enrolment')
				.innerJoin('class', 'class.id', 'enrolment.class_id')
				.whereRef('class.course_id', '=', 'glossary_term.course_id')
				.where('enrolment.person_id', '=', value('personId'))
				.select(({ fn }) => fn.min('enrolment.id').as('id'))
				.as('enrolmentId'),
			eb
				.selectFrom('lesson_publication')
				.innerJoin('lesson', 'lesson.id', 'lesson_publication.lesson_id')
				.whereRef('lesson.course_id', '=', 'glossary_term.course_id')
				.where('lesson_publication.withdrawn_at', 'is', null)
				.select(({ fn }) => fn.min('lesson_publication.id').as('id'))
				.as('publicationId')
		])
);

export const clipFacts = async (db: Database, asked: Asked): Promise<Facts | undefined> =>
	(await clipRows(db, asked))[0];
