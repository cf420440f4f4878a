import { redirect } from '@sveltejs/kit';
import { IdForm } from '#lib/domain/fields.ts';
import { MAX_WORKS, PhotosForm, RemoveWorkForm, SendForm } from '#lib/domain/handing-in.ts';
import { NotFound } from '#lib/server/errors.ts';
import { now } from '#lib/server/ids.ts';
import { read, readForm } from '#lib/server/input.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as appeals from '#lib/server/practice/appeals.ts';
import * as assessing from '#lib/server/practice/assessing.ts';
import { addPhoto } from '#lib/server/practice/receiving.ts';
import * as submissions from '#lib/server/practice/submissions.ts';
import * as together from '#lib/server/practice/together.ts';
import * as works from '#lib/server/practice/works.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../../../../answering.ts';
import { day } from '../../../../../days.ts';
import { roundShown } from '../../../../../handed-in/round-shown.ts';
import { hearingWords } from '../../../../../handed-in/shown.ts';
import type { Actions, PageServerLoadEvent, RequestEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const { db } = locals.app;
	const mine = await submissions.ofLesson(db, locals.actor, params.lessonId);
	const rounds = await Promise.all(
		mine.rounds.map(async (round) => ({
			...roundShown(round, await assessing.contentsOf(db, round), getLocale(), now()),
			...(await waysOn(db, round))
		}))
	);
	const [first, ...rest] = rounds;
	const begun = first?.state === 'draft' ? first : undefined;
	const draft = mine.mayGoOn ? begun : undefined;
	return {
		lessonId: params.lessonId,
		title: mine.title,
		limits: MAX_WORKS,
		/** What she works on now. */
		draft,
		next: draft ? { round: draft.round, task: draft.task } : nextOf(mine.next, rounds.length),
		/** What was handed in, newest first. */
		sent: begun ? rest : rounds,
		isAppealed: mine.isAppealed,
		/** Begun while an appeal was waited for, and not needed any more. */
		leftOver: draft || mine.isAppealed ? undefined : begun
	};
});

/** Whom she waits for where two decide, and until when she may appeal. */
async function waysOn(db: Database, round: submissions.OwnSubmission) {
	const isOpen = round.state === 'sent' || round.state === 'looking';
	const until = await appeals.openUntil(db, round);
	return {
		hearing:
			round.assessors === 2 && isOpen ? hearingWords(await together.hearing(db, round)) : undefined,
		appealUntil: until && day(until, getLocale())
	};
}

const nextOf = <Task>(task: Task | undefined, rounds: number) =>
	task && { round: rounds + 1, task };

const person = ({ locals }: RequestEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	return locals.actor;
};
const toolsOf = ({ locals }: RequestEvent) => ({
	storage: locals.app.storage,
	uploads: locals.app.works
});
const own = (event: RequestEvent, id: string) =>
	submissions.forOwner(event.locals.app.db, event.locals.actor, id);
const back = ({ url }: RequestEvent, to = ''): never => redirect(303, url.pathname + to);

export const actions = {
	add: action(async (event: RequestEvent, form) => {
		const { db, storage } = event.locals.app;
		await submissions.ofLesson(db, event.locals.actor, event.params.lessonId);
		const { photos } = read(PhotosForm, { photos: form.getAll('photos') });
		for (const photo of photos) {
			const bytes = new Uint8Array(await photo.arrayBuffer());
			await addPhoto(db, storage, event.locals.actor, event.params.lessonId, bytes);
		}
		back(event, '#now');
	}),
	remove: action(async (event: RequestEvent, form) => {
		const { id, workId } = readForm(RemoveWorkForm, form);
		await works.remove(event.locals.app.db, toolsOf(event), await own(event, id), workId);
		back(event, '#now');
	}),
	send: action(async (event: RequestEvent, form) => {
		const { id, comment } = readForm(SendForm, form);
		await submissions.send(event.locals.app.db, person(event), await own(event, id), comment);
		back(event);
	}),
	withdraw: action(async (event: RequestEvent, form) => {
		await submissions.withdraw(event.locals.app.db, await own(event, readForm(IdForm, form).id));
		back(event, '#now');
	}),
	withdrawAppeal: action(async (event: RequestEvent, form) => {
		await appeals.withdraw(event.locals.app.db, await own(event, readForm(IdForm, form).id));
		back(event);
	}),
	seen: action(async (event: RequestEvent, form) => {
		await submissions.noteSeen(event.locals.app.db, await own(event, readForm(IdForm, form).id));
		back(event);
	}),
	erase: action(async (event: RequestEvent, form) => {
		const { id } = readForm(IdForm, form);
		await works.erase(event.locals.app.db, toolsOf(event), await own(event, id));
		back(event);
	})
} satisfies Actions;
