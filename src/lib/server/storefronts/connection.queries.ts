import type { SourceInput, SourceProblem } from '#lib/domain/products.ts';
import type { Database } from '../database/database.ts';

export const sourceOf = (db: Database, storefrontId: string) =>
	db
		.selectFrom('product_source')
		.innerJoin('storefront', 'storefront.id', 'product_source.storefront_id')
		.where('product_source.storefront_id', '=', storefrontId)
		.select([
			'product_source.storefront_id as storefrontId',
			'product_source.kind',
			'product_source.address',
			'product_source.token',
			'product_source.turn',
			'product_source.currency',
			'product_source.other_currency as otherCurrency',
			'product_source.doubled',
			'product_source.unusable',
			'product_source.beyond',
			'product_source.good_at as goodAt',
			'product_source.tried_at as triedAt',
			'product_source.next_at as nextAt',
			'product_source.failures',
			'product_source.failure_code as failureCode',
			'product_source.connected_by as connectedBy',
			'storefront.name as shopName',
			'storefront.address as home',
			'storefront.suspended_at as shopSuspendedAt'
		])
		.executeTakeFirst();

/**
 * Connects a shop, or connects it otherwise; what was known of its answers was the other's.
 * @param row its first turn is any number: none of a job from an earlier connection
 */
export async function putSource(
	db: Database,
	row: SourceInput & { storefrontId: string; turn: number; by: string; at: string }
): Promise<void> {
	const { kind, address, token, by, at } = row;
	const set = {
		...{ kind, address, token, connected_by: by, connected_at: at, next_at: at },
		...{ currency: null, other_currency: null, doubled: 0, unusable: 0, beyond: 0 },
		...{ good_at: null, tried_at: null, failures: 0, failure_code: null }
	};
	await db
		.insertInto('product_source')
		.values({ storefront_id: row.storefrontId, turn: row.turn, ...set })
		.onConflict((conflict) => conflict.column('storefront_id').doUpdateSet(set))
		.execute();
}

/**
 * The next turn begins: every job of an earlier one finds that it is none any more.
 * @param after only if this one is still the present
 * @returns its number; undefined when there is no such source, or it has moved on
 */
export async function nextTurn(
	db: Database,
	storefrontId: string,
	nextAt: string,
	after?: number
): Promise<number | undefined> {
	let update = db
		.updateTable('product_source')
		.set((eb) => ({ turn: eb('turn', '+', 1), next_at: nextAt }))
		.where('storefront_id', '=', storefrontId);
	if (after !== undefined) update = update.where('turn', '=', after);
	return (await update.returning('turn').executeTakeFirst())?.turn;
}

type Turn = { storefrontId: string; turn: number };
type Outcome =
	| { failures: number; failureCode: SourceProblem; at: string }
	| {
			currency: string | null;
			otherCurrency: string | null;
			doubled: number;
			unusable: number;
			beyond: number;
			at: string;
	  };

/** What came of asking. @returns false when it has been connected otherwise meanwhile */
export async function setOutcome(db: Database, turn: Turn, outcome: Outcome): Promise<boolean> {
	const set =
		'failureCode' in outcome
			? { failures: outcome.failures, failure_code: outcome.failureCode, tried_at: outcome.at }
			: {
					...{ failures: 0, failure_code: null, tried_at: outcome.at, good_at: outcome.at },
					...{ currency: outcome.currency, other_currency: outcome.otherCurrency },
					...{ doubled: outcome.doubled, unusable: outcome.unusable, beyond: outcome.beyond }
				};
	const result = await db
		.updateTable('product_source')
		.set(set)
		.where('storefront_id', '=', turn.storefrontId)
		.where('turn', '=', turn.turn)
		.executeTakeFirst();
	return result.numUpdatedRows === 1n;
}

export async function setCurrency(
	db: Database,
	storefrontId: string,
	currency: string
): Promise<void> {
	await db
		.updateTable('product_source')
		.set({ currency, other_currency: null })
		.where('storefront_id', '=', storefrontId)
		.execute();
}

export async function removeSource(db: Database, storefrontId: string): Promise<void> {
	await db.deleteFrom('product_source').where('storefront_id', '=', storefrontId).execute();
}
