/**
 * All that is marked on a lesson's timeline (steps, turns, where hands work), kept together: who
 * marks must know what everybody else has marked meanwhile.
 */
import { type MarksInput, type Span, type TurnInput, withinLesson } from '#lib/domain/timeline.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { now } from '../ids.ts';
import { SavedInBetween } from './captions.ts';
import * as queries from './marks.queries.ts';
import * as steps from './steps.ts';
import { areasOf, replaceAreas, replaceTurns, turnsOf } from './timeline.queries.ts';
import * as tracks from './tracks.ts';

/** What is marked, cut to the demonstration there is now; undefined while there is none. */
export async function find(db: Database, lesson: EditableLesson) {
	const [{ demonstration }, row, marked, turns, areas] = await Promise.all([
		tracks.readyOf(db, lesson.id),
		queries.marksRow(db, lesson.id),
		steps.ofLesson(db, lesson.id),
		turnsOf(db, lesson.id),
		areasOf(db, lesson.id)
	]);
	if (!demonstration) return undefined;
	const { durationMs } = demonstration;
	return {
		durationMs,
		revision: row?.revision ?? 0,
		steps: withinLesson(marked, durationMs).map(pictured),
		turns: withinLesson(turns, durationMs).map(cut),
		areas: withinLesson(areas, durationMs)
	};
}

/** A video may have become shorter than the moment of a picture in it. */
const pictured = <S extends Span & { pictureAtMs: number }>(step: S): S => ({
	...step,
	pictureAtMs: Math.min(step.pictureAtMs, step.endMs - 1)
});

function cut({ sign, hands, ...turn }: TurnInput): TurnInput {
	const within = (part?: Span) =>
		part && part.startMs < turn.endMs && { ...part, endMs: Math.min(part.endMs, turn.endMs) };
	const parts = { sign: within(sign), hands: within(hands) };
	return {
		...turn,
		...(parts.sign && { sign: parts.sign }),
		...(parts.hands && { hands: parts.hands })
	};
}

/**
 * Keeps what somebody marked, if nobody saved since they began.
 * @param input.baseRevision the revision it was marked on, 0 if nothing was
 * @returns the new revision, and under which ids the steps are kept, in order
 * @throws SavedInBetween if there is another revision by now
 * @throws Invalid when something lies outside the demonstration, or that is not ready
 */
export async function save(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	input: MarksInput
): Promise<{ revision: number; ids: string[] }> {
	await tracks.assertInside(db, lesson, [...input.steps, ...input.turns, ...input.areas]);
	return db.transaction().execute(async (step) => {
		const current = await queries.marksRow(step, lesson.id);
		if ((current?.revision ?? 0) !== input.baseRevision) {
			const { revision = 0, savedBy, savedAt } = current ?? {};
			throw new SavedInBetween({
				revision,
				...(savedBy && { savedBy }),
				...(savedAt && { savedAt })
			});
		}
		const saved = { lessonId: lesson.id, savedBy: by.id, savedAt: now() };
		const revision = await queries.nextRevision(step, saved);
		const ids = await steps.replace(step, lesson, input.steps);
		await replaceTurns(step, lesson.id, input.turns);
		await replaceAreas(step, lesson.id, input.areas);
		return { revision, ids };
	});
}

/** Keeps the steps only, as a form without script does. @throws as `save` */
export async function saveSteps(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	input: Pick<MarksInput, 'baseRevision' | 'steps'>
): Promise<void> {
	const kept = await find(db, lesson);
	const { turns = [], areas = [] } = kept ?? {};
	await save(db, lesson, by, { ...input, turns, areas });
}
