import { redirect } from '@sveltejs/kit';
import { AppealForm } from '#lib/domain/appeals.ts';
import { NotFound } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import * as appeals from '#lib/server/practice/appeals.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import * as works from '#lib/server/practice/works.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../../../../../answering.ts';
import { day } from '../../../../../../days.ts';
import { shownWorks } from '../../../../../../handed-in/shown-works.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

const newestOf = ({ rounds }: Awaited<ReturnType<typeof submissions.ofLesson>>) =>
	rounds.find(({ state }) => state !== 'draft');
const handIn = (lessonId: string) => `/learn/lessons/${lessonId}/hand-in`;

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	const mine = await submissions.ofLesson(db, actor, params.lessonId);
	const newest = newestOf(mine);
	const until = newest && (await appeals.openUntil(db, newest));
	// Too late, or sent already: what became of it stands on the page before.
	if (!until) redirect(303, handIn(params.lessonId));
	const of = await appeals.forAppealing(db, actor, newest.id);
	const film = await assessing.answerUnderWay(db, of, actor);
	return {
		...{ id: of.id, lessonId: params.lessonId, title: mine.title },
		until: day(until, getLocale()),
		/** The film that is not sent yet. */
		film: film && shownWorks([film])[0]
	};
});

/** Her newest try, where it is hers to appeal against; asked before a form is read. */
async function appealable({ locals, params }: RequestEvent) {
	const { db } = locals.app;
	if (locals.actor.type !== 'person') throw new NotFound();
	const newest = newestOf(await submissions.ofLesson(db, locals.actor, params.lessonId));
	if (!newest) throw new NotFound();
	return { db, by: locals.actor, newest };
}

export const actions = {
	ask: action(async (event: RequestEvent, form) => {
		const { db, by } = await appealable(event);
		const input = readForm(AppealForm, form);
		await appeals.ask(db, await appeals.forAppealing(db, by, input.id), by, input);
		redirect(303, handIn(event.params.lessonId));
	}),
	forgetFilm: action(async (event: RequestEvent) => {
		const { db, by, newest } = await appealable(event);
		const { storage, works: uploads } = event.locals.app;
		const of = await appeals.forAppealing(db, by, newest.id);
		await works.removeAnswer(db, { storage, uploads }, of, by);
		redirect(303, event.url.pathname);
	})
} satisfies Actions;
