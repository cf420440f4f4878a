import { numberFrom } from '#lib/domain/certificates.ts';
import * as badges from '#lib/server/certificates/badges.ts';
import * as m from '#lib/words/compiled/messages.js';
import { answering } from '../../../../answering.ts';
import { asCredential, signerOf } from '../../../../certificates/for-verifiers.ts';
import type { RequestEvent } from './$types';

/** The certificate as an Open Badges 3.0 credential, for whoever has its number. */
export const GET = answering(async ({ locals, params, url }: RequestEvent) => {
	const signer = signerOf(locals, url);
	const token = await badges.badge(locals.app.db, params.number, m.cert_badge_criteria(), signer);
	return asCredential(token, `${numberFrom(params.number)}.jwt`);
});
