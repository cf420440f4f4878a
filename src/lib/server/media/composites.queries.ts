import type { CompositeLayout } from '#lib/domain/lessons.ts';
import type { Database } from '../database/database.ts';
import { isInUse } from './versions-in-use.queries.ts';

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
			'height',
			'placement',
			'superseded_at as supersededAt'
		])
		.execute();

/** What there is, or is being made now, is of something older: only versions may still need it. */
export async function setSuperseded(db: Database, lessonId: string, at: string): Promise<void> {
	await db
		.updateTable('composite')
		.set({ superseded_at: at })
		.where('lesson_id', '=', lessonId)
		.where('superseded_at', 'is', null)
		.execute();
}

/** It is of what is being worked on, or of a version alone. */
export async function setStanding(
	db: Database,
	id: string,
	row: { placement: string; supersededAt: string | null }
): Promise<void> {
	await db
		.updateTable('composite')
		.set({ placement: row.placement, superseded_at: row.supersededAt })
		.where('id', '=', id)
		.execute();
}

type Begun = {
	id: string;
	lessonId: string;
	layout: CompositeLayout;
	digest: string;
	demonstrationDigest: string;
	signDigest: string;
	placement: string;
	supersededAt: string | null;
};

export async function setPreparing(db: Database, begun: Begun): Promise<void> {
	const values = {
		state: 'preparing' as const,
		demonstration_digest: begun.demonstrationDigest,
		sign_digest: begun.signDigest,
		placement: begun.placement,
		superseded_at: begun.supersededAt
	};
	const { id, digest, layout } = begun;
	await db
		.insertInto('composite')
		.values({ id, digest, lesson_id: begun.lessonId, layout, ...values })
		.onConflict((conflict) =>
			conflict.columns(['lesson_id', 'layout', 'digest']).doUpdateSet(values)
		)
		.execute();
}

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

/** Composites that are not of the draft, and that no version in use needs. */
export const compositesOfNobody = (
	db: Database,
	limit: number,
	of?: { lessonId: string; layout: CompositeLayout }
) =>
	db
		.selectFrom('composite')
		.where('superseded_at', 'is not', null)
		.$if(of !== undefined, (query) =>
			query.where('lesson_id', '=', of?.lessonId ?? '').where('layout', '=', of?.layout ?? 'side')
		)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('lesson_version')
						.whereRef('lesson_version.lesson_id', '=', 'composite.lesson_id')
						.whereRef('lesson_version.demonstration_digest', '=', 'composite.demonstration_digest')
						.whereRef('lesson_version.sign_digest', '=', 'composite.sign_digest')
						.where((eb) => isInUse(eb))
						.select('lesson_version.id')
				)
			)
		)
		.select('id')
		.limit(limit)
		.execute();

export async function removeComposite(db: Database, id: string): Promise<void> {
	await db.deleteFrom('composite').where('id', '=', id).execute();
}
