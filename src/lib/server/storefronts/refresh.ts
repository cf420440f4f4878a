/**
 * The job that asks a shop what it sells. Each one queues the next, within the transaction that keeps
 * what came of it, and carries the turn it belongs to: what was queued before a shop was connected
 * otherwise, or asked at once, finds that it is none any more. What went wrong outside is no failure
 * of the job's: it is kept, with what was last known, and asked again later.
 */
import * as v from 'valibot';
import { pauseAfter, type SourceProblem } from '#lib/domain/products.ts';
import type { Database } from '../database/database.ts';
import { newId, now } from '../ids.ts';
import { enqueue, enqueueFor } from '../jobs/jobs.ts';
import * as notifications from '../notifications/notifications.ts';
import type { Storage } from '../storage/storage.ts';
import * as queries from './connection.queries.ts';
import { OutsideFailure } from './outside/failure.ts';
import type { Outside } from './outside/outside.ts';
import * as pictures from './product-pictures.ts';
import * as products from './products.queries.ts';
import { SOURCES } from './sources/all.ts';
import type { Connection, Given, Offer } from './sources/source.ts';

export const REFRESH_PRODUCTS = 'refresh-products';
const Refresh = v.object({ storefrontId: v.string(), turn: v.number() });

/** Pictures that are still to come are not waited for an hour. */
const REST_AFTER_MS = 5 * 60_000;
/** In a row: so many that it is no passing trouble. */
export const TOLD_AFTER_FAILURES = 3;

type Source = NonNullable<Awaited<ReturnType<typeof queries.sourceOf>>>;
type Tools = { storage: Storage; outside: Outside };

/**
 * What a shop gives now.
 * @throws OutsideFailure also when there are products but none that can be shown
 */
export async function askShop(
	connection: Connection,
	outside: Outside,
	signal?: AbortSignal
): Promise<Given> {
	const given = await SOURCES[connection.kind].give(connection, outside, signal);
	if (given.offers.length === 0 && given.unusable > 0) throw new OutsideFailure('none');
	return given;
}

/** Asks at once, for somebody who waits; call it in the transaction that makes it necessary. */
export async function refreshSoon(step: Database, storefrontId: string): Promise<void> {
	const turn = await queries.nextTurn(step, storefrontId, now());
	if (turn !== undefined) await enqueue(step, REFRESH_PRODUCTS, { storefrontId, turn });
}

async function queueNext(step: Database, { storefrontId, turn }: Source, pauseMs: number) {
	const runAt = new Date(Date.now() + pauseMs);
	const next = await queries.nextTurn(step, storefrontId, runAt.toISOString(), turn);
	if (next === undefined) return;
	await enqueueFor(step, REFRESH_PRODUCTS, { storefrontId, turn: next }, runAt);
}

/** The source a job is about; undefined when the job is none any more. */
async function sourceFor(db: Database, payload: unknown): Promise<Source | undefined> {
	const { storefrontId, turn } = v.parse(Refresh, payload);
	const source = await queries.sourceOf(db, storefrontId);
	return source?.turn === turn ? source : undefined;
}

/** Bears being repeated. A shop that is suspended is not asked, and not forgotten. */
export async function refreshNow(
	db: Database,
	tools: Tools,
	payload: unknown,
	signal?: AbortSignal
): Promise<void> {
	const source = await sourceFor(db, payload);
	if (!source) return;
	const goOn = (pauseMs: number) =>
		db.transaction().execute((step) => queueNext(step, source, pauseMs));
	if (source.shopSuspendedAt !== null) return await goOn(pauseAfter(0));
	const given = await askShop(source, tools.outside, signal).catch((error: unknown) => {
		if (error instanceof OutsideFailure) return error;
		throw error;
	});
	if (given instanceof OutsideFailure) return await keepFailure(db, source, given.code);
	const gone = await keep(db, source, given);
	await pictures.forgetAll(tools.storage, gone);
	const hasMore = await pictures.fetchMissing(db, tools, source.storefrontId, signal);
	await goOn(hasMore ? REST_AFTER_MS : pauseAfter(0));
}

/** When every try has failed for reasons of ours: it is said, and comes round again. */
export async function giveUp(db: Database, payload: unknown): Promise<void> {
	const source = await sourceFor(db, payload);
	if (source) await keepFailure(db, source, 'ours');
}

async function keepFailure(db: Database, source: Source, failureCode: SourceProblem) {
	const failures = source.failures + 1;
	await db.transaction().execute(async (step) => {
		if (!(await queries.setOutcome(step, source, { failures, failureCode, at: now() }))) return;
		if (failures === TOLD_AFTER_FAILURES) await tell(step, source);
		await queueNext(step, source, pauseAfter(failures));
	});
}

const tell = (step: Database, { storefrontId, shopName, connectedBy }: Source) =>
	notifications.tell(step, 'shop_products', { subjectId: storefrontId, title: shopName }, [
		connectedBy
	]);

/** The one that most of them are in. */
export function usualCurrency(offers: readonly Offer[]): string | undefined {
	const counts = new Map<string, number>();
	for (const { currency } of offers) counts.set(currency, (counts.get(currency) ?? 0) + 1);
	return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/**
 * What a shop gives is what it sells now, in the currency it has always given: what it gives in
 * another one is not shown as if the number alone had changed. It stays as it was, and staff are told.
 * @returns the products that are gone
 */
function keep(db: Database, source: Source, given: Given): Promise<string[]> {
	const currency = source.currency ?? usualCurrency(given.offers) ?? null;
	const others = given.offers.filter((offer) => offer.currency !== currency);
	const otherCurrency = usualCurrency(others) ?? null;
	const { doubled, unusable, beyond } = given;
	return db.transaction().execute(async (step) => {
		const at = now();
		const outcome = { currency, otherCurrency, doubled, unusable, beyond, at };
		if (!(await queries.setOutcome(step, source, outcome))) return [];
		if (otherCurrency !== null && source.otherCurrency === null) await tell(step, source);
		const known = await products.connectedProducts(step, source.storefrontId);
		const held = new Set(others.map(({ externalId }) => externalId));
		const taken = new Map(
			given.offers.flatMap((offer, position) =>
				offer.currency === currency ? [[offer.externalId, { ...offer, position }]] : []
			)
		);
		const gone = known.filter(({ externalId }) => !taken.has(externalId) && !held.has(externalId));
		await products.removeProducts(step, idsOf(gone));
		await products.holdProducts(
			step,
			idsOf(known.filter(({ externalId }) => held.has(externalId)))
		);
		const knownByName = new Map(known.map((product) => [product.externalId, product]));
		for (const offer of taken.values()) {
			const { storefrontId } = source;
			const old = knownByName.get(offer.externalId);
			const isNewPicture = old?.pictureAddress !== offer.pictureAddress;
			if (old) await products.changeOffer(step, { ...offer, id: old.id, at, isNewPicture });
			else await products.addOffer(step, { ...offer, id: newId(), storefrontId, at });
		}
		return idsOf(gone);
	});
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
