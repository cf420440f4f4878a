import type { AreaInput, Section, TurnInput } from '#lib/domain/timeline.ts';
import type { Database } from '../database/database.ts';

export async function replaceTurns(
	db: Database,
	lessonId: string,
	turns: readonly TurnInput[]
): Promise<void> {
	await db.deleteFrom('lesson_turn').where('lesson_id', '=', lessonId).execute();
	if (turns.length === 0) return;
	await db
		.insertInto('lesson_turn')
		.values(
			turns.map(({ startMs, endMs, sign, hands }) => ({
				lesson_id: lessonId,
				start_ms: startMs,
				end_ms: endMs,
				sign_start_ms: sign?.startMs ?? null,
				sign_end_ms: sign?.endMs ?? null,
				hands_start_ms: hands?.startMs ?? null,
				hands_end_ms: hands?.endMs ?? null
			}))
		)
		.execute();
}

const spanOf = (startMs: number | null, endMs: number | null) =>
	startMs === null || endMs === null ? undefined : { startMs, endMs };

export async function turnsOf(db: Database, lessonId: string): Promise<TurnInput[]> {
	const rows = await db
		.selectFrom('lesson_turn')
		.where('lesson_id', '=', lessonId)
		.selectAll()
		.orderBy('start_ms')
		.execute();
	return rows.map((row) => {
		const sign = spanOf(row.sign_start_ms, row.sign_end_ms);
		const hands = spanOf(row.hands_start_ms, row.hands_end_ms);
		return {
			startMs: row.start_ms,
			endMs: row.end_ms,
			...(sign && { sign }),
			...(hands && { hands })
		};
	});
}

export async function replaceAreas(
	db: Database,
	lessonId: string,
	areas: readonly AreaInput[]
): Promise<void> {
	await db.deleteFrom('action_area').where('lesson_id', '=', lessonId).execute();
	if (areas.length === 0) return;
	await db
		.insertInto('action_area')
		.values(
			areas.map(({ startMs, endMs, ...area }) => ({
				lesson_id: lessonId,
				start_ms: startMs,
				end_ms: endMs,
				...area
			}))
		)
		.execute();
}

export const areasOf = (db: Database, lessonId: string): Promise<AreaInput[]> =>
	db
		.selectFrom('action_area')
		.where('lesson_id', '=', lessonId)
		.select(['start_ms as startMs', 'end_ms as endMs', 'x', 'y', 'width', 'height'])
		.orderBy('start_ms')
		.execute();

export async function setSignOffset(db: Database, lessonId: string, ms: number): Promise<void> {
	await db.updateTable('lesson').set({ sign_offset_ms: ms }).where('id', '=', lessonId).execute();
}

export async function signOffset(db: Database, lessonId: string): Promise<number> {
	const row = await db
		.selectFrom('lesson')
		.where('id', '=', lessonId)
		.select('sign_offset_ms')
		.executeTakeFirst();
	return row?.sign_offset_ms ?? 0;
}

export async function replaceSections(
	db: Database,
	lessonId: string,
	sections: readonly Section[]
): Promise<void> {
	await db.deleteFrom('sign_section').where('lesson_id', '=', lessonId).execute();
	if (sections.length === 0) return;
	await db
		.insertInto('sign_section')
		.values(
			sections.map(({ lessonMs, mediaMs, lengthMs }) => ({
				lesson_id: lessonId,
				lesson_ms: lessonMs,
				media_ms: mediaMs,
				length_ms: lengthMs
			}))
		)
		.execute();
}

export const sectionsOf = (db: Database, lessonId: string): Promise<Section[]> =>
	db
		.selectFrom('sign_section')
		.where('lesson_id', '=', lessonId)
		.select(['lesson_ms as lessonMs', 'media_ms as mediaMs', 'length_ms as lengthMs'])
		.orderBy('lesson_ms')
		.execute();
