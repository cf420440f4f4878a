/** Where a sign track belongs, as somebody places it by hand; with whoever does so at the same time. */
import { createHash } from 'node:crypto';
import { type Lengths, placementIn, problemsOf } from '#lib/domain/placing.ts';
import type { PlacingInput } from '#lib/domain/placing-form.ts';
import type { SignPlacement } from '#lib/domain/timeline.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid } from '../errors.ts';
import { now } from '../ids.ts';
import { placementOf } from './composites.ts';
import * as queries from './placing.queries.ts';
import * as timeline from './timeline.ts';
import * as tracks from './tracks.ts';

export type Placed = {
	placement: SignPlacement;
	lengths: Lengths;
	/** Names what stands there: these places, of these videos. */
	base: string;
	/** Who placed it so, where somebody did by hand. */
	savedBy?: string;
	savedAt?: string;
	/** It was placed by hand, and then another video took its place. */
	isOfAnother: boolean;
};

/** Where the sign track stands; undefined while one of the two videos is not ready. */
export async function find(db: Database, lesson: EditableLesson): Promise<Placed | undefined> {
	const found = await standing(db, lesson);
	if (!found) return undefined;
	const { sign, placement, lengths, base } = found;
	const row = await queries.placingRow(db, lesson.id);
	const isHis = row !== undefined && row.placement === named(placement);
	return {
		...{ placement, lengths, base },
		...(isHis && row.savedBy !== null && { savedBy: row.savedBy, savedAt: row.savedAt }),
		isOfAnother: row !== undefined && row.signTrackId !== sign.id
	};
}

/**
 * Keeps where somebody placed the sign track, if it stands where they found it. What follows from its
 * place (both pictures in one video, the gate, a review) follows as after any other change of it.
 * @param input.base what they found; see `find`
 * @throws Conflict when it stands elsewhere by now, or is another video
 * @throws Invalid by field when pieces overlap or lie outside, or a video is not ready
 */
export const save = (
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	{ base, ...placing }: PlacingInput
): Promise<void> =>
	db.transaction().execute(async (step) => {
		const found = await standing(step, lesson);
		if (!found) throw new Invalid({ '': 'video_not_ready' });
		const problems = problemsOf(placing, found.lengths);
		if (Object.keys(problems).length > 0) throw new Invalid(problems);
		const placement = placementIn(placing, found.lengths);
		const isSame = named(placement) === named(found.placement);
		// Who finds it where they want it has lost nothing, whoever put it there.
		if (base !== found.base && !isSame) throw new Conflict('stale');
		if (!isSame) await timeline.replacePlacement(step, lesson, placement);
		await queries.putPlacing(step, {
			...{ lessonId: lesson.id, placement: named(placement), signTrackId: found.sign.id },
			...{ by: by.id, at: now() }
		});
	});

const named = ({ offsetMs, sections }: SignPlacement): string =>
	placementOf({ signOffsetMs: offsetMs, sections });

async function standing(db: Database, lesson: EditableLesson) {
	const { demonstration, sign } = await tracks.readyOf(db, lesson.id);
	if (!demonstration || !sign) return undefined;
	const placement = await timeline.signPlacement(db, lesson.id);
	return {
		...{ sign, placement },
		lengths: { lessonMs: demonstration.durationMs, signMs: sign.durationMs },
		base: createHash('sha256')
			.update([named(placement), demonstration.id, sign.id].join())
			.digest('hex')
			.slice(0, 24)
	};
}
