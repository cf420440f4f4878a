import type { Actions, RequestEvent } from '@sveltejs/kit';
import { NameForm } from '#lib/domain/people.ts';
import { readForm } from '#lib/server/input.ts';
import * as erasure from '#lib/server/own-data/erasure.ts';
import * as ownData from '#lib/server/own-data/own-data.ts';
import * as people from '#lib/server/people/people.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../answering.ts';
import { day } from '../../days.ts';
import { oneself } from '../oneself.ts';
import type { PageServerLoadEvent } from './$types';
import { TOPIC_WORDS } from './words.ts';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	const by = oneself(locals);
	const summary = await ownData.summaryOf(locals.app.db, by);
	return {
		name: by.displayName,
		erasesOn: by.erasesAt && day(by.erasesAt, getLocale()),
		isFreeToGo: erasure.isFreeToGo(by.roles),
		waitDays: erasure.WAIT_DAYS,
		topics: summary.map(({ topic, count }) => {
			const { icon, word, what } = TOPIC_WORDS[topic];
			return { topic, count, icon, word: word(), what: what() };
		})
	};
});

export const actions = {
	rename: action(async ({ locals }: RequestEvent, form) => {
		const by = oneself(locals);
		const { displayName } = readForm(NameForm, form);
		await people.rename(locals.app.db, by, displayName);
		// The frame of this very answer says the new name, too.
		locals.actor = { ...by, displayName };
		return { isRenamed: true };
	}),
	takeBack: action(async ({ locals }: RequestEvent) => {
		const by = oneself(locals);
		await erasure.takeBack(locals.app.db, by);
		locals.actor = { ...by, erasesAt: undefined };
		return { isTakenBack: true };
	})
} satisfies Actions;
