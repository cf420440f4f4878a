/** Answers for programs that check certificates, wherever they run. */
import type { Signer } from '#lib/server/certificates/badges.ts';

const HEADERS = {
	// A verifier may be a page of somebody else's. Nothing here is anybody's secret.
	'access-control-allow-origin': '*',
	'cross-origin-resource-policy': 'cross-origin',
	'x-content-type-options': 'nosniff',
	'x-robots-tag': 'noindex',
	'cache-control': 'no-store'
};

export const asJson = (what: unknown, type = 'application/json'): Response =>
	new Response(JSON.stringify(what), { headers: { ...HEADERS, 'content-type': type } });

/** A signed credential; a browser keeps it as a file where `fileName` is given. */
export const asCredential = (token: string, fileName?: string): Response =>
	new Response(token, {
		headers: {
			...HEADERS,
			// Bitstring Status List 1.0, section 4: a type that is registered for secured credentials.
			'content-type': 'application/vc+jwt',
			...(fileName !== undefined && {
				'content-disposition': `attachment; filename="${fileName}"`
			})
		}
	});

export const signerOf = (locals: App.Locals, url: URL): Signer => {
	const { association, keysFolder } = locals.app.settings;
	return { origin: url.origin, association, keysFolder };
};
