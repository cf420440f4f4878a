/** Everything erased on one's own word: waited with, then gone from every table and the disk. */
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as erasure from '#lib/server/own-data/erasure.ts';
import { HOLDINGS } from '#lib/server/own-data/holdings.ts';
import * as ownData from '#lib/server/own-data/own-data.ts';
import * as sessions from '#lib/server/people/sessions.ts';
import * as placements from '#lib/server/placements/placements.ts';
import * as works from '#lib/server/practice/works.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { twoOfAClass } from '../support/two-of-a-class.ts';

onBothDatabases('erasing everything', (open) => {
	const tables = Object.keys(HOLDINGS) as (keyof Tables)[];
	let db: Kysely<Tables>;
	let storage: Storage;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});
	const tools = (kept = storage): works.Tools => ({
		storage: kept,
		uploads: { pathOf: (id) => `${folder()}/${id}`, forgetNotes: async () => undefined }
	});
	const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

	/** Every row of every table, as text. */
	async function everything(): Promise<string> {
		const rows: unknown[] = [];
		for (const table of tables) rows.push(await db.selectFrom(table).selectAll().execute());
		return JSON.stringify(rows);
	}
	const timesIn = (text: string, what: string) => text.split(JSON.stringify(what)).length - 1;
	const shopsOf = async (who: PersonActor) =>
		(await placements.of(db, who)).map(({ state }) => state);

	test('until the day nothing is erased; taken back, it never is', async () => {
		const { trainee } = await twoOfAClass(db, storage);
		const before = await ownData.summaryOf(db, trainee);
		const due = await erasure.ask(db, trainee);
		expect(await erasure.ask(db, { ...trainee, erasesAt: due })).toBe(due);
		await erasure.eraseDue(db, tools(), inDays(erasure.WAIT_DAYS - 0.01));
		expect(await ownData.summaryOf(db, trainee)).toEqual(before);
		await erasure.takeBack(db, trainee);
		await erasure.eraseDue(db, tools(), inDays(erasure.WAIT_DAYS + 1));
		expect(await ownData.summaryOf(db, trainee)).toEqual(before);
	});

	test('on the day her name is nowhere, her files are gone, and nobody else has lost anything', async () => {
		const { trainee, other, number } = await twoOfAClass(db, storage);
		const { value } = await sessions.begin(db, trainee.id, false);
		const keys = await works.keysOf(db, trainee);
		expect(keys).not.toEqual([]);
		const others = await ownData.everythingOf(db, other);
		// Her own row, her certificate, and what the staff were told of her shop.
		expect(timesIn(await everything(), trainee.displayName)).toBe(3);

		const due = await erasure.ask(db, trainee);
		expect((await sessions.whoIs(db, value, false))?.actor.erasesAt).toBe(due);
		await erasure.eraseDue(db, tools(), inDays(erasure.WAIT_DAYS + 1));

		const text = await everything();
		expect(timesIn(text, trainee.displayName)).toBe(0);
		expect(text).not.toContain(`说明 ${trainee.id}`);
		expect(text).not.toContain(`回答 ${trainee.id}`);
		for (const key of keys) expect(await storage.stat(key)).toBeUndefined();
		expect(await sessions.whoIs(db, value, false)).toBeUndefined();
		const { account, ...left } = await ownData.everythingOf(db, trainee);
		expect(Object.keys(account)).toEqual(['person']);
		expect(account.person).toMatchObject([
			{ display_name: erasure.ERASED_NAME, sign_in_name: null }
		]);
		expect(Object.values(left).flatMap((tables) => Object.keys(tables))).toEqual([
			...['certificate', 'placement', 'placement_event']
		]);
		expect(await ownData.everythingOf(db, other)).toEqual(others);
		expect(await shopsOf(trainee)).toEqual(['withdrawn']);
		expect(await shopsOf(other)).toEqual(['consented']);
		expect(await certificates.forVerifying(db, number)).toMatchObject({
			...{ isRevoked: false, holderName: null, hasPicture: false }
		});
	});

	test('a disk that fails leaves all rows, and the next time it is done', async () => {
		const { trainee } = await twoOfAClass(db, storage);
		await erasure.ask(db, trainee);
		const failing: Storage = { ...storage, remove: () => Promise.reject(new Error('disk')) };
		const at = inDays(erasure.WAIT_DAYS + 1);
		await expect(erasure.eraseDue(db, tools(failing), at)).rejects.toThrow(AggregateError);
		expect((await ownData.everythingOf(db, trainee)).account.person).toMatchObject([
			{ display_name: trainee.displayName, erased_at: null }
		]);
		await erasure.eraseDue(db, tools(), at);
		await erasure.eraseDue(db, tools(), at);
		expect(timesIn(await everything(), trainee.displayName)).toBe(0);
	});

	test('whoever others depend on hands that over first', async () => {
		const { instructor, staff } = await twoOfAClass(db, storage);
		for (const who of [instructor, staff, { ...staff, roles: ['trainee', 'reviewer'] as const }])
			await expect(erasure.ask(db, who)).rejects.toMatchObject({ problem: 'hand_over_first' });
	});
});
