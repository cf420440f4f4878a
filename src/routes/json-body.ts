import { error } from '@sveltejs/kit';

/**
 * The body of a request that must be JSON and short.
 * @throws HTTP 415, 413 or 400, before anything was done
 */
export async function jsonBody(request: Request, maxCharacters: number): Promise<unknown> {
	if (!request.headers.get('content-type')?.startsWith('application/json'))
		error(415, 'application/json expected');
	const text = await request.text();
	if (text.length > maxCharacters) error(413, 'too large');
	try {
		return JSON.parse(text);
	} catch {
		error(400, 'JSON expected');
	}
}
