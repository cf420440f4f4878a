import * as certificates from '#lib/server/certificates/certificates.ts';
import { certificatePdf } from '#lib/server/certificates/paper/certificate-pdf.ts';
import { NotFound } from '#lib/server/errors.ts';
import * as m from '#lib/words/compiled/messages.js';
import { getLocale } from '#lib/words/compiled/runtime.js';
import { answering } from '../../../../../answering.ts';
import { day } from '../../../../../days.ts';
import type { RequestEvent } from './$types';

/** The certificate on paper, for its holder; what no longer holds is not printed. */
export const GET = answering(async ({ locals, params, url }: RequestEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const certificate = await certificates.forHolder(locals.app.db, locals.actor, params.number);
	if (certificate.revokedAt !== null) throw new NotFound();
	const { number, holderName, courseTitle, association, issuedAt } = certificate;
	const language = getLocale();
	const pdf = await certificatePdf({
		...{ language, title: m.learn_certificate_title(), holderName, courseTitle },
		sentence: m.learn_certificate_sentence(),
		issued: [association, day(issuedAt, language)].filter(Boolean).join(' · '),
		number: { label: m.public_verify_number(), value: number },
		check: { label: m.public_verify_title(), address: `${url.origin}/verify/${number}` },
		kind: m.public_verify_kind()
	});
	return new Response(new Uint8Array(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="${number}.pdf"`,
			'x-content-type-options': 'nosniff'
		}
	});
});
