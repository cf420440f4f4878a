/**
 * An employer's verifier: it knows nothing of ours, only what it is given and what it fetches. Two
 * libraries do its work, and neither has signed anything: jsonwebtoken the signatures,
 * @digitalbazaar/vc-bitstring-status-list the list of what is revoked.
 */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import jwt from 'jsonwebtoken';

export type Fetch = (address: string) => Promise<string>;

export type Credential = {
	'@context': string[];
	id: string;
	type: string[];
	issuer: string | { id: string; name: string };
	validFrom: string;
	credentialSubject: {
		id: string;
		identifier?: { identityHash: string; identityType: string }[];
		achievement: { name: string; achievementType: string };
	};
	credentialStatus: { statusListCredential: string; statusListIndex: string };
};
type Claims = Credential & Record<'iss' | 'sub' | 'jti', string> & { nbf: number };

export const headerOf = (token: string): Record<string, unknown> =>
	JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<
		string,
		unknown
	>;

/** The signature, and what Open Badges 3.0 section 8.2 wants the claims to say. */
async function signed(token: string, fetch: Fetch): Promise<Claims> {
	const { kid } = headerOf(token);
	const jwk = JSON.parse(await fetch(String(kid))) as JsonWebKey;
	const key = createPublicKey({ key: jwk, format: 'jwk' });
	const claims = jwt.verify(token, key, { algorithms: ['RS256'] }) as unknown as Claims;
	const issuerId = typeof claims.issuer === 'string' ? claims.issuer : claims.issuer.id;
	const isConsistent =
		claims.iss === issuerId &&
		claims.jti === claims.id &&
		claims.sub === claims.credentialSubject.id &&
		claims.nbf * 1000 === Date.parse(claims.validFrom) &&
		// Somebody else's key would not do.
		String(kid).startsWith(`${issuerId}/`);
	if (!isConsistent) throw new Error('the claims do not say what the credential says');
	return claims;
}

/** @throws when it is not signed by its issuer, or is revoked */
export async function verify(token: string, fetch: Fetch): Promise<Credential> {
	const credential = await signed(token, fetch);
	const { verified, error, results } = await checkStatus({
		credential,
		documentLoader: async (address) => ({ document: await signed(await fetch(address), fetch) }),
		// It is a signed token like the credential itself, and has been checked just above.
		verifyBitstringStatusListCredential: false
	});
	if (!verified) throw error ?? new Error('no status');
	if (results?.some(({ status }) => status)) throw new Error('revoked');
	return credential;
}
