import type { Actions, RequestEvent } from '@sveltejs/kit';
import { listingOf } from '#lib/domain/listing.ts';
import * as notifications from '#lib/server/notifications/notifications.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../answering.ts';
import { minute } from '../../days.ts';
import { oneself } from '../oneself.ts';
import type { PageServerLoadEvent } from './$types';
import { hrefOf, SHOWN } from './shown.ts';

export const load = answering(async ({ locals, url }: PageServerLoadEvent) => {
	const by = oneself(locals);
	const { db } = locals.app;
	const [{ rows, ...pages }, choices] = await Promise.all([
		notifications.inboxOf(db, by, listingOf(url.searchParams)),
		notifications.choicesOf(db, by)
	]);
	return {
		...pages,
		rows: rows.map(({ id, kind, subjectId, title, happenedAt, readAt }) => ({
			...{ id, icon: SHOWN[kind].icon, text: SHOWN[kind].text({ title }) },
			...{ href: hrefOf({ kind, subjectId }), isUnread: readAt === null },
			when: minute(happenedAt, getLocale())
		})),
		choices: choices.map(({ kind, isWanted }) => ({
			...{ kind, isWanted, icon: SHOWN[kind].icon, word: SHOWN[kind].word() }
		}))
	};
});

export const actions = {
	readAll: action(async ({ locals }: RequestEvent) => {
		await notifications.read(locals.app.db, oneself(locals));
	}),
	choose: action(async ({ locals }: RequestEvent, form) => {
		await notifications.choose(locals.app.db, oneself(locals), Object.fromEntries(form));
		return { isChosen: true };
	})
} satisfies Actions;
