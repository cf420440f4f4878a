import { redirect } from '@sveltejs/kit';
import { plainText } from '#lib/captions/payload.ts';
import { needsBeforePublishing } from '#lib/domain/gate.ts';
import { inRows, stepsIn } from '#lib/domain/steps-form.ts';
import { revisionOrNone, StepsInput } from '#lib/domain/timeline.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import * as marks from '#lib/server/media/marks.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import * as publication from '#lib/server/publication/publication.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { actor } = locals;
	const { db } = locals.app;
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forEditing(db, actor, params.lessonId);
	const watchable = await lessons.forWatching(db, actor, lesson.id);
	const [presentation, marked, facts] = await Promise.all([
		presentationOf(db, watchable),
		marks.find(db, lesson),
		publication.facts(db, lesson)
	]);
	const captions = presentation?.captions ?? [];
	const written = captions.find(({ language }) => language === getLocale()) ?? captions[0];
	return {
		lesson: { ...lesson },
		place: `${actor.id}/${lesson.id}`,
		presentation,
		marked,
		needs: needsBeforePublishing(facts),
		isPublished: facts.isPublished,
		cues: (written?.cues ?? []).map(({ startMs, endMs, text }) => ({
			...{ startMs, endMs },
			text: plainText(text)
		})),
		isSaved: url.searchParams.has('saved')
	};
});

export const actions = {
	default: action(async ({ locals, params }: RequestEvent, form) => {
		const { actor } = locals;
		const { db, wakeWorker } = locals.app;
		if (actor.type !== 'person') throw new NotFound();
		const lesson = await lessons.forEditing(db, actor, params.lessonId);
		const marked = await marks.find(db, lesson);
		if (!marked) throw new Invalid({ '': 'video_not_ready' });
		const fields = new Map([...form].map(([name, value]) => [name, String(value)]));
		const baseRevision = read(revisionOrNone, fields.get('revision'));
		const { input, rows } = stepsIn(fields, marked.durationMs);
		try {
			await marks.saveSteps(db, lesson, actor, { baseRevision, steps: read(StepsInput, input) });
		} catch (error) {
			throw error instanceof Invalid ? new Invalid(inRows(error.problems, rows)) : error;
		}
		wakeWorker();
		redirect(303, `/teach/lessons/${lesson.id}/steps?saved`);
	})
} satisfies Actions;
