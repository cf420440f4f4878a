import type { RequestHandler } from './$types';

/** For whoever watches the service: 200 when a query comes back. */
export const GET: RequestHandler = async ({ locals }) => {
	await locals.app.db.selectFrom('person').select('id').limit(1).execute();
	return new Response('ok\n', { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
