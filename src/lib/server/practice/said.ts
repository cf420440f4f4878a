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
	/** All who decided it. */
	assessedBy: string[];
	assessedAt: string;
	/** The instructor signed it, on film. */
	isSigned: boolean;
	/** The trainee has not said yet that she has seen it. */
	isNew: boolean;
};

/** By lesson. Several who have decided together are heard as one. */
export async function ofPerson(db: Database, { id }: PersonActor): Promise<Map<string, Said>> {
	const said = new Map<string, Said>();
	const newest = new Map<string, string>();
	for (const row of await answersTo(db, id)) {
		const { lessonId, result, comment, assessedAt } = row;
		const of = `${row.submissionId} ${row.decision}`;
		const before = said.get(lessonId);
		if (before && newest.get(lessonId) !== of) continue;
		newest.set(lessonId, of);
		said.set(lessonId, {
			...{ lessonId, result, assessedAt: before?.assessedAt ?? assessedAt },
			comment: [comment, before?.comment ?? ''].filter((text) => text !== '').join('\n'),
			assessedBy: [row.assessedBy, ...(before?.assessedBy ?? [])],
			isSigned: row.answerId !== null || before?.isSigned === true,
			isNew: row.seenAt === null
		});
	}
	return said;
}
