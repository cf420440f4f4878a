import { type Actions, redirect, type RequestEvent } from '@sveltejs/kit';
import * as erasure from '#lib/server/own-data/erasure.ts';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { action, answering } from '../../../answering.ts';
import { day } from '../../../days.ts';
import { oneself } from '../../oneself.ts';
import type { PageServerLoadEvent } from './$types';

const BACK = '/own-data#own-erase';

export const load = answering(async ({ locals }: PageServerLoadEvent) => {
	const { roles, erasesAt } = oneself(locals);
	if (erasesAt !== undefined || !erasure.isFreeToGo(roles)) redirect(303, BACK);
	return { erasesOn: day(erasure.dueFrom(new Date()), getLocale()) };
});

export const actions = {
	default: action(async ({ locals }: RequestEvent) => {
		await erasure.ask(locals.app.db, oneself(locals));
		redirect(303, BACK);
	})
} satisfies Actions;
