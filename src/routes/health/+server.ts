import type { RequestHandler } from './$types';

/** For whoever watches the service: 200 when a query comes back. */
export const GET: RequestHandler = async ({ locals }) => {
	await locals.app.ping();
	return new Response('ok\n', { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
