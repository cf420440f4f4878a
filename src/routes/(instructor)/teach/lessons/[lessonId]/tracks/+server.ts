import { json } from '@sveltejs/kit';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import { answering } from '../../../../../answering.ts';
import type { RequestEvent } from './$types';

/** How far the lesson's videos are, asked for every second while something is under way. */
export const GET = answering(async ({ locals, params }: RequestEvent) => {
	const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
	const current = await tracks.ofLesson(locals.app.db, lesson.id);
	return json(current.map(({ id, state, progressPermille }) => ({ id, state, progressPermille })));
});
