import * as keys from '#lib/server/certificates/keys.ts';
import { answering } from '../../../answering.ts';
import { asJson } from '../../../certificates/for-verifiers.ts';
import type { RequestEvent } from './$types';

/** Every key that a certificate was ever signed with, for those who keep them and check without us. */
export const GET = answering(async ({ locals, url }: RequestEvent) =>
	asJson(await keys.publicKeys(locals.app.db, url.origin), 'application/jwk-set+json')
);
