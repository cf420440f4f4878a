/**
 * Placements: a graduate, a shop and a role, and how it came to be. Every step is one short
 * transaction that moves the placement on by one revision and keeps who took it and when.
 */
import {
	afterStep,
	type PlacementAction,
	type PlacementRole,
	type PlacementStep,
	PROPOSED
} from '#lib/domain/placements.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { maySeeGraduates, mayStepAsGraduate, mayStepAsStaff } from '../access/policy.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as notifications from '../notifications/notifications.ts';
import type { ProposableStorefront } from '../storefronts/storefronts.ts';
import type { PlaceableGraduate } from './graduates.ts';
import * as graduateQueries from './graduates.queries.ts';
import * as queries from './placements.queries.ts';

export type Placement = NonNullable<Awaited<ReturnType<typeof queries.placementById>>>;
type By = { readonly by: string };
/** A placement in the hands of the graduate himself. */
export type OwnPlacement = Authorized<Placement & By, 'step as graduate'>;
/** A placement in the hands of a member of staff. */
export type StaffPlacement = Authorized<Placement & By, 'step as staff'>;

/**
 * A graduate's own placement.
 * @param seenRevision what his page was made from
 * @throws NotFound when it is not there or somebody else's
 * @throws Conflict 'stale' when it has moved on since
 */
export async function forGraduate(
	db: Database,
	actor: Actor,
	id: string,
	seenRevision?: number
): Promise<OwnPlacement> {
	const placement = await queries.placementById(db, id);
	if (!placement || actor.type !== 'person' || !mayStepAsGraduate(actor, placement))
		throw new NotFound();
	return grant({ ...asSeen(placement, seenRevision), by: actor.id }, 'step as graduate');
}

/** The same for staff. */
export async function forStaff(
	db: Database,
	actor: Actor,
	id: string,
	seenRevision?: number
): Promise<StaffPlacement> {
	const placement = await queries.placementById(db, id);
	if (!placement || actor.type !== 'person' || !mayStepAsStaff(actor, placement))
		throw new NotFound();
	return grant({ ...asSeen(placement, seenRevision), by: actor.id }, 'step as staff');
}

function asSeen(placement: Placement, seenRevision: number | undefined): Placement {
	if (seenRevision !== undefined && seenRevision !== placement.revision)
		throw new Conflict('stale');
	return placement;
}

/**
 * Proposes a shop to a graduate, in a role the shop needs.
 * @returns the placement's id
 * @throws Invalid when the shop needs no such help
 * @throws Conflict 'proposed_already' while the same is open, 'not_a_graduate' when his last
 *   certificate was revoked meanwhile
 */
export async function propose(
	db: Database,
	graduate: PlaceableGraduate,
	storefront: ProposableStorefront,
	role: PlacementRole
): Promise<string> {
	if (!storefront.helpNeeded.includes(role)) throw new Invalid({ role: 'choose_one' });
	const id = newId();
	const at = now();
	try {
		await db.transaction().execute(async (step) => {
			if (!(await graduateQueries.isGraduate(step, graduate.id)))
				throw new Conflict('not_a_graduate');
			await queries.addPlacement(step, {
				id,
				personId: graduate.id,
				storefrontId: storefront.id,
				role,
				...PROPOSED,
				revision: 1,
				createdAt: at
			});
			await queries.addEvent(step, {
				id: newId(),
				placementId: id,
				revision: 1,
				action: 'propose',
				fromState: null,
				toState: PROPOSED.state,
				byPersonId: graduate.by,
				happenedAt: at
			});
			const about = { subjectId: id, title: storefront.name };
			await notifications.tell(step, 'placement_proposed', about, [graduate.id]);
		});
	} catch (error) {
		if (isUniqueViolation(error)) throw new Conflict('proposed_already');
		throw error;
	}
	return id;
}

/** The graduate says yes to being put in touch with the shop. Showing it is another question. */
export async function consent(db: Database, placement: OwnPlacement): Promise<void> {
	refuseWhileSuspended(placement);
	await take(db, placement, 'consent');
}

