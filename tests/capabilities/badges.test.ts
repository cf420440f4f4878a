import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { STATUS_LIST_LENGTH } from '#lib/domain/certificates.ts';
import * as badges from '#lib/server/certificates/badges.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import * as issuing from '#lib/server/certificates/issuing.ts';
import * as keys from '#lib/server/certificates/keys.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { NotFound } from '#lib/server/errors.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { aPerson, giveCertificate } from '../support/placing.ts';
import { headerOf, verify } from '../support/verifier.ts';

const ORIGIN = 'https://learn.example.org';
const NARRATIVE = '看完全部课时。';

onBothDatabases('credentials', (open) => {
	let db: Kysely<Tables>;
	const folder = inFolder();
	const signer = () => ({ origin: ORIGIN, association: '示例协会', keysFolder: folder() });
	beforeAll(async () => {
		db = await open();
		// A database without keys, beside a folder that may have some of another.
		for (const file of await readdir(folder())) await rm(join(folder(), file));
	});

	/** What is there to be fetched by anybody, as the pages answer it. */
	async function fetch(address: string): Promise<string> {
		const [, what, which = ''] =
			/^\/issuer\/(keys|status)\/(.+)$/.exec(new URL(address).pathname) ?? [];
		if (!address.startsWith(ORIGIN)) throw new Error(`asked elsewhere: ${address}`);
		if (what === 'keys') return JSON.stringify(await keys.publicKey(db, which, ORIGIN));
		if (what === 'status') return badges.statusList(db, Number(which), signer());
		throw new Error(`nothing is there: ${address}`);
	}
	async function aHolder() {
		const holder = await aPerson(db, 'trainee');
		const number = await giveCertificate(db, holder);
		return { holder, number, badge: () => badges.badge(db, number, NARRATIVE, signer()) };
	}

	test('an independent verifier finds it good, and an Open Badge of this certificate', async () => {
		const { number, badge } = await aHolder();
		const token = await badge();
		expect(headerOf(token)).toEqual({
			...{ alg: 'RS256', typ: 'JWT' },
			kid: expect.stringMatching(new RegExp(`^${ORIGIN}/issuer/keys/[\\w-]{36}$`)) as string
		});
		const credential = await verify(token, fetch);
		expect(credential).toMatchObject({
			id: `${ORIGIN}/verify/${number}`,
			type: ['VerifiableCredential', 'OpenBadgeCredential'],
			issuer: { id: `${ORIGIN}/issuer`, name: '示例协会' },
			credentialSubject: {
				type: ['AchievementSubject'],
				achievement: { name: '月饼', achievementType: 'CertificateOfCompletion' }
			}
		});
		expect(credential['@context'][0]).toBe('https://www.w3.org/ns/credentials/v2');
	});

	test('names its holder only when she agreed to that', async () => {
		const { holder, number, badge } = await aHolder();
		const before = await verify(await badge(), fetch);
		expect(JSON.stringify(before)).not.toContain(holder.displayName);
		expect(JSON.stringify(before)).not.toContain(holder.id);
		const own = await certificates.forHolder(db, holder, number);
		await certificates.share(db, own, { showsName: true, workId: null });
		expect((await verify(await badge(), fetch)).credentialSubject.identifier).toMatchObject([
			{ identityHash: holder.displayName, identityType: 'name' }
		]);
	});

	test('one letter changed, and it is found out', async () => {
		const [header = '', payload = '', signature = ''] = (await (await aHolder()).badge()).split(
			'.'
		);
		const claims = Buffer.from(payload, 'base64url').toString().replaceAll('月饼', '首席技师');
		const forged = [header, Buffer.from(claims).toString('base64url'), signature].join('.');
		await expect(verify(forged, fetch)).rejects.toThrow('invalid signature');
	});

	test('revoked, the credential that is out there fails, and no other', async () => {
		const { number, badge } = await aHolder();
		const [token, neighbour] = [await badge(), await (await aHolder()).badge()];
		await verify(token, fetch);
		const staff = await aPerson(db, 'staff');
		await issuing.revoke(db, await issuing.forRevoking(db, staff, number), '发错人了');
		await expect(verify(token, fetch)).rejects.toThrow('revoked');
		await verify(neighbour, fetch);
		await expect(badge()).rejects.toBeInstanceOf(NotFound);
	});

	test('each end of the list is told from its neighbour', async () => {
		const at = async (index: number) => {
			const one = await aHolder();
			await db
				.updateTable('certificate')
				.set({ status_list: 7, status_index: index })
				.where('number', '=', one.number)
				.execute();
			return { ...one, token: await one.badge() };
		};
		const ends = [await at(0), await at(STATUS_LIST_LENGTH - 1)];
		const inner = [await at(1), await at(STATUS_LIST_LENGTH - 2)];
		const staff = await aPerson(db, 'staff');
		for (const { number } of ends)
			await issuing.revoke(db, await issuing.forRevoking(db, staff, number), '试');
		for (const { token } of ends) await expect(verify(token, fetch)).rejects.toThrow('revoked');
		for (const { token } of inner) await verify(token, fetch);
	});

	test('a new key signs from now on; what the old one has signed stays good', async () => {
		const { badge } = await aHolder();
		const before = await badge();
		await keys.rotate(db, folder());
		const after = await badge();
		expect(headerOf(after).kid).not.toBe(headerOf(before).kid);
		await verify(before, fetch);
		await verify(after, fetch);
		const known = (await keys.publicKeys(db, ORIGIN)).keys.map(({ kid }) => kid);
		expect(known).toEqual(expect.arrayContaining([headerOf(before).kid, headerOf(after).kid]));
	});

	test('a key that somebody else may have is forgotten: nothing it signed is believed any more', async () => {
		const { badge } = await aHolder();
		const before = await badge();
		const idOf = (token: string) => String(headerOf(token).kid).split('/').at(-1) ?? '';
		await expect(keys.forget(db, idOf(before))).rejects.toBeInstanceOf(NotFound);
		await keys.rotate(db, folder());
		await keys.forget(db, idOf(before));
		await expect(verify(before, fetch)).rejects.toThrow();
		await verify(await badge(), fetch);
	});

	test('a file that was cut off when the power was helps nobody: a new key takes over', async () => {
		const { badge } = await aHolder();
		const before = await badge();
		for (const file of await readdir(folder())) await writeFile(join(folder(), file), '');
		await verify(await badge(), fetch);
		await verify(before, fetch);
	});

	test('a verifier whose clock is slow finds the list valid', async () => {
		await (await aHolder()).badge();
		const token = await badges.statusList(db, 1, signer());
		const { nbf } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
			nbf: number;
		};
		expect(nbf).toBeLessThan(Date.now() / 1000 - 600);
	});

	test('the secret half lies in one file that nobody else can read, and nowhere in the database', async () => {
		await Promise.all([(await aHolder()).badge(), (await aHolder()).badge()]);
		const files = await readdir(folder());
		expect(files).toHaveLength(1);
		const file = join(folder(), files[0] ?? '');
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect((await stat(folder())).mode & 0o777).toBe(0o700);
		const { d } = JSON.parse(await readFile(file, 'utf8')) as { d: string };
		const rows = await db.selectFrom('signing_key').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain(d);
		for (const key of (await keys.publicKeys(db, ORIGIN)).keys)
			expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
	});

	test('without the secret, as after a restored database, a new key takes over', async () => {
		const { badge } = await aHolder();
		const before = await badge();
		for (const file of await readdir(folder())) await rm(join(folder(), file));
		const after = await badge();
		expect(headerOf(after).kid).not.toBe(headerOf(before).kid);
		await verify(before, fetch);
		await verify(after, fetch);
	});

	test('there is no list and no key that was never made', async () => {
		await expect(badges.statusList(db, 99, signer())).rejects.toBeInstanceOf(NotFound);
		await expect(keys.publicKey(db, 'x', ORIGIN)).rejects.toBeInstanceOf(NotFound);
	});
});
