import type { Kysely } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSqlite } from '#lib/server/database/database.ts';
import { migrateToLatest } from '#lib/server/database/migrate.ts';
import { prepared } from '#lib/server/database/prepared.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import { onBothDatabases } from '../support/databases.ts';

type Bucket = { bucket: string; count: number };

const countOf = prepared<Bucket, 'bucket' | 'least'>(['bucket', 'least'], (db, value) =>
	db
		.selectFrom('rate_limit')
		.where('bucket', '=', value('bucket'))
		.where('count', '>=', value('least'))
		.where('resets_at', '>', '2000')
		.select(['bucket', 'count'])
);
const add = prepared<Bucket, 'bucket' | 'count'>(['bucket', 'count'], (db, value) =>
	db
		.insertInto('rate_limit')
		.values({ bucket: value('bucket'), count: value('count'), resets_at: '2100' })
		.returning(['bucket', 'count'])
);
const addQuietly = prepared<Bucket, 'bucket'>(['bucket'], (db, value) =>
	db.insertInto('rate_limit').values({ bucket: value('bucket'), count: 1, resets_at: '2100' })
);

const throughKysely = (db: Kysely<Tables>, bucket: string) =>
	db.selectFrom('rate_limit').where('bucket', '=', bucket).select(['bucket', 'count']).execute();

onBothDatabases('prepared queries', (open) => {
	let db: Kysely<Tables>;
	beforeAll(async () => {
		db = await open();
	});

	test('answer what Kysely answers', async () => {
		expect(await add(db, { bucket: 'a', count: 7 })).toEqual([{ bucket: 'a', count: 7 }]);
		expect(await countOf(db, { bucket: 'a', least: 1 })).toEqual(await throughKysely(db, 'a'));
		expect(await countOf(db, { bucket: 'a', least: 8 })).toEqual([]);
		expect(await countOf(db, { bucket: "a' or 1=1 --", least: 0 })).toEqual([]);
	});

	test('answer no rows where a query returns none', async () => {
		expect(await addQuietly(db, { bucket: 'quiet' })).toEqual([]);
		const answer = await db
			.transaction()
			.execute((step) => addQuietly(step, { bucket: 'quiet 2' }));
		expect(answer).toEqual([]);
		expect(await throughKysely(db, 'quiet')).toHaveLength(1);
	});

	test('belong to the transaction they are given', async () => {
		const undone = db.transaction().execute(async (step) => {
			await add(step, { bucket: 'undone', count: 1 });
			expect(await countOf(step, { bucket: 'undone', least: 1 })).toHaveLength(1);
			throw new Error('on purpose');
		});
		await expect(undone).rejects.toThrow('on purpose');
		expect(await countOf(db, { bucket: 'undone', least: 1 })).toEqual([]);
	});

	test("never slip into somebody else's open transaction", async () => {
		const { promise: isOpen, resolve: opened } = Promise.withResolvers<undefined>();
		const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>();
		const other = db.transaction().execute(async (step) => {
			await add(step, { bucket: 'theirs', count: 1 });
			opened(undefined);
			await mayEnd;
			throw new Error('on purpose');
		});
		await isOpen;
		const order: string[] = [];
		const mine = add(db, { bucket: 'mine', count: 1 }).then(() => order.push('mine'));
		const read = countOf(db, { bucket: 'theirs', least: 1 });
		await new Promise((resolve) => setTimeout(resolve, 20));
		order.push('theirs ends');
		end(undefined);
		await expect(other).rejects.toThrow('on purpose');
		await mine;
		expect(order).toEqual(['theirs ends', 'mine']);
		expect(await read).toEqual([]);
		expect(await throughKysely(db, 'mine')).toHaveLength(1);
	});
});

describe('the statement cache', () => {
	test('keeps answering after the schema has changed under it', async () => {
		const db = openSqlite(':memory:');
		await migrateToLatest(db, 'migrations');
		await add(db, { bucket: 'kept', count: 3 });
		const before = await countOf(db, { bucket: 'kept', least: 1 });
		const throughCache = await throughKysely(db, 'kept');
		await db.schema.alterTable('rate_limit').addColumn('note', 'text').execute();
		await db.schema.createIndex('rate_limit_count').on('rate_limit').column('count').execute();
		expect(await countOf(db, { bucket: 'kept', least: 1 })).toEqual(before);
		expect(await throughKysely(db, 'kept')).toEqual(throughCache);
		await db.destroy();
	});

	test('survives more different queries than it holds', async () => {
		const db = openSqlite(':memory:');
		await migrateToLatest(db, 'migrations');
		await add(db, { bucket: 'x', count: 1 });
		for (let length = 1; length <= 600; length++) {
			const names = Array.from({ length }, (_, index) => (index === 0 ? 'x' : `y${index}`));
			const rows = await db
				.selectFrom('rate_limit')
				.where('bucket', 'in', names)
				.select('bucket')
				.execute();
			expect(rows).toEqual([{ bucket: 'x' }]);
		}
		expect(await countOf(db, { bucket: 'x', least: 1 })).toHaveLength(1);
		await db.destroy();
	});

	test('keeps two databases apart', async () => {
		const [one, other] = [openSqlite(':memory:'), openSqlite(':memory:')];
		for (const db of [one, other]) await migrateToLatest(db, 'migrations');
		await add(one, { bucket: 'only here', count: 1 });
		expect(await countOf(one, { bucket: 'only here', least: 1 })).toHaveLength(1);
		expect(await countOf(other, { bucket: 'only here', least: 1 })).toEqual([]);
		for (const db of [one, other]) await db.destroy();
	});
});
