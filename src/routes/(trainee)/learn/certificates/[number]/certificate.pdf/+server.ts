import { redirect } from '@sveltejs/kit';
import * as certificates from '#lib/server/certificates/certificates.ts';
import { certificatePdf } from '#lib/server/certificates/paper/certificate-pdf.ts';
import { Conflict, NotFound } from '#lib/server/errors.ts';
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
	const pdf = await printed({
		...{ language, title: m.learn_certificate_title(), holderName, courseTitle },
		sentence: m.learn_certificate_sentence(),
		issued: [association, day(issuedAt, language)].filter(Boolean).join(' · '),
		number: { label: m.public_verify_number(), value: number },
		check: { label: m.public_verify_title(), address: `${url.origin}/verify/${number}` },
		kind: m.public_verify_kind()
	});
	// A refusal is told on her page: a download that fails says nothing.
	if (pdf === undefined) redirect(303, `/learn/certificates/${number}?pdf=refused`);
	return new Response(new Uint8Array(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="${number}.pdf"`,
			'x-content-type-options': 'nosniff'
		}
	});
});

async function printed(
	facts: Parameters<typeof certificatePdf>[0]
): Promise<Uint8Array | undefined> {
	try {
		return await certificatePdf(facts);
	} catch (error) {
		if (error instanceof Conflict) return undefined;
		throw error;
	}
}
