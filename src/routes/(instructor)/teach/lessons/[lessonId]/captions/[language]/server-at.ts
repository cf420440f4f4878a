/** What the caption studio asks of the server, at the address of its page. */
import type {
	CaptionServer,
	Kept,
	Newer,
	SaveAnswer
} from '#lib/studio/captioning/saving.svelte.ts';

export function serverAt(address: string): CaptionServer {
	const ask = (init: RequestInit): Promise<Response> =>
		fetch(address, {
			...init,
			// A sign-in page in place of an answer would look like one.
			redirect: 'manual',
			headers: { accept: 'application/json', 'content-type': 'application/json' }
		});
	return {
		async save(input): Promise<SaveAnswer> {
			try {
				const answer = await ask({ method: 'PUT', body: JSON.stringify(input) });
				if (answer.ok) {
					const { revision } = (await answer.json()) as { revision: number };
					return { kind: 'saved', revision };
				}
				if (answer.status === 401 || answer.type === 'opaqueredirect') return { kind: 'signedOut' };
				if (answer.status === 409) return { kind: 'conflict', now: (await answer.json()) as Newer };
				if (answer.status === 507) return { kind: 'full' };
				// What is wrong with the server passes; what is wrong with the captions does not.
				if (answer.status >= 500) return { kind: 'offline' };
				const { message = '' } = (await answer.json().catch(() => ({}))) as { message?: string };
				return { kind: 'refused', message };
			} catch {
				return { kind: 'offline' };
			}
		},
		async latest() {
			try {
				const answer = await ask({ method: 'GET' });
				if (!answer.ok) return 'offline';
				return ((await answer.json()) as Kept | null) ?? undefined;
			} catch {
				return 'offline';
			}
		}
	};
}
