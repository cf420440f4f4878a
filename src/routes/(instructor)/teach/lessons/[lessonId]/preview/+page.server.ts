import { VersionNumber } from '#lib/domain/versions.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { read } from '#lib/server/input.ts';
import * as early from '#lib/server/media/early.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { answering } from '../../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const asked = url.searchParams.get('version');
	const lesson = await lessons.forEditing(db, locals.actor, params.lessonId);
	const [history, ready, looks] = await Promise.all([
		versions.history(db, lesson),
		tracks.readyOf(db, lesson.id),
		early.ofLesson(db, locals.app.transcoder, lesson)
	]);
	return {
		lesson: { ...lesson },
		/** Undefined for the draft. */
		number: asked === null ? undefined : read(VersionNumber, asked),
		hasDraft: (ready.demonstration ?? looks.demonstration) !== undefined,
		numbers: history.flatMap(({ number, isThere, withheldAt }) =>
			isThere && withheldAt === null ? number : []
		)
	};
});
