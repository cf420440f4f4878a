import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { RevokeForm } from '#lib/domain/certificates.ts';
import * as issuing from '#lib/server/certificates/issuing.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params }: PageServerLoadEvent) => {
	const certificate = await issuing.forRevoking(locals.app.db, locals.actor, params.number);
	const { number, holderName, courseTitle, association } = certificate;
	const { classId, issuedAt, revokedAt, revokedReason } = certificate;
	return {
		certificate: {
			...{ number, holderName, courseTitle, association },
			...{ classId, issuedAt, isRevoked: revokedAt !== null, revokedReason }
		},
		events: await issuing.eventsOf(locals.app.db, certificate)
	};
});

export const actions = {
	revoke: action(async ({ locals, params }: RequestEvent, form) => {
		const { number = '' } = params;
		const certificate = await issuing.forRevoking(locals.app.db, locals.actor, number);
		await issuing.revoke(locals.app.db, certificate, readForm(RevokeForm, form).reason);
		redirect(303, `/staff/certificates/${number}`);
	})
} satisfies Actions;
