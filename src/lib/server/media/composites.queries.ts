import type { CompositeLayout } from '#lib/domain/lessons.ts';
import type { Database } from '../database/database.ts';

export const compositesOf = (db: Database, lessonId: string) =>
	db
		.selectFrom('composite')
		.where('lesson_id', '=', lessonId)
		.select([
			'id',
			'layout',
			'state',
			'digest',
			'demonstration_digest as demonstrationDigest',
			'sign_digest as signDigest',
			'width',
			'height'
		])
		.execute();

/** What is being made now will not count: it is of something older. */
export async function setWaiting(db: Database, lessonId: string): Promise<void> {
	await db
		.updateTable('composite')
		.set({ state: 'waiting' })
		.where('lesson_id', '=', lessonId)
		.execute();
}

type Begun = {
	id: string;
	lessonId: string;
	layout: CompositeLayout;
	digest: string;
	demonstrationDigest: string;
	signDigest: string;
};

export async function setPreparing(db: Database, begun: Begun): Promise<void> {
	const values = {
		state: 'preparing' as const,
		digest: begun.digest,
		demonstration_digest: begun.demonstrationDigest,
		sign_digest: begun.signDigest
	};
	await db
		.insertInto('composite')
		.values({ id: begun.id, lesson_id: begun.lessonId, layout: begun.layout, ...values })
		.onConflict((conflict) => conflict.columns(['lesson_id', 'layout']).doUpdateSet(values))
		.execute();
}

/** Nothing changes when another was asked for since this one was begun. */
export async function setReady(
	db: Database,
	made: { id: string; digest: string; width: number; height: number; preparedBytes: number }
): Promise<void> {
	await db
		.updateTable('composite')
		.set({
			state: 'ready',
			width: made.width,
			height: made.height,
			prepared_bytes: made.preparedBytes
		})
		.where('id', '=', made.id)
		.where('digest', '=', made.digest)
		.where('state', '=', 'preparing')
		.execute();
}

export async function setFailed(db: Database, lessonId: string): Promise<void> {
	await db
		.updateTable('composite')
		.set({ state: 'failed' })
		.where('lesson_id', '=', lessonId)
		.where('state', '<>', 'ready')
		.execute();
}
