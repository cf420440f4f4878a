/** A shop that gives its products itself: how it is reached, and how it went. Kept by staff. */
import { randomInt } from 'node:crypto';
import type { SourceInput } from '#lib/domain/products.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { now } from '../ids.ts';
import { allow } from '../people/rate-limits.ts';
import type { Storage } from '../storage/storage.ts';
import * as queries from './connection.queries.ts';
import { OutsideFailure } from './outside/failure.ts';
import type { Outside } from './outside/outside.ts';
import * as pictures from './product-pictures.ts';
import * as products from './products.queries.ts';
import { askShop, refreshSoon, usualCurrency } from './refresh.ts';
import type { EditableStorefront } from './storefronts.ts';

/** Each is ten seconds of work for this server, and a request to somebody else's. */
const TRIES = { limit: 30, withinMinutes: 15 };
const SHOWN_OF_TRY = 6;
/** What is due for longer waits for something else than its turn. */
const ASKED_WITHIN_MS = 5 * 60_000;
const MAX_FIRST_TURN = 1_000_000_000;

/** How a shop is connected, without its token; undefined when it is not. */
export async function of(db: Database, { id }: EditableStorefront) {
	const source = await queries.sourceOf(db, id);
	if (!source) return undefined;
	const { kind, address, token, currency, otherCurrency, doubled, unusable, beyond } = source;
	const { goodAt, triedAt, nextAt, failureCode } = source;
	const dueForMs = Date.now() - Date.parse(nextAt);
	return {
		...{ kind, address, hasToken: token !== null, currency, otherCurrency },
		...{ doubled, unusable, beyond, goodAt, triedAt, nextAt, failureCode },
		isBeingAsked: dueForMs >= 0 && dueForMs < ASKED_WITHIN_MS
	};
}

/**
 * What would come if the shop were connected so. Nothing of it is kept.
 * @throws Invalid with why nothing would
 */
export async function tryOut(
	db: Database,
	outside: Outside,
	storefront: EditableStorefront,
	input: SourceInput
) {
	await allow(db, `try shop ${storefront.by}`, TRIES);
	const given = await askShop({ ...input, home: storefront.address }, outside).catch(
		(error: unknown) => {
			if (error instanceof OutsideFailure) throw new Invalid({ address: `source_${error.code}` });
			throw error;
		}
	);
	const { offers, doubled, unusable, beyond } = given;
	if (offers.length === 0) throw new Invalid({ address: 'source_none' });
	const currency = usualCurrency(offers);
	const isUsual = (offer: { currency: string }) => offer.currency === currency;
	return {
		first: offers.filter(isUsual).slice(0, SHOWN_OF_TRY),
		count: offers.filter(isUsual).length,
		otherCurrency: usualCurrency(offers.filter((offer) => !isUsual(offer))) ?? null,
		...{ doubled, unusable, beyond }
	};
}

/** Connects a shop, in place of how it was connected before; it is asked at once, then every hour. */
export async function connect(
	db: Database,
	{ id, by }: EditableStorefront,
	input: SourceInput
): Promise<void> {
	await db.transaction().execute(async (step) => {
		const turn = randomInt(MAX_FIRST_TURN);
		await queries.putSource(step, { ...input, storefrontId: id, turn, by, at: now() });
		await refreshSoon(step, id);
	});
}

/** @throws NotFound when it is not connected */
async function connected(db: Database, { id }: EditableStorefront) {
	const source = await queries.sourceOf(db, id);
	if (!source) throw new NotFound();
	return source;
}

/** Asks the shop without waiting for the hour. @throws NotFound when it is not connected */
export async function refresh(db: Database, storefront: EditableStorefront): Promise<void> {
	await connected(db, storefront);
	await db.transaction().execute((step) => refreshSoon(step, storefront.id));
}

/**
 * Staff have looked: the shop's prices are in its other currency from now on.
 * @throws NotFound when it is not connected, Conflict 'stale' when it has no other any more
 */
export async function takeCurrency(db: Database, storefront: EditableStorefront): Promise<void> {
	const { otherCurrency } = await connected(db, storefront);
	if (otherCurrency === null) throw new Conflict('stale');
	await db.transaction().execute(async (step) => {
		await queries.setCurrency(step, storefront.id, otherCurrency);
		await refreshSoon(step, storefront.id);
	});
}

/**
 * The shop is asked no more, and what it gave is shown no more.
 * @throws NotFound when it is not connected
 */
export async function disconnect(
	db: Database,
	storage: Storage,
	storefront: EditableStorefront
): Promise<void> {
	await connected(db, storefront);
	const gone = await db.transaction().execute(async (step) => {
		const own = await products.connectedProducts(step, storefront.id);
		const ids = own.map(({ id }) => id);
		await products.removeProducts(step, ids);
		await queries.removeSource(step, storefront.id);
		return ids;
	});
	await pictures.forgetAll(storage, gone);
}
