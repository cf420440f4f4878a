/** Shops that graduates may work for or own, kept by the association's staff. */
import type { StorefrontInput } from '#lib/domain/storefronts.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { mayKeepStorefronts } from '../access/policy.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Conflict, NotAllowed, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as queries from './storefronts.queries.ts';

export type Storefront = NonNullable<Awaited<ReturnType<typeof queries.storefrontById>>>;
/** A shop and the member of staff who may change it. */
export type EditableStorefront = Authorized<Storefront & { readonly by: string }, 'edit'>;
export type ProposableStorefront = Authorized<Storefront, 'propose'>;

function staffOnly(actor: Actor): asserts actor is PersonActor {
	if (actor.type !== 'person' || !mayKeepStorefronts(actor)) throw new NotAllowed();
}

/**
 * Registers a shop.
 * @param id made beforehand with the form: the same form sent twice adds one shop
 * @returns the shop's id
 */
export async function create(
	db: Database,
	actor: Actor,
	input: StorefrontInput,
	id: string = newId()
): Promise<string> {
	staffOnly(actor);
	try {
		await queries.addStorefront(db, { id, ...input, createdBy: actor.id, createdAt: now() });
	} catch (error) {
		if (!isUniqueViolation(error)) throw error; // the form's second press
	}
	return id;
}

/** Every shop, suspended ones too, with how many graduates are active in each. */
export async function all(db: Database, actor: Actor) {
	staffOnly(actor);
	return queries.storefrontsWithCounts(db);
}

/** The shops that may be proposed now. */
export async function open(db: Database, actor: Actor) {
	staffOnly(actor);
	return queries.storefrontsToPropose(db);
}

/**
 * A shop for changing it.
 * @param seenRevision what the page was made from
 * @throws NotFound when it is not there or not this actor's to change
 * @throws Conflict 'stale' when somebody has changed it since
 */
export async function forEditing(
	db: Database,
	actor: Actor,
	id: string,
	seenRevision?: number
): Promise<EditableStorefront> {
	if (actor.type !== 'person' || !mayKeepStorefronts(actor)) throw new NotFound();
	const storefront = await queries.storefrontById(db, id);
	if (!storefront) throw new NotFound();
	if (seenRevision !== undefined && seenRevision !== storefront.revision)
		throw new Conflict('stale');
	return grant({ ...storefront, by: actor.id }, 'edit');
}

/**
 * A shop for proposing it to a graduate.
 * @throws NotFound, or Conflict 'storefront_suspended'
 */
export async function forProposing(
	db: Database,
	actor: Actor,
	id: string
): Promise<ProposableStorefront> {
	const storefront = await forEditing(db, actor, id);
	if (storefront.suspendedAt !== null) throw new Conflict('storefront_suspended');
	return grant(storefront, 'propose');
}

/** @throws Conflict 'stale' when somebody was faster */
export async function change(
	db: Database,
	storefront: EditableStorefront,
	input: StorefrontInput
): Promise<void> {
	if (!(await queries.changeStorefront(db, storefront, input))) throw new Conflict('stale');
}

/** Takes a shop out: not proposed, not entered, not shown, until it is resumed. */
export async function suspend(db: Database, storefront: EditableStorefront): Promise<void> {
	if (storefront.suspendedAt !== null) throw new Conflict('stale');
	const isFirst = await queries.changeStorefront(db, storefront, {
		suspendedBy: storefront.by,
		suspendedAt: now()
	});
	if (!isFirst) throw new Conflict('stale');
}

export async function resume(db: Database, storefront: EditableStorefront): Promise<void> {
	if (storefront.suspendedAt === null) throw new Conflict('stale');
	if (!(await queries.changeStorefront(db, storefront, 'resume'))) throw new Conflict('stale');
}
