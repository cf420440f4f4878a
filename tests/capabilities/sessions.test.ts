import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as people from '#lib/server/people/people.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aTrainee } from '../support/people.ts';

const DAY_MS = 86_400_000;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
	vi.useRealTimers();
});
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

onBothDatabases('sessions', (open) => {
	let db: Kysely<Tables>;
	let trainee: PersonActor;
	beforeAll(async () => {
		db = await open();
	});
	beforeEach(async () => {
		trainee = await aTrainee(db);
	});

	const begin = async () => (await sessions.begin(db, trainee.id, true)).value;
	const whoIs = (secret: string | undefined) => sessions.whoIs(db, secret, true);

	test('who signs in is known by the secret, with their roles as they are now', async () => {
		const secret = await begin();
		expect((await whoIs(secret))?.actor).toEqual(trainee);
		await people.addRole(db, trainee.id, 'staff');
		expect((await whoIs(secret))?.actor.roles.toSorted()).toEqual(['staff', 'trainee']);
		await db
			.updateTable('role_grant')
			.set({ revoked_at: new Date().toISOString(), revoked_by: trainee.id })
			.where('person_id', '=', trainee.id)
			.execute();
		expect((await whoIs(secret))?.actor.roles).toEqual([]);
	});

	test('every sign-in has a new secret, too long to guess', async () => {
		const secrets = await Promise.all(Array.from({ length: 20 }, begin));
		expect(new Set(secrets).size).toBe(20);
		// 40 characters of Lucia's alphabet of 32: 200 bits (ASVS 5.0 asks for 128).
		for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(26);
	});

	test('the database holds the SHA-256 of a secret only, and that signs nobody in', async () => {
		const secret = await begin();
		const rows = await db
			.selectFrom('session')
			.where('person_id', '=', trainee.id)
			.selectAll()
			.execute();
		const hash = createHash('sha256').update(secret).digest('base64url');
		expect(rows.map((row) => row.id_hash)).toEqual([hash]);
		expect(JSON.stringify(rows)).not.toContain(secret);
		expect(await whoIs(hash)).toBeUndefined();
	});

	test.each([undefined, '', 'nobody', "' or 1=1 --", 'x'.repeat(10_000)])(
		'%s is nobody',
		async (secret) => {
			expect(await whoIs(secret)).toBeUndefined();
		}
	);

	test('who signs out is nobody at once, on this device only', async () => {
		const [phone, computer] = [await begin(), await begin()];
		const cookie = await sessions.end(db, phone, true);
		expect(cookie).toMatchObject({ name: '__Host-session', value: '' });
		expect(cookie.attributes.maxAge).toBe(0);
		expect(await whoIs(phone)).toBeUndefined();
		expect((await whoIs(computer))?.actor.id).toBe(trainee.id);
	});

	test('signing out without a session does no harm', async () => {
		expect((await sessions.end(db, undefined, true)).value).toBe('');
		expect((await sessions.end(db, 'nobody', true)).value).toBe('');
	});

	test('a session left alone for 30 days has ended', async () => {
		const secret = await begin();
		later(30 * DAY_MS + 1000);
		expect(await whoIs(secret)).toBeUndefined();
	});

	test('a session in use goes on: past its half, the cookie is set anew', async () => {
		const secret = await begin();
		later(10 * DAY_MS);
		expect((await whoIs(secret))?.cookie).toBeUndefined();
		later(10 * DAY_MS);
		expect((await whoIs(secret))?.cookie?.value).toBe(secret);
		later(20 * DAY_MS);
		expect((await whoIs(secret))?.actor.id).toBe(trainee.id);
	});

	test('no script and no other site gets at the cookie', async () => {
		const { attributes } = await sessions.begin(db, trainee.id, true);
		expect(attributes).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
		const onLoopback = await sessions.begin(db, trainee.id, false);
		expect(onLoopback.attributes).toMatchObject({ httpOnly: true, secure: false });
	});
});
