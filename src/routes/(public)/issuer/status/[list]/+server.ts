import * as badges from '#lib/server/certificates/badges.ts';
import { NotFound } from '#lib/server/errors.ts';
import { answering } from '../../../../answering.ts';
import { asCredential, signerOf } from '../../../../certificates/for-verifiers.ts';
import type { RequestEvent } from './$types';

/** Which certificates are revoked: a bit for each, of nobody's name. */
export const GET = answering(async ({ locals, params, url }: RequestEvent) => {
	if (!/^[1-9]\d{0,5}$/.test(params.list)) throw new NotFound();
	const list = Number(params.list);
	return asCredential(await badges.statusList(locals.app.db, list, signerOf(locals, url)));
});
