/** One's own data: everything about her, nothing about anybody else, and no secret. */
import { buffer } from 'node:stream/consumers';
import type { Kysely } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import type { PersonActor } from '#lib/server/access/actor.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as ownData from '#lib/server/own-data/own-data.ts';
import * as people from '#lib/server/people/people.ts';
import { diskStorage } from '#lib/server/storage/disk.ts';
import type { Storage } from '#lib/server/storage/storage.ts';
import { onBothDatabases } from '../support/databases.ts';
import { inFolder } from '../support/folders.ts';
import { twoOfAClass } from '../support/two-of-a-class.ts';

onBothDatabases('own data', (open) => {
	let db: Kysely<Tables>;
	let storage: Storage;
	const folder = inFolder();
	beforeAll(async () => {
		db = await open();
		storage = diskStorage(folder());
	});

	const rowsIn = (held: Awaited<ReturnType<typeof ownData.everythingOf>>) =>
		Object.values(held).flatMap((tables) => Object.keys(tables));

	test('she sees how much there is of what; it is what she can take home', async () => {
		const { trainee } = await twoOfAClass(db, storage);
		const summary = await ownData.summaryOf(db, trainee);
		expect(summary.map(({ topic }) => topic)).toEqual([
			...['account', 'classes', 'learning', 'work', 'certificates', 'placements', 'settings']
		]);
		const held = await ownData.everythingOf(db, trainee);
		for (const { topic, count } of summary)
			expect(Object.values(held[topic]).flat()).toHaveLength(count);
		expect(rowsIn(held)).toEqual(
			expect.arrayContaining([
				...['person', 'role_grant', 'session', 'enrolment', 'lesson_progress'],
				...['practice_submission', 'practice_work', 'practice_assessment', 'certificate'],
				...['placement', 'placement_event', 'notification']
			])
		);
		expect(JSON.stringify(held)).toContain(`回答 ${trainee.id}`);
	});

	test('nothing of a classmate, of who taught or placed her, and no secret is in it', async () => {
		const { trainee, other, instructor, staff } = await twoOfAClass(db, storage);
		const text = JSON.stringify(await ownData.everythingOf(db, trainee));
		for (const somebody of [other, instructor, staff]) {
			expect(text).not.toContain(somebody.id);
			expect(text).not.toContain(somebody.displayName);
		}
		const secrets = [
			...(await db.selectFrom('person').select('password_hash as secret').execute()),
			...(await db.selectFrom('session').select('id_hash as secret').execute())
		];
		for (const { secret } of secrets) if (secret) expect(text).not.toContain(secret);
		expect(text).not.toMatch(/hash|secret/);
	});

	test('an instructor gets what she did as one', async () => {
		const { instructor } = await twoOfAClass(db, storage);
		const held = await ownData.everythingOf(db, instructor);
		expect(Object.keys(held.teaching)).toEqual(
			expect.arrayContaining(['course_instructor', 'filming_consent'])
		);
		expect(held.work).toEqual({});
	});

	async function unpacked(by: PersonActor) {
		const { sizeBytes, stream } = await ownData.archiveOf(db, storage, by);
		const bytes = await buffer(stream);
		expect(bytes.length).toBe(sizeBytes);
		const zip = await fromBufferPromise(bytes);
		const files = new Map<string, Buffer>();
		for await (const entry of zip.eachEntry())
			files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
		return files;
	}

	test('the file holds the data and her pictures, byte for byte, and nobody else’s', async () => {
		const { trainee } = await twoOfAClass(db, storage);
		const files = await unpacked(trainee);
		const data = JSON.parse(files.get('data.json')?.toString('utf8') ?? '') as {
			work: { practice_work: { id: string }[] };
		};
		const keys = data.work.practice_work.map(({ id }) => `works/${id}/photo.jpg`);
		expect([...files.keys()].sort()).toEqual(['data.json', ...keys].sort());
		expect(keys).toHaveLength(1);
		for (const key of keys)
			expect(files.get(key)?.equals(await buffer(await storage.read(key)))).toBe(true);
	});

	test('she puts her name right; what was issued keeps the name of its day', async () => {
		const { trainee, other } = await twoOfAClass(db, storage);
		await people.rename(db, trainee, '小云');
		const held = await ownData.everythingOf(db, trainee);
		expect(held.account.person).toMatchObject([{ display_name: '小云' }]);
		expect(held.certificates.certificate).toMatchObject([{ holder_name: trainee.displayName }]);
		const others = await ownData.everythingOf(db, other);
		expect(others.account.person).toMatchObject([{ display_name: other.displayName }]);
	});
});
