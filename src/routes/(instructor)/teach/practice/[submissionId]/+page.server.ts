import { redirect } from '@sveltejs/kit';
import { AssessmentForm, BeginForm } from '#lib/domain/assessing.ts';
import { NotFound } from '#lib/server/errors.ts';
import { now } from '#lib/server/ids.ts';
import { readForm } from '#lib/server/input.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import * as works from '#lib/server/practice/works.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../../../answering.ts';
import { answerShown, roundShown } from '../../../../handed-in/round-shown.ts';
import { hearingWords } from '../../../../handed-in/shown.ts';
import { shownWorks } from '../../../../handed-in/shown-works.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const { actor } = locals;
	if (actor.type !== 'person') throw new NotFound();
	const of = await assessing.forAssessing(db, actor, params.submissionId);
	const [contents, desk, underWay, earlierRounds] = await Promise.all([
		assessing.contentsOf(db, of),
		assessing.deskOf(db, of, actor),
		assessing.answerUnderWay(db, of, actor),
		assessing.earlierOf(db, of)
	]);
	const { shared, forAppeal, isMine, mayCorrect } = desk;
	return {
		...roundShown(of, contents, getLocale(), now()),
		...{ personName: of.personName, lessonTitle: of.lessonTitle },
		earlierRounds,
		...{ isMine, mayCorrect, forAppeal },
		isCorrecting: mayCorrect && url.searchParams.has('correct') && contents.answers.length > 0,
		/** Where two decide. */
		shared: shared && {
			...{ looking: shared.looking, isOpenToMe: shared.isOpenToMe },
			hearing: hearingWords(shared.hearing),
			given: shared.given.map(answerShown)
		},
		/** The film of an answer that is not given yet. */
		film: underWay && shownWorks([underWay])[0]
	};
});

async function assessable({ locals, params }: RequestEvent) {
	if (locals.actor.type !== 'person') throw new NotFound();
	const of = await assessing.forAssessing(locals.app.db, locals.actor, params.submissionId);
	return { db: locals.app.db, by: locals.actor, of };
}

export const actions = {
	begin: action(async (event: RequestEvent, form) => {
		const { db, of, by } = await assessable(event);
		const { baseRevision, instead } = readForm(BeginForm, form);
		await assessing.begin(db, of, by, baseRevision, instead);
		redirect(303, event.url.pathname);
	}),
	release: action(async (event: RequestEvent) => {
		const { db, of, by } = await assessable(event);
		await assessing.release(db, of, by);
		redirect(303, '/teach/practice');
	}),
	assess: action(async (event: RequestEvent, form) => {
		const { db, of, by } = await assessable(event);
		const isTold = await assessing.assess(db, of, by, readForm(AssessmentForm, form));
		redirect(303, `/teach/practice?${isTold ? 'done' : 'given'}`);
	}),
	forgetFilm: action(async (event: RequestEvent) => {
		const { db, of, by } = await assessable(event);
		const { storage, works: uploads } = event.locals.app;
		await works.removeAnswer(db, { storage, uploads }, of, by);
		redirect(303, event.url.pathname);
	})
} satisfies Actions;
