import type { Database } from '../database/database.ts';

export const countTry = (db: Database, bucket: string, at: string, resets_at: string) =>
	db
		.insertInto('rate_limit')
		.values({ bucket, count: 1, resets_at })
		.onConflict((conflict) =>
			conflict.column('bucket').doUpdateSet((eb) => ({
				count: eb
					.case()
					.when('rate_limit.resets_at', '<=', at)
					.then(1)
					.else(eb('rate_limit.count', '+', 1))
					.end(),
				resets_at: eb
					.case()
					.when('rate_limit.resets_at', '<=', at)
					.then(resets_at)
					.else(eb.ref('rate_limit.resets_at'))
					.end()
			}))
		)
		.returning(['count', 'resets_at'])
		.executeTakeFirstOrThrow();

export async function uncountTry(db: Database, bucket: string): Promise<void> {
	await db
		.updateTable('rate_limit')
		.set((eb) => ({ count: eb('count', '-', 1) }))
		.where('bucket', '=', bucket)
		.where('count', '>', 0)
		.execute();
}

export async function removeBucket(db: Database, bucket: string): Promise<void> {
	await db.deleteFrom('rate_limit').where('bucket', '=', bucket).execute();
}

export async function removeOldBuckets(db: Database, before: string): Promise<void> {
	await db.deleteFrom('rate_limit').where('resets_at', '<=', before).execute();
}
