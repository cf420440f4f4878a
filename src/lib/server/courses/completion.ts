/** When a lesson counts as done. Trainees see what their version asks for (decision 0019). */
import { type Completion, keptCompletion, readCompletion } from '#lib/domain/completion.ts';
import type { Database } from '../database/database.ts';
import * as queries from './completion.queries.ts';
import type { EditableLesson } from './lessons.ts';

/** The draft's. */
export const ofLesson = async (db: Database, lesson: EditableLesson): Promise<Completion> =>
	readCompletion(await queries.completionOf(db, lesson.id));

/** Trainees are asked for it from the next version on. */
export const put = (db: Database, lesson: EditableLesson, to: Completion): Promise<void> =>
	queries.setCompletion(db, lesson.id, keptCompletion(to));
