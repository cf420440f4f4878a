import type { RequestEvent } from './$types';
import { signOut } from '../../session-cookie.ts';

/** Ends the session and has the browser forget pages and media it kept for this person. */
export async function POST(event: RequestEvent): Promise<Response> {
	await signOut(event);
	return new Response(null, {
		status: 303,
		headers: { location: '/', 'clear-site-data': '"cache"' }
	});
}
