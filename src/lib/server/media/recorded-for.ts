/** What recordings that only a browser holds are for: it keeps no more than ids. */
import type { PersonActor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import * as queries from './recorded-for.queries.ts';

/** More than one person records before she sends any of it. */
const MAX_ASKED = 200;

/**
 * Lessons, and words of a course, by the ids with which recordings are kept, and which takes have
 * arrived already. What this person does not teach (any more) is left out.
 * @param ids of lessons or of courses, as they come from a browser
 */
export async function recordedFor(db: Database, by: PersonActor, ids: readonly string[]) {
	const asked = ids.slice(0, MAX_ASKED);
	if (asked.length === 0) return { lessons: [], terms: [], receivedIds: [] };
	const [lessons, terms] = await Promise.all([
		queries.lessonsTaught(db, by.id, asked),
		queries.termsTaught(db, by.id, asked)
	]);
	const lessonIds = lessons.map(({ id }) => id);
	const received = lessonIds.length > 0 ? await queries.takesReceived(db, lessonIds) : [];
	return { lessons, terms, receivedIds: received.map(({ id }) => id) };
}
