/** Certificates as credentials that anybody's verifier can check without asking us (decision 0025). */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { CompactSign, importJWK } from 'jose';
import { STATUS_LIST_LENGTH } from '#lib/domain/certificates.ts';
import { badgeOf, issuerAddress, keyAddress, statusListOf } from '#lib/domain/open-badges.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import { byNumber } from './certificates.ts';
import * as keys from './keys.ts';
import * as queries from './keys.queries.ts';

/** By which address people know this installation, who issues, and where its keys are. */
export type Signer = { origin: string; association: string; keysFolder: string };

const DAY_MS = 24 * 60 * 60_000;
/** Whoever kept an old list to hide what was revoked since is found out after so long. */
const LIST_HOLDS_MS = 7 * DAY_MS;

/** A verifier's clock may be slow: a list that is not valid yet would tell it nothing. */
const CLOCKS_DIFFER_MS = 60 * 60_000;

type Credential = {
	id: string;
	validFrom: string;
	validUntil?: string;
	credentialSubject: { id: string };
};

const seconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

/** The credential as a signed JWT (Open Badges 3.0, section 8.2). */
async function sign(db: Database, credential: Credential, signer: Signer): Promise<string> {
	const key = await keys.current(db, signer.keysFolder);
	const { id, validFrom, validUntil, credentialSubject } = credential;
	const claims = {
		...credential,
		...{ iss: issuerAddress(signer.origin), jti: id, sub: credentialSubject.id },
		nbf: seconds(validFrom),
		...(validUntil !== undefined && { exp: seconds(validUntil) })
	};
	return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
		.setProtectedHeader({
			...{ alg: keys.ALGORITHM, typ: 'JWT', kid: keyAddress(signer.origin, key.id) }
		})
		.sign(await importJWK(key.secret, keys.ALGORITHM));
}

/**
 * The credential of a certificate, with no more of its holder than she agreed to show. Signed when
 * it is asked for: what she changes is in the next one.
 * @throws NotFound when there is none, or it is revoked
 */
export async function badge(
	db: Database,
	number: string,
	narrative: string,
	signer: Signer
): Promise<string> {
	const certificate = await byNumber(db, number);
	if (certificate.revokedAt !== null) throw new NotFound();
	const { showsName, holderName, association } = certificate;
	const facts = { ...certificate, holderName: showsName ? holderName : null };
	const issuer = { origin: signer.origin, association: association || signer.association };
	return sign(db, badgeOf(facts, issuer, narrative), signer);
}

const zip = promisify(gzip);

/** One bit for each place, the first one highest; zipped, and base64url behind a "u" (multibase). */
async function packed(revoked: readonly number[]): Promise<string> {
	const bits = Buffer.alloc(STATUS_LIST_LENGTH / 8);
	for (const at of revoked) bits[at >> 3] = (bits[at >> 3] ?? 0) | (0x80 >> (at & 7));
	return `u${(await zip(bits)).toString('base64url')}`;
}

/**
 * The signed list that tells which certificates are revoked as of now.
 * @throws NotFound when there is no such list
 */
export async function statusList(db: Database, list: number, signer: Signer): Promise<string> {
	if (!(await queries.hasList(db, list))) throw new NotFound();
	const at = Date.parse(now());
	const from = new Date(at - CLOCKS_DIFFER_MS).toISOString();
	const until = new Date(at + LIST_HOLDS_MS).toISOString();
	const encodedList = await packed(await queries.revokedIn(db, list));
	return sign(db, statusListOf({ list, encodedList, from, until }, signer), signer);
}
