import { toString as qrCode } from 'qrcode';
import { NotFound } from '#lib/server/errors.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import { answering } from '../../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

export const load = answering(async ({ locals, params, url }: PageServerLoadEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const certificate = await certificates.forHolder(locals.app.db, locals.actor, params.number);
	const address = `${url.origin}/verify/${certificate.number}`;
	return {
		certificate: {
			number: certificate.number,
			holderName: certificate.holderName,
			courseTitle: certificate.courseTitle,
			issuedAt: certificate.issuedAt,
			isRevoked: certificate.revokedAt !== null
		},
		address,
		qrCode: await qrCode(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
	};
});
