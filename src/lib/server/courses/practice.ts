/** The practice task behind a lesson. What trainees see of it is the version's (decision 0019). */
import * as v from 'valibot';
import { Task } from '#lib/domain/practice.ts';
import type { PracticeInput } from '#lib/domain/practice-form.ts';
import type { PersonActor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { Conflict } from '../errors.ts';
import { newId, now } from '../ids.ts';
import type { EditableLesson } from './lessons.ts';
import * as queries from './practice.queries.ts';

export type Kept = {
	/** 0 where nobody has ever saved one. */
	revision: number;
	task?: Task;
	savedBy?: string;
	savedAt?: string;
};

export const readTask = (json: string): Task => v.parse(Task, JSON.parse(json));

/** The draft's task, with who saved it last; also who took it away. */
export async function ofLesson(db: Database, lesson: EditableLesson): Promise<Kept> {
	const row = await queries.practiceRow(db, lesson.id);
	if (!row) return { revision: 0 };
	const { task, ...saved } = row;
	return { ...saved, ...(task !== null && { task: readTask(task) }) };
}

/** Ids mean something within their task only, so a form may bring its own; each once. */
const withId =
	(taken: Set<string>) =>
	({ id: asked, ...criterion }: PracticeInput['criteria'][number]) => {
		const id = asked !== null && !taken.has(asked) ? asked : newId();
		taken.add(id);
		return { id, ...criterion };
	};

/** What is kept together with it, in the same transaction. */
type Alongside = (step: Database, task: Task | undefined) => Promise<void>;
type Saved = { before: Task | undefined; revision: number };

/**
 * Keeps a task, if nobody saved since its writer began.
 * @returns what was there before, and the new revision
 * @throws Conflict when there is another revision by now
 */
export const put = (
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	{ baseRevision, criteria, ...rest }: PracticeInput,
	alongside?: Alongside
): Promise<Saved> => {
	const task = { ...rest, criteria: criteria.map(withId(new Set())) };
	return saved(db, lesson, by, baseRevision, task, alongside);
};

/** Takes the task away. @throws Conflict when there is another revision by now */
export const remove = (
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	baseRevision: number,
	alongside?: Alongside
): Promise<Saved> => saved(db, lesson, by, baseRevision, undefined, alongside);

const saved = (
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	baseRevision: number,
	task: Task | undefined,
	alongside?: Alongside
): Promise<Saved> =>
	db.transaction().execute(async (step) => {
		const { task: before } = await ofLesson(step, lesson);
		const row = { lessonId: lesson.id, task: task ? JSON.stringify(task) : null };
		const revision = await queries.save(
			step,
			{ ...row, savedBy: by.id, savedAt: now() },
			baseRevision
		);
		if (revision === undefined) throw new Conflict('stale');
		await alongside?.(step, task);
		return { before, revision };
	});

/** The draft gets the task of a version, or none, whatever it has. Call it in a transaction. */
export async function putBack(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	task: Task | undefined
): Promise<void> {
	const before = await ofLesson(db, lesson);
	const json = task ? JSON.stringify(task) : null;
	if (json === (before.task ? JSON.stringify(before.task) : null)) return;
	await queries.save(db, { lessonId: lesson.id, task: json, savedBy: by.id, savedAt: now() });
}
