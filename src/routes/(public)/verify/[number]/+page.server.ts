import * as certificates from '#lib/server/certificates/certificates.ts';
import { answering } from '../../../answering.ts';
import type { PageServerLoadEvent } from './$types';

/** What anybody who holds a certificate's number may see of it; nothing else of the person. */
export const load = answering(async ({ locals, params, setHeaders }: PageServerLoadEvent) => {
	setHeaders({ 'x-robots-tag': 'noindex' });
	return { certificate: await certificates.forVerifying(locals.app.db, params.number) };
});
