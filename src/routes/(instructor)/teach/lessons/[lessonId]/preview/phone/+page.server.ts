import { piecesAsked } from '#lib/domain/materials.ts';
import { VersionNumber } from '#lib/domain/versions.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import * as materials from '#lib/server/courses/materials.ts';
import { NotFound } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import * as earlyLooks from '#lib/server/media/early.ts';
import { presentationOf, presentationOfVersion } from '#lib/server/media/presentation.ts';
import { draftOf } from '#lib/server/publication/content.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { answering } from '../../../../../../answering.ts';
import { type Beside, besideOf } from '../../../../../../beside-lesson.ts';
import { scriptsOf } from '../../../../../../island-files.ts';
import {
	LESSON_ISLAND,
	nextOf,
	type WatchingData
} from '../../../../../../(trainee)/learn/lessons/[lessonId]/watching-data.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async (event: PageServerLoadEvent) => ({
	scripts: scriptsOf(LESSON_ISLAND),
	...(await previewOf(event))
}));

/** The page of a trainee who begins: the draft, or the version that is named. */
async function previewOf({
	locals,
	params,
	url
}: PageServerLoadEvent): Promise<{ watching: WatchingData; beside: Beside }> {
	const { db } = locals.app;
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forEditing(db, actor, params.lessonId);
	const asked = url.searchParams.get('version');
	const version =
		asked === null ? undefined : await versions.byNumber(db, lesson, read(VersionNumber, asked));
	const early = version ? {} : await earlyLooks.ofLesson(db, locals.app.transcoder, lesson);
	const [presentation, all, madeOf] = await Promise.all([
		version ? presentationOfVersion(db, lesson, version) : presentationOf(db, lesson, early),
		lessons.ofCourse(db, lesson.courseId),
		materials.ofLesson(db, lesson)
	]);
	if (!presentation) throw new NotFound();
	const content = version?.content ?? (await draftOf(db, lesson));
	const { title, summary } = content;
	const watching = {
		personId: actor.id,
		lesson: { id: lesson.id, title, summary },
		version: version?.number,
		isPreview: true,
		isEarly: presentation.demonstration.src === early.demonstration?.src,
		presentation,
		standing: { watchedMs: 0, positionMs: 0, isCompleted: false },
		...(madeOf.rows.length > 0 && { madeOf }),
		wanted: piecesAsked(url.searchParams),
		settings: undefined,
		next: nextOf(
			all.filter(({ id, isPublished }) => isPublished || id === lesson.id),
			lesson.id
		),
		language: getLocale()
	};
	return { watching, beside: besideOf(lesson.id, content) };
}
