import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { read } from '#lib/server/input.ts';
import { locales } from '#lib/words/compiled/runtime.js';
import { answering } from '../../answering.ts';
import { ownPath } from '../own-path.ts';
import type { RequestEvent } from './$types';

const YEAR_SECONDS = 60 * 60 * 24 * 365;

const Preferences = v.object({
	language: v.optional(v.picklist(locales, 'choose_one')),
	theme: v.optional(v.picklist(['auto', 'light', 'dark'], 'choose_one')),
	next: v.optional(v.string(), '/')
});

/** Language and colours, as plain cookies: they tell nothing about the person. */
export const POST = answering(async ({ cookies, request, url }: RequestEvent) => {
	const form = await request.formData().catch(() => error(400, 'unreadable form'));
	const chosen = read(Preferences, Object.fromEntries(form));
	const attributes = {
		path: '/',
		maxAge: YEAR_SECONDS,
		// The page's script reads the language to speak it too.
		httpOnly: false,
		sameSite: 'lax',
		secure: url.protocol === 'https:'
	} as const;
	if (chosen.language) cookies.set('language', chosen.language, attributes);
	if (chosen.theme) cookies.set('theme', chosen.theme, attributes);
	redirect(303, ownPath(chosen.next) ?? '/');
});
