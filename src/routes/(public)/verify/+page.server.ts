import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { line } from '#lib/domain/fields.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import { Invalid } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import { action } from '../../answering.ts';

export const actions = {
	default: action(async ({ locals }: RequestEvent, form) => {
		const { number } = readForm(v.object({ number: line(60) }), form);
		const found = await certificates.forVerifying(locals.app.db, number);
		if (!found) throw new Invalid({ number: 'certificate_unknown' });
		redirect(303, `/verify/${found.number}`);
	})
} satisfies Actions;
