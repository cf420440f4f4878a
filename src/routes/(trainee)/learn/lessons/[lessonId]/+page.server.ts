import { NotFound } from '#lib/server/errors.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forWatching(db, actor, params.lessonId);
	const [presentation, standing, road] = await Promise.all([
		presentationOf(db, lesson),
		progress.inLesson(db, actor, lesson.id),
		progress.road(db, actor)
	]);
	if (!presentation) throw new NotFound();
	const course = road.find(({ id }) => id === lesson.courseId);
	const siblings = course?.lessons ?? [];
	const here = siblings.findIndex(({ id }) => id === lesson.id);
	return {
		personId: actor.id,
		lesson: { id: lesson.id, title: lesson.title, summary: lesson.summary },
		courseTitle: lesson.courseTitle,
		presentation,
		standing,
		next: siblings[here + 1] && { id: siblings[here + 1]?.id, title: siblings[here + 1]?.title },
		certificateNumber: course?.certificate?.number
	};
});
