/** What a lesson is made of and with. */
import type { MaterialsInput } from '#lib/domain/materials.ts';
import type { Database } from '../database/database.ts';
import { newId } from '../ids.ts';
import type { EditableLesson, WatchableLesson } from './lessons.ts';
import * as queries from './materials.queries.ts';

/** Materials and tools, each in its order, and how many pieces the amounts are for. */
export async function ofLesson(
	db: Database,
	lesson: EditableLesson | WatchableLesson
): Promise<MaterialsInput> {
	const [makes, rows] = await Promise.all([
		queries.yieldOf(db, lesson.id),
		queries.materialRows(db, lesson.id)
	]);
	return {
		count: makes?.count ?? null,
		product: makes?.product ?? '',
		rows: rows.map(({ kind, name, amount_thousandths: amount, unit, note }) => ({
			...{ kind, name, amount, unit, note }
		}))
	};
}
export type Materials = Awaited<ReturnType<typeof ofLesson>>;

/**
 * Replaces all of it.
 * @returns how it was before
 */
export function put(
	db: Database,
	lesson: EditableLesson,
	input: MaterialsInput
): Promise<Materials> {
	return db.transaction().execute(async (step) => {
		const before = await ofLesson(step, lesson);
		const { count, product } = input;
		await queries.replaceYield(step, lesson.id, count === null ? undefined : { count, product });
		await queries.replaceMaterials(
			step,
			lesson.id,
			input.rows.map(({ kind, name, amount, unit, note }, position) => ({
				...{ id: newId(), lesson_id: lesson.id, position, kind, name, note },
				amount_thousandths: amount,
				unit
			}))
		);
		return before;
	});
}
