import { plainText } from '#lib/captions/payload.ts';
import { isQuiet } from '#lib/captions/quiet.ts';
import { tracksOf } from '#lib/domain/lessons.ts';
import { placingIn, PlacingInput, placingRows } from '#lib/domain/placing-form.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import * as placing from '#lib/server/media/placing.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../../../../answering.ts';
import { minute } from '../../../../../days.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { actor } = locals;
	const { db } = locals.app;
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forEditing(db, actor, params.lessonId);
	const watchable = await lessons.forWatching(db, actor, lesson.id);
	const [presentation, placed, current] = await Promise.all([
		presentationOf(db, watchable),
		placing.find(db, lesson),
		tracks.ofLesson(db, lesson.id)
	]);
	const { savedBy: name, savedAt, ...standing } = placed ?? {};
	// The gate goes by the same ones.
	const written = presentation?.captions[0];
	return {
		lesson: { ...lesson },
		isWanted: tracksOf(lesson.teachingMode).includes('sign'),
		/** What there is of both videos; without one it is yet to be sent, or has failed. */
		states: Object.fromEntries(current.map(({ kind, state }) => [kind, state])),
		presentation,
		placed: placed && (standing as placing.Placed),
		saved:
			name !== undefined && savedAt !== undefined
				? { name, date: minute(savedAt, getLocale()) }
				: undefined,
		// That there are no words needs no signing.
		cues: (written?.cues.filter((cue) => !isQuiet(cue)) ?? []).map(({ startMs, endMs, text }) => ({
			...{ startMs, endMs },
			text: plainText(text)
		}))
	};
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent, form) => {
		const { actor } = locals;
		const { db, wakeWorker } = locals.app;
		if (actor.type !== 'person') throw new NotFound();
		const lesson = await lessons.forEditing(db, actor, params.lessonId);
		const fields = new Map([...form].map(([name, value]) => [name, String(value)]));
		const { input, rows } = placingIn(fields);
		try {
			await placing.save(db, lesson, actor, read(PlacingInput, input));
		} catch (error) {
			throw error instanceof Invalid ? new Invalid(placingRows(error.problems, rows)) : error;
		}
		wakeWorker();
		return { isSaved: true };
	})
} satisfies Actions;
