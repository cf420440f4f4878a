/** The practice task together with its example pictures, which are attachments of the lesson (decision 0023). */
import { examplesOf, type Task } from '#lib/domain/practice.ts';
import type { PracticeInput } from '#lib/domain/practice-form.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import * as practice from '../courses/practice.ts';
import type { Database } from '../database/database.ts';
import { now } from '../ids.ts';
import * as queries from './attachments.queries.ts';

/** The draft has the pictures of this task, and no others. Call it in the transaction that keeps the task. */
export const use = (db: Database, lesson: { id: string }, task: Task | undefined): Promise<void> =>
	queries.useExamples(
		db,
		lesson.id,
		examplesOf(task).map(({ id }) => id),
		now()
	);

/**
 * Keeps a task with its pictures. One that is no picture of this lesson, or has left the disk
 * meanwhile, is left out: its level stands without it.
 * @throws Conflict when there is another revision by now
 */
export async function put(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	input: PracticeInput
) {
	const known = await queries.exampleIds(db, lesson.id);
	const criteria = input.criteria.map(({ levels, ...criterion }) => ({
		...criterion,
		levels: levels.map(({ picture, ...level }) => ({
			...level,
			// One picture for one level: taken out here, it must not be missed there.
			...(picture && known.delete(picture.id) && { picture })
		}))
	}));
	return practice.put(db, lesson, by, { ...input, criteria }, (step, task) =>
		use(step, lesson, task)
	);
}

/** Takes the task away, and its pictures with it. @throws Conflict when there is another revision by now */
export const remove = (
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	baseRevision: number
) => practice.remove(db, lesson, by, baseRevision, (step) => use(step, lesson, undefined));
