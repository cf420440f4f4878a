import { type Kysely, sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { migratorFor } from '#lib/server/database/migrate.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { Invalid } from '#lib/server/errors.ts';
import * as numbered from '#lib/server/people/numbered.ts';
import * as people from '#lib/server/people/people.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import { onBothDatabases } from '../support/databases.ts';
import { aStaffMember } from '../support/people.ts';

onBothDatabases('people without a password', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});
	const ids = async () =>
		(await sql<{ id: string }>`select id from person order by id`.execute(db)).rows;
	const whoSignsIn = (signInName: string, password: string) =>
		people.whoSignsIn(db, { signInName, password }, 'here');

	test('stay, with all that refers to them, on the way back and forth', async () => {
		const staff = await aStaffMember(db);
		const known = { displayName: '甲', signInName: 'jia', password: 'a long secret' };
		const knownId = await people.add(db, known, 'trainee');
		const { value } = await sessions.begin(db, knownId, false);
		const [added = ''] = await numbered.addTrainees(
			db,
			[{ displayName: '乙', number: '1' }],
			staff.id
		);
		const before = await ids();
		const migrator = migratorFor(db, 'migrations');

		expect((await migrator.migrateTo('2026-11-28-02-classes-as-run')).error).toBeUndefined();
		expect(await ids()).toEqual(before);
		// Nobody becomes somebody whose password is empty.
		await expect(whoSignsIn(added, '')).rejects.toBeInstanceOf(Invalid);
		expect((await whoSignsIn('jia', known.password)).id).toBe(knownId);

		expect((await migrator.migrateToLatest()).error).toBeUndefined();
		expect(await ids()).toEqual(before);
		expect((await sessions.whoIs(db, value, false))?.actor.id).toBe(knownId);
		expect((await whoSignsIn('jia', known.password)).id).toBe(knownId);
		expect(await people.rolesOf(db, added)).toEqual(['trainee']);
		// Foreign keys hold again: nobody is granted a role who is not there.
		await expect(people.addRole(db, 'nobody', 'trainee')).rejects.toThrow();
	});
});
