/** What was said of a trainee's work, lesson by lesson: the newest answer of the newest try. */
import type { Result } from '#lib/domain/assessing.ts';
import type { PersonActor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { answersTo } from './assessments.queries.ts';

export type Said = {
	lessonId: string;
	result: Result;
	/** In writing; '' where there is none. */
	comment: string;
	assessedBy: string;
	assessedAt: string;
	/** The instructor signed it, on film. */
	isSigned: boolean;
	/** The trainee has not said yet that she has seen it. */
	isNew: boolean;
};

/** By lesson. */
export async function ofPerson(db: Database, { id }: PersonActor): Promise<Map<string, Said>> {
	const said = new Map<string, Said>();
	for (const { answerId, seenAt, ...row } of await answersTo(db, id))
		if (!said.has(row.lessonId))
			said.set(row.lessonId, { ...row, isSigned: answerId !== null, isNew: seenAt === null });
	return said;
}
