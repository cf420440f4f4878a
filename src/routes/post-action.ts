import type { ActionResult } from '@sveltejs/kit';
import { deserialize } from '$app/forms';

/** What a page's action answers; `signedOut`: nothing was done, the session is over. */
export type Answer = ActionResult | { type: 'signedOut' };

/**
 * Sends a form to a page's action without leaving the page.
 * @throws when the connection is lost, or what answers is not our server
 */
export async function postAction(action: string, body: FormData): Promise<Answer> {
	const response = await fetch(action, {
		method: 'POST',
		body,
		headers: { accept: 'application/json', 'x-sveltekit-action': 'true' }
	});
	// Told before it is read: what the door answers is no action's result.
	if (response.status === 401) return { type: 'signedOut' };
	return deserialize(await response.text());
}
