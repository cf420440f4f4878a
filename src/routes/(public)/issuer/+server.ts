import { issuerProfile } from '#lib/domain/open-badges.ts';
import { asJson, signerOf } from '../../certificates/for-verifiers.ts';
import type { RequestHandler } from './$types';

/** Who issues certificates, as credentials name it. */
export const GET: RequestHandler = ({ locals, url }) =>
	asJson(issuerProfile(signerOf(locals, url)), 'application/ld+json');
