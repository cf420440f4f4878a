import { json } from '@sveltejs/kit';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as early from '#lib/server/media/early.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import { answering } from '../../../../../answering.ts';
import type { RequestEvent } from './$types';

/** How far the lesson's videos are, asked for every second while something is under way. */
export const GET = answering(async ({ locals, params }: RequestEvent) => {
	const lesson = await lessons.forEditing(locals.app.db, locals.actor, params.lessonId);
	const { db, transcoder } = locals.app;
	const [current, looks] = await Promise.all([
		tracks.ofLesson(db, lesson.id),
		early.ofLesson(db, transcoder, lesson)
	]);
	return json(
		current.map(({ id, kind, state, progressPermille }) => ({
			...{ id, state, progressPermille },
			look: looks[kind]
		}))
	);
});
