/**
 * The keys that credentials are signed with. The private half lies in a file that only this
 * process's user can read, beside the database and never in it: a copy of the database signs
 * nothing. The public half stays in the database for good, so that what an old key has signed can
 * still be checked when the key itself is gone.
 */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { keyAddress } from '#lib/domain/open-badges.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as queries from './keys.queries.ts';

/** The one that every verifier of Open Badges 3.0 has to know (section 8.2). */
export const ALGORITHM = 'RS256';
const MODULUS_BITS = 3072;

export type SigningKey = { id: string; secret: JWK };

const fileOf = (folder: string, id: string): string => join(folder, `${id}.json`);

async function secretOf(folder: string, id: string): Promise<JWK | undefined> {
	try {
		return JSON.parse(await readFile(fileOf(folder, id), 'utf8')) as JWK;
	} catch (error) {
		// Gone, or cut off when the power was: a new key helps. What cannot be read just now is no reason.
		const isLost =
			error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT';
		if (isLost) return undefined;
		throw error;
	}
}

/** A new key, and the ones before it retire: they sign nothing more, and their secrets are removed. */
export async function rotate(db: Database, folder: string): Promise<SigningKey> {
	const pair = await generateKeyPair(ALGORITHM, { modulusLength: MODULUS_BITS, extractable: true });
	const [secret, known] = await Promise.all([
		exportJWK(pair.privateKey),
		exportJWK(pair.publicKey)
	]);
	const id = newId();
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await chmod(folder, 0o700);
	// First the file: a row whose secret is missing would be a key that cannot sign.
	await writeFile(fileOf(folder, id), JSON.stringify(secret), {
		...{ mode: 0o600, flag: 'wx', flush: true }
	});
	const retired = await db.transaction().execute(async (step) => {
		const before = await queries.retireAll(step, now());
		await queries.addKey(step, { id, publicKey: JSON.stringify(known), madeAt: now() });
		return before;
	});
	for (const { id: old } of retired) await rm(fileOf(folder, old), { force: true });
	return { id, secret };
}

/**
 * A key that somebody else may have: nothing it ever signed is believed any more, ours neither.
 * Holders fetch their credentials anew.
 * @throws NotFound when there is no such key, or it still signs (`rotate` first)
 */
export async function forget(db: Database, id: string): Promise<void> {
	if (!(await queries.removeRetired(db, id))) throw new NotFound();
}

/** Two requests at once must not make two keys. */
let making: Promise<SigningKey> | undefined;

/** What to sign with now; the first one is made when it is first needed. */
export async function current(db: Database, folder: string): Promise<SigningKey> {
	const key = await queries.currentKey(db);
	const secret = key && (await secretOf(folder, key.id));
	if (secret) return { id: key.id, secret };
	// None yet, or its file was left behind when the database was restored elsewhere.
	making ??= rotate(db, folder).finally(() => (making = undefined));
	return making;
}

// Named as credentials name it, so that whoever has kept the keys finds the right one.
const published = ({ id, publicKey }: { id: string; publicKey: string }, origin: string) => ({
	...(JSON.parse(publicKey) as JWK),
	...{ kid: keyAddress(origin, id), alg: ALGORITHM, use: 'sig' }
});

/**
 * One key as verifiers need it, retired or not.
 * @throws NotFound when there is none
 */
export async function publicKey(db: Database, id: string, origin: string): Promise<JWK> {
	const key = await queries.keyById(db, id);
	if (!key) throw new NotFound();
	return published(key, origin);
}

/** Every key that anything was ever signed with. */
export async function publicKeys(db: Database, origin: string): Promise<{ keys: JWK[] }> {
	const all = await queries.allKeys(db);
	return { keys: all.map((key) => published(key, origin)) };
}
