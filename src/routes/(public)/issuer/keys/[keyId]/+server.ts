import * as keys from '#lib/server/certificates/keys.ts';
import { answering } from '../../../../answering.ts';
import { asJson } from '../../../../certificates/for-verifiers.ts';
import type { RequestEvent } from './$types';

/** The public half of one key: what `kid` in a credential leads to, for as long as we are here. */
export const GET = answering(async ({ locals, params, url }: RequestEvent) =>
	asJson(await keys.publicKey(locals.app.db, params.keyId, url.origin), 'application/jwk+json')
);
