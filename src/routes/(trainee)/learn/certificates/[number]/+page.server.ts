import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { toString as qrCode } from 'qrcode';
import { SharingForm } from '#lib/domain/certificates.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import { NotFound } from '#lib/server/errors.ts';
import { readForm } from '#lib/server/input.ts';
import { action, answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

const own = (locals: App.Locals, number: string) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	return certificates.forHolder(locals.app.db, locals.actor, number);
};

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	const certificate = await own(locals, params.number);
	const { number, holderName, courseTitle, association, issuedAt } = certificate;
	const { revokedAt, revokedReason, showsName, shownWorkId } = certificate;
	const address = `${url.origin}/verify/${number}`;
	const photos = await certificates.photosOf(locals.app.db, certificate);
	return {
		certificate: {
			...{ number, holderName, courseTitle, association, issuedAt },
			...{ isRevoked: revokedAt !== null, revokedReason }
		},
		sharing: { showsName, workId: photos.find(({ id }) => id === shownWorkId)?.id ?? '' },
		photos: photos.map(({ id, lessonTitle }) => ({
			...{ id, lessonTitle, src: `/media/works/${id}/photo.jpg` }
		})),
		isShared: url.searchParams.has('shared'),
		isPdfRefused: url.searchParams.has('pdf'),
		address,
		qrCode: await qrCode(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
	};
});

export const actions = {
	share: action(async ({ locals, params }: RequestEvent, form) => {
		const certificate = await own(locals, params.number ?? '');
		await certificates.share(locals.app.db, certificate, readForm(SharingForm, form));
		redirect(303, `/learn/certificates/${certificate.number}?shared`);
	})
} satisfies Actions;