/** The graduate says no; no reason is asked. */
export const decline = (db: Database, placement: OwnPlacement): Promise<void> =>
	take(db, placement, 'decline');

/** The graduate lets everybody see his shop and name on the showcase. */
export const show = (db: Database, placement: OwnPlacement): Promise<void> =>
	take(db, placement, 'show');

/** The graduate does not, or no longer, want to be on the showcase. */
export const hide = (db: Database, placement: OwnPlacement): Promise<void> =>
	take(db, placement, 'hide');

/** The graduate leaves. Nothing of it is shown from this moment. */
export const withdraw = (db: Database, placement: OwnPlacement): Promise<void> =>
	take(db, placement, 'withdraw');

/** Staff: the work has begun. Possible only after the graduate's consent. */
export async function activate(db: Database, placement: StaffPlacement): Promise<void> {
	refuseWhileSuspended(placement);
	await take(db, placement, 'activate');
}

/** Staff: it is over, or the proposal is taken back. */
export const end = (db: Database, placement: StaffPlacement): Promise<void> =>
	take(db, placement, 'end');

const LEAVING = ['decline', 'withdraw'] as const;

/** All that is open of a graduate's ends as he would end it himself: he is leaving. */
export async function leaveAll(db: Database, personId: string): Promise<void> {
	for (const placement of await queries.placementsOf(db, personId)) {
		const action = LEAVING.find((one) => afterStep(placement, one));
		if (action) await take(db, { ...placement, by: personId }, action);
	}
}

function refuseWhileSuspended(placement: Placement): void {
	if (placement.shopSuspendedAt !== null) throw new Conflict('storefront_suspended');
}

/** What a graduate says to a proposal, and what ends it: whoever proposed it waits for that. */
const ANSWERS: readonly PlacementStep[] = ['consent', 'decline', 'withdraw'];

async function tellProposer(step: Database, { id, personId }: Placement): Promise<void> {
	const proposed = await queries.proposalOf(step, id);
	if (!proposed) return;
	const about = { subjectId: personId, title: proposed.graduateName };
	await notifications.tell(step, 'placement_answered', about, [proposed.byPersonId]);
}

/**
 * One step on, or nothing at all.
 * @throws Conflict 'step_not_possible' from this state, 'stale' when somebody was faster
 */
async function take(db: Database, placement: Placement & By, action: PlacementStep): Promise<void> {
	const after = afterStep(placement, action);
	if (!after) throw new Conflict('step_not_possible');
	try {
		await db.transaction().execute(async (step) => {
			const isFirst = await queries.movePlacement(step, placement, after);
			if (!isFirst) throw new Conflict('stale');
			await queries.addEvent(step, {
				id: newId(),
				placementId: placement.id,
				revision: placement.revision + 1,
				action,
				fromState: placement.state,
				toState: after.state,
				byPersonId: placement.by,
				happenedAt: now()
			});
			if (ANSWERS.includes(action)) await tellProposer(step, placement);
		});
	} catch (error) {
		if (isUniqueViolation(error)) throw new Conflict('stale');
		throw error;
	}
}

export type PlacementEvent = {
	id: string;
	revision: number;
	action: PlacementAction;
	happenedAt: string;
	byName: string;
};

/** A graduate's own placements, newest first, each with its history. */
export const of = (db: Database, graduate: PersonActor) => withHistory(db, graduate.id);

/**
 * A graduate's placements with their history, for staff.
 * @throws NotFound for anybody else
 */
export async function ofGraduate(db: Database, actor: Actor, personId: string) {
	if (!maySeeGraduates(actor)) throw new NotFound();
	return withHistory(db, personId);
}

async function withHistory(db: Database, personId: string) {
	const [placements, events] = await Promise.all([
		queries.placementsOf(db, personId),
		queries.eventsOf(db, personId)
	]);
	return placements.map((placement) => ({
		...placement,
		events: events
			.filter((event) => event.placementId === placement.id)
			.map(({ id, revision, action, happenedAt, byName }): PlacementEvent => ({
				id,
				revision,
				action,
				happenedAt,
				byName
			}))
	}));
}
