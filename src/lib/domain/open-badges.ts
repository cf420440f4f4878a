/**
 * A certificate as an Open Badges 3.0 credential (W3C Verifiable Credentials 2.0), and the list that
 * tells which of them are revoked (W3C Bitstring Status List 1.0): what is signed, unsigned.
 */
const VC = 'https://www.w3.org/ns/credentials/v2';
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/** Where verifiers find what they need; all of it below the address people know us by. */
export const issuerAddress = (origin: string): string => `${origin}/issuer`;
export const keyAddress = (origin: string, keyId: string): string =>
	`${issuerAddress(origin)}/keys/${keyId}`;
export const statusAddress = (origin: string, list: number): string =>
	`${issuerAddress(origin)}/status/${list}`;

type Issuer = { origin: string; association: string };

const profile = ({ origin, association }: Issuer) => ({
	...{ id: issuerAddress(origin), type: ['Profile'], name: association, url: origin }
});

/** Who issues, for whoever follows the address in a credential. */
export const issuerProfile = (issuer: Issuer) => ({
	'@context': [VC, OPEN_BADGES],
	...profile(issuer)
});

export type BadgeFacts = {
	id: string;
	number: string;
	courseId: string;
	courseTitle: string;
	issuedAt: string;
	statusList: number;
	statusIndex: number;
	/** Null: its holder does not show it. */
	holderName: string | null;
};

/** Signatures count in seconds, so the credential does too: both must say the same. */
const toSecond = (instant: string): string => `${instant.slice(0, 19)}Z`;

/** @param narrative what had to be done for it, in the words of whoever reads it */
export const badgeOf = (facts: BadgeFacts, issuer: Issuer, narrative: string) => ({
	'@context': [VC, OPEN_BADGES],
	id: `${issuer.origin}/verify/${facts.number}`,
	type: ['VerifiableCredential', 'OpenBadgeCredential'],
	name: facts.courseTitle,
	issuer: profile(issuer),
	validFrom: toSecond(facts.issuedAt),
	credentialSubject: {
		// Of this certificate alone: two of one person's are not told to be hers.
		id: `urn:uuid:${facts.id}`,
		type: ['AchievementSubject'],
		...(facts.holderName !== null && {
			identifier: [
				{
					...{ type: 'IdentityObject', hashed: false },
					...{ identityHash: facts.holderName, identityType: 'name' }
				}
			]
		}),
		achievement: {
			id: `urn:uuid:${facts.courseId}`,
			type: ['Achievement'],
			achievementType: 'CertificateOfCompletion',
			name: facts.courseTitle,
			description: narrative,
			criteria: { narrative }
		}
	},
	credentialStatus: {
		id: `${statusAddress(issuer.origin, facts.statusList)}#${facts.statusIndex}`,
		type: 'BitstringStatusListEntry',
		statusPurpose: 'revocation',
		statusListIndex: String(facts.statusIndex),
		statusListCredential: statusAddress(issuer.origin, facts.statusList)
	}
});

/** @param encodedList the bits, packed as the standard says */
export const statusListOf = (
	{
		list,
		encodedList,
		from,
		until
	}: Record<'encodedList' | 'from' | 'until', string> & {
		list: number;
	},
	issuer: Issuer
) => ({
	'@context': [VC],
	id: statusAddress(issuer.origin, list),
	type: ['VerifiableCredential', 'BitstringStatusListCredential'],
	issuer: issuerAddress(issuer.origin),
	validFrom: toSecond(from),
	validUntil: toSecond(until),
	credentialSubject: {
		id: `${statusAddress(issuer.origin, list)}#list`,
		type: 'BitstringStatusList',
		statusPurpose: 'revocation',
		encodedList
	}
});
