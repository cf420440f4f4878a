import { redirect } from '@sveltejs/kit';
import { CaptionForm } from '#lib/domain/courses.ts';
import { ConsentForm } from '#lib/domain/consents.ts';
import { isReviewable, lessonState, needsBeforePublishing } from '#lib/domain/gate.ts';
import { IdForm } from '#lib/domain/fields.ts';
import { MendedForm } from '#lib/domain/reviews.ts';
import { PublishForm, PutBackForm } from '#lib/domain/versions.ts';
import { tracksOf } from '#lib/domain/lessons.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import * as captions from '#lib/server/media/captions.ts';
import * as early from '#lib/server/media/early.ts';
import { presentationOf } from '#lib/server/media/presentation.ts';
import { putBack } from '#lib/server/media/put-back.ts';
import * as tracks from '#lib/server/media/tracks.ts';
import * as consents from '#lib/server/publication/consents.ts';
import * as exceptions from '#lib/server/publication/exceptions.ts';
import * as publication from '#lib/server/publication/publication.ts';
import * as reviews from '#lib/server/publication/reviews.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { action, answering } from '../../../../answering.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';
import { earlierUploads } from './earlier-uploads.ts';
import { TakenCaptionForm } from './taken-captions.ts';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { actor } = locals;
	const { db } = locals.app;
	if (actor.type !== 'person') throw new NotFound();
	const lesson = await lessons.forEditing(db, actor, params.lessonId);
	const watchable = await lessons.forWatching(db, actor, lesson.id);
	const [
		current,
		earlier,
		written,
		facts,
		published,
		draft,
		presentation,
		looks,
		consent,
		review,
		allowed
	] = await Promise.all([
		tracks.ofLesson(db, lesson.id),
		earlierUploads(locals.app, lesson.id, actor),
		captions.ofLesson(db, lesson.id),
		publication.facts(db, lesson),
		publication.current(db, lesson.id),
		versions.ofDraft(db, lesson),
		presentationOf(db, watchable),
		early.ofLesson(db, locals.app.transcoder, lesson),
		consents.ofLesson(db, lesson),
		reviews.latest(db, lesson),
		exceptions.ofLesson(db, lesson.id)
	]);
	return {
		lesson: { ...lesson },
		slots: tracksOf(lesson.teachingMode).map((kind) => ({
			kind,
			track: current.find((track) => track.kind === kind),
			look: looks[kind],
			earlier: earlier.find((upload) => upload.kind === kind)
		})),
		captions: written,
		gate: {
			state: lessonState(facts),
			needs: needsBeforePublishing(facts),
			isReviewable: isReviewable(facts),
			review: facts.review,
			advice: facts.advice,
			stretches: facts.stretches
		},
		consents: consent,
		review,
		exceptions: allowed,
		published,
		draft,
		presentation
	};
});

const editable = async ({ locals, params }: RequestEvent) => {
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	return { actor, lesson: await lessons.forEditing(locals.app.db, actor, params.lessonId) };
};

export const actions = {
	captions: action(async (event: RequestEvent, form) => {
		await editable(event);
		const { language, tier, file } = readForm(CaptionForm, form);
		const bytes = new Uint8Array(await file.arrayBuffer());
		const looks = captions.look(bytes);
		// Kept nowhere until somebody has looked: the page holds it and sends it back.
		const held = Buffer.from(bytes).toString('base64');
		return { looked: { language, tier, fileName: file.name.slice(0, 300), bytes: held, looks } };
	}),
	takeCaptions: action(async (event: RequestEvent, form) => {
		const { actor, lesson } = await editable(event);
		const input = readForm(TakenCaptionForm, form);
		const put = await captions.put(event.locals.app.db, lesson, actor, input);
		return { added: { language: input.language, ...put } };
	}),
	consent: action(async (event: RequestEvent, form) => {
		const { actor, lesson } = await editable(event);
		await consents.record(event.locals.app.db, lesson, actor, readForm(ConsentForm, form));
		redirect(303, `/teach/lessons/${lesson.id}#consent`);
	}),
	withdrawConsent: action(async (event: RequestEvent, form) => {
		const { actor, lesson } = await editable(event);
		await consents.withdraw(event.locals.app.db, lesson, actor, readForm(IdForm, form).id);
		redirect(303, `/teach/lessons/${lesson.id}#consent`);
	}),
	ask: action(async (event: RequestEvent) => {
		const { actor, lesson } = await editable(event);
		await reviews.ask(event.locals.app.db, lesson, actor);
		redirect(303, `/teach/lessons/${lesson.id}#review`);
	}),
	takeBack: action(async (event: RequestEvent) => {
		const { lesson } = await editable(event);
		await reviews.takeBack(event.locals.app.db, lesson);
		redirect(303, `/teach/lessons/${lesson.id}#review`);
	}),
	mended: action(async (event: RequestEvent, form) => {
		const { lesson } = await editable(event);
		const { id, isMended } = readForm(MendedForm, form);
		await reviews.setMended(event.locals.app.db, lesson, id, isMended === 'yes');
		redirect(303, `/teach/lessons/${lesson.id}#review`);
	}),
	publish: action(async (event: RequestEvent, form) => {
		const { actor, lesson } = await editable(event);
		const { whatChanged } = readForm(PublishForm, form);
		await publication.publish(event.locals.app.db, lesson, actor, whatChanged);
		redirect(303, `/teach/lessons/${lesson.id}#publish`);
	}),
	putBack: action(async (event: RequestEvent, form) => {
		const { actor, lesson } = await editable(event);
		const { number } = readForm(PutBackForm, form);
		await putBack(event.locals.app.db, lesson, actor, number);
		redirect(303, `/teach/lessons/${lesson.id}#publish`);
	}),
	withdraw: action(async (event: RequestEvent) => {
		const { actor, lesson } = await editable(event);
		await publication.withdraw(event.locals.app.db, lesson, actor);
		redirect(303, `/teach/lessons/${lesson.id}#publish`);
	})
} satisfies Actions;
