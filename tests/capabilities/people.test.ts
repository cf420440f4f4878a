import type { Kysely } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { EVERYBODY } from '#lib/domain/listing.ts';
import { VISITOR } from '#lib/server/access/actor.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid, NotAllowed, NotFound, TooMany } from '#lib/server/errors.ts';
import { newId } from '#lib/server/ids.ts';
import * as everybody from '#lib/server/people/everybody.ts';
import * as people from '#lib/server/people/people.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aStaffMember, aTrainee } from '../support/people.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PASSWORD = '揉面 8 分钟';

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
	vi.useRealTimers();
});
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

onBothDatabases('people', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	let signInName: string;
	let address: string;
	beforeEach(() => {
		[signInName, address] = [newId(), newId()];
	});

	const add = () =>
		people.add(db, { displayName: '小云', signInName, password: PASSWORD }, 'trainee');
	const signIn = (password = PASSWORD, name = signInName) =>
		people.whoSignsIn(db, { signInName: name, password }, address);
	const problemsOf = (error: unknown) => (error instanceof Invalid ? error.problems : error);
	const failedSignIn = (password: string, name?: string) =>
		signIn(password, name).catch(problemsOf);

	test('a person signs in with name and password, as who they are', async () => {
		const id = await add();
		expect(await signIn()).toEqual({ id, roles: ['trainee'] });
	});

	test('no password is kept, only its Argon2id hash, each with a salt of its own', async () => {
		const ids = [await add()];
		signInName = newId();
		ids.push(await add());
		const rows = await db.selectFrom('person').where('id', 'in', ids).selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain(PASSWORD);
		for (const row of rows)
			expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(new Set(rows.map((row) => row.password_hash)).size).toBe(2);
	});

	test('a wrong name and a wrong password get one and the same answer', async () => {
		await add();
		const wrongPassword = await failedSignIn('something else');
		expect(wrongPassword).toEqual({ '': { code: 'sign_in_wrong' } });
		expect(await failedSignIn(PASSWORD, newId())).toEqual(wrongPassword);
	});

	test('a sign-in name belongs to one person, also when two ask for it at once', async () => {
		const answers = await Promise.allSettled([add(), add(), add()]);
		expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const answer of answers)
			if (answer.status === 'rejected')
				expect(problemsOf(answer.reason)).toEqual({ signInName: { code: 'sign_in_name_taken' } });
		const rows = await db
			.selectFrom('person')
			.innerJoin('role_grant', 'role_grant.person_id', 'person.id')
			.where('sign_in_name', '=', signInName)
			.select('person.id')
			.execute();
		expect(rows).toHaveLength(1);
	});

	test('after 10 wrong tries even the right password must wait, and 15 minutes later it need not', async () => {
		await add();
		for (let tries = 0; tries < 10; tries++)
			expect(await failedSignIn('wrong')).toEqual({ '': { code: 'sign_in_wrong' } });
		const refused = await signIn().catch((error: unknown) => error);
		expect(refused).toBeInstanceOf(TooMany);
		expect((refused as TooMany).retryAfterSeconds).toBeGreaterThan(14 * 60);
		expect((refused as TooMany).retryAfterSeconds).toBeLessThanOrEqual(15 * 60);
		address = newId();
		await expect(signIn()).rejects.toBeInstanceOf(TooMany);
		later(15 * MINUTE_MS + 1000);
		expect(await signIn()).toHaveProperty('id');
	});

	test('the tries are kept in the database: a restart forgives nobody', async () => {
		await add();
		for (let tries = 0; tries < 10; tries++) await failedSignIn('wrong');
		vi.resetModules();
		const restarted = await import('#lib/server/people/people.ts');
		const errors = await import('#lib/server/errors.ts');
		const again = restarted.whoSignsIn(db, { signInName, password: PASSWORD }, address);
		await expect(again).rejects.toBeInstanceOf(errors.TooMany);
	});

	test('a success starts the count anew', async () => {
		await add();
		for (let round = 0; round < 3; round++) {
			for (let tries = 0; tries < 5; tries++) await failedSignIn('wrong');
			expect(await signIn()).toHaveProperty('id');
		}
	});

	test('names that do not exist are counted too, so that they are not told apart', async () => {
		for (let tries = 0; tries < 10; tries++) await failedSignIn('wrong');
		await expect(signIn()).rejects.toBeInstanceOf(TooMany);
	});

	test("one person's wrong tries leave another's alone", async () => {
		await add();
		for (let tries = 0; tries < 10; tries++) await failedSignIn('wrong', 'another');
		expect(await signIn()).toHaveProperty('id');
	});

	test('nobody who reads the counters learns a name or an address', async () => {
		await failedSignIn('wrong');
		const rows = JSON.stringify(await db.selectFrom('rate_limit').selectAll().execute());
		expect(rows).not.toContain(signInName);
		expect(rows).not.toContain(address);
	});

	test('a second role is added once, however often it is given', async () => {
		const id = await add();
		for (let times = 0; times < 3; times++) await people.addRole(db, id, 'staff');
		expect((await signIn()).roles.sort()).toEqual(['staff', 'trainee']);
	});

	test('a role that was taken away is gone, and can be given again', async () => {
		const id = await add();
		await db
			.updateTable('role_grant')
			.set({ revoked_at: new Date().toISOString(), revoked_by: id })
			.where('person_id', '=', id)
			.execute();
		expect((await signIn()).roles).toEqual([]);
		await people.addRole(db, id, 'trainee');
		expect((await signIn()).roles).toEqual(['trainee']);
	});

	test('only staff invite people and see who is here', async () => {
		const invitation = { displayName: '新讲师', role: 'instructor' } as const;
		for (const actor of [await aTrainee(db), VISITOR]) {
			await expect(people.invite(db, actor, invitation)).rejects.toBeInstanceOf(NotAllowed);
			await expect(everybody.onPage(db, actor, EVERYBODY)).rejects.toBeInstanceOf(NotAllowed);
		}
		const staff = await aStaffMember(db);
		const { rows } = await everybody.onPage(db, staff, { ...EVERYBODY, find: staff.displayName });
		expect(rows).toContainEqual({
			...{ id: staff.id, displayName: staff.displayName },
			...{ number: null, roles: ['staff'] }
		});
	});

	const invited = async () =>
		people.invite(db, await aStaffMember(db), { displayName: '新讲师', role: 'instructor' });
	const accept = (token: string, name = signInName) =>
		people.acceptInvitation(db, token, {
			displayName: '新讲师',
			signInName: name,
			password: PASSWORD
		});

	test('an invitation gives its role, once', async () => {
		const token = await invited();
		const { id, role } = await accept(token);
		expect(role).toBe('instructor');
		expect(await signIn()).toEqual({ id, roles: ['instructor'] });
		await expect(accept(token, newId())).rejects.toBeInstanceOf(NotFound);
		await expect(people.invitationFor(db, token)).rejects.toBeInstanceOf(NotFound);
	});

	test('an invitation taken up twice at once gives one person, and nothing is left of the other', async () => {
		const token = await invited();
		const names = [newId(), newId()];
		const answers = await Promise.allSettled(names.map((name) => accept(token, name)));
		expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		const rows = await db
			.selectFrom('person')
			.where('sign_in_name', 'in', names)
			.select('id')
			.execute();
		expect(rows).toHaveLength(1);
	});

	test('a taken sign-in name does not use up an invitation', async () => {
		await add();
		const token = await invited();
		expect(problemsOf(await accept(token).catch((error: unknown) => error))).toEqual({
			signInName: { code: 'sign_in_name_taken' }
		});
		expect(await accept(token, newId())).toHaveProperty('id');
	});

	test('an invitation ends after 14 days', async () => {
		const token = await invited();
		later(14 * DAY_MS - MINUTE_MS);
		expect(await people.invitationFor(db, token)).toMatchObject({ role: 'instructor' });
		later(2 * MINUTE_MS);
		await expect(people.invitationFor(db, token)).rejects.toBeInstanceOf(NotFound);
		await expect(accept(token)).rejects.toBeInstanceOf(NotFound);
	});

	test('the link of an invitation cannot be read from the database', async () => {
		const token = await invited();
		const rows = JSON.stringify(await db.selectFrom('invitation').selectAll().execute());
		expect(rows).not.toContain(token);
		const hashes = await db.selectFrom('invitation').select('token_hash').execute();
		for (const { token_hash } of hashes)
			await expect(people.invitationFor(db, token_hash)).rejects.toBeInstanceOf(NotFound);
	});
});
