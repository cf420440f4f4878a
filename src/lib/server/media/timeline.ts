/**
 * What instructors mark on a lesson beside its steps: whose turn it is to be looked at, where the
 * hands work, and where the sign track belongs.
 */
import {
	type AreaInput,
	isPlacementWithin,
	type SignPlacement,
	type TurnInput
} from '#lib/domain/timeline.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { Invalid } from '../errors.ts';
import * as composites from './composites.ts';
import * as queries from './timeline.queries.ts';
import * as tracks from './tracks.ts';

/**
 * Replaces the lesson's turns as a whole.
 * @throws Invalid when one lies outside the demonstration, or that is not ready
 */
export async function putTurns(
	db: Database,
	lesson: EditableLesson,
	turns: readonly TurnInput[]
): Promise<void> {
	await tracks.assertInside(db, lesson, turns);
	await db.transaction().execute((step) => queries.replaceTurns(step, lesson.id, turns));
}

/** Replaces where the hands work, as a whole. @throws Invalid as `putTurns` */
export async function putAreas(
	db: Database,
	lesson: EditableLesson,
	areas: readonly AreaInput[]
): Promise<void> {
	await tracks.assertInside(db, lesson, areas);
	await db.transaction().execute((step) => queries.replaceAreas(step, lesson.id, areas));
}

/**
 * Says where the sign track belongs; both pictures in one video are then made anew.
 * @throws Invalid when it lies outside one of the videos, or one of them is not ready
 */
export const placeSign = (
	db: Database,
	lesson: EditableLesson,
	placement: SignPlacement
): Promise<void> =>
	db.transaction().execute(async (step) => {
		const { demonstration, sign } = await tracks.readyOf(step, lesson.id);
		if (!demonstration || !sign) throw new Invalid({ '': 'video_not_ready' });
		if (!isPlacementWithin(placement, demonstration.durationMs, sign.durationMs))
			throw new Invalid({ '': 'times_beyond_end' });
		await replacePlacement(step, lesson, placement);
	});

/** The same where its videos were looked at already. Call it in the transaction that did. */
export async function replacePlacement(
	db: Database,
	lesson: EditableLesson,
	placement: SignPlacement
): Promise<void> {
	await queries.setSignOffset(db, lesson.id, placement.offsetMs);
	await queries.replaceSections(db, lesson.id, placement.sections);
	await composites.renew(db, lesson.id);
}

/** Where the sign track belongs. */
export const signPlacement = async (db: Database, lessonId: string): Promise<SignPlacement> => ({
	offsetMs: await queries.signOffset(db, lessonId),
	sections: await queries.sectionsOf(db, lessonId)
});

export const turnsOf = (db: Database, lessonId: string) => queries.turnsOf(db, lessonId);
export const areasOf = (db: Database, lessonId: string) => queries.areasOf(db, lessonId);
export const sectionsOf = (db: Database, lessonId: string) => queries.sectionsOf(db, lessonId);
