/**
 * Printed cards: staff make them, a trainee scans hers and is in, without a name or password to
 * remember. A card works on the device it was first used on; the secret printed on it is nowhere
 * else, and only its hash is kept.
 */
import { type CardEventKind, MAX_CARDS_A_SHEET, MAX_DEVICES } from '#lib/domain/cards.ts';
import { readDevice } from '#lib/domain/devices.ts';
import type { Actor, PersonActor } from '../access/actor.ts';
import { type Authorized, grant } from '../access/authorized.ts';
import { type Database, isUniqueViolation } from '../database/database.ts';
import { Conflict, Invalid, NotFound } from '../errors.ts';
import { hashToken, newId, newToken, now } from '../ids.ts';
import * as sessions from '../people/sessions.ts';
import type { classById } from './classes.queries.ts';
import * as queries from './cards.queries.ts';
import * as run from './run.ts';

type Class = NonNullable<Awaited<ReturnType<typeof classById>>>;
export type CardsOfClass = { of: Authorized<Class, 'cards'>; by: PersonActor };
const SHOWN_EVENTS = 200;

/** Staff make cards and take them back. */
export async function forMaking(
	db: Database,
	actor: Actor,
	classId: string
): Promise<CardsOfClass> {
	const { found, by } = await run.forStaff(db, actor, classId);
	return { of: grant(found, 'cards'), by };
}

/** Everybody in the class, with her card and how many devices it is used on. */
export const ofClass = (db: Database, { of }: CardsOfClass) => queries.traineesWithCards(db, of.id);

/** One trainee with her card and all that happened to it and those before it. */
export async function ofPerson(db: Database, { of }: CardsOfClass, personId: string) {
	const [found] = await queries.traineesWithCards(db, of.id, personId);
	if (!found) throw new NotFound();
	const [devices, events] = await Promise.all([
		found.cardId === null ? [] : queries.devicesOf(db, found.cardId),
		queries.eventsOf(db, of.id, personId, SHOWN_EVENTS)
	]);
	return { ...found, devices: devices.map(asShown), events };
}

/** A device without what it is known by. */
export const asShown = ({
	device,
	boundAt,
	lastUsedAt
}: Awaited<ReturnType<typeof queries.devicesOf>>[number]) => ({
	device: readDevice(device),
	boundAt,
	lastUsedAt
});

/** As it goes onto paper, and nowhere else. */
export type PrintedCard = { personId: string; displayName: string; secret: string };

/**
 * New cards, shown this once. A card that somebody had before stops working, and she is signed out
 * wherever she is: a card is made anew because the old one was lost.
 * @throws Invalid when somebody is no trainee only: who may do more here signs in with a password
 * @throws Conflict when a colleague makes them at the same moment
 */
export async function make(
	db: Database,
	{ of, by }: CardsOfClass,
	personIds: readonly string[]
): Promise<PrintedCard[]> {
	if (personIds.length > MAX_CARDS_A_SHEET)
		throw new Invalid({ '': { code: 'too_many_entries', values: { limit: MAX_CARDS_A_SHEET } } });
	const wanted = new Set(personIds);
	try {
		return await db.transaction().execute(async (step) => {
			const trainees = (await queries.traineesWithCards(step, of.id)).filter(({ personId }) =>
				wanted.has(personId)
			);
			if (trainees.length === 0 || trainees.length < wanted.size) throw new NotFound();
			if (trainees.some(({ mayHaveCard }) => !mayHaveCard))
				throw new Invalid({ '': 'card_other_role' });
			const at = now();
			for (const { cardId, personId } of trainees)
				if (cardId) await takeBack(step, { cardId, personId }, by, at);
			const made = trainees.map(({ personId, displayName }) => ({
				...{ id: newId(), personId, displayName, secret: newToken() }
			}));
			await queries.addCards(
				step,
				made.map(({ id, personId, secret }) => ({
					...{ id, personId, classId: of.id, secretHash: hashToken(secret), at }
				}))
			);
			await record(step, made, 'made', by, at);
			return made.map(({ personId, displayName, secret }) => ({ personId, displayName, secret }));
		});
	} catch (error) {
		if (isUniqueViolation(error)) throw new Conflict('stale');
		throw error;
	}
}

/** Cards for everybody who has none and may have one, as many as fit on a sheet. */
export async function makeMissing(db: Database, cards: CardsOfClass): Promise<PrintedCard[]> {
	const missing = (await ofClass(db, cards))
		.filter(({ cardId, mayHaveCard }) => cardId === null && mayHaveCard)
		.slice(0, MAX_CARDS_A_SHEET);
	if (missing.length === 0) throw new Invalid({ '': 'cards_none_missing' });
	return make(
		db,
		cards,
		missing.map(({ personId }) => personId)
	);
}

/** Takes a card back: it signs nobody in any more, and whoever is signed in by it is signed out. */
export async function revoke(db: Database, { of, by }: CardsOfClass, personId: string) {
	await db.transaction().execute(async (step) => {
		const { cardId } = await currentOf(step, of.id, personId);
		await takeBack(step, { cardId, personId }, by, now());
	});
}

/**
 * Lets a card be used on one device more: a second phone, or a new one beside the old.
 * @throws Invalid beyond 5
 */
export async function allowOneMore(db: Database, { of, by }: CardsOfClass, personId: string) {
	await db.transaction().execute(async (step) => {
		const { cardId } = await currentOf(step, of.id, personId);
		const held = await queries.holdCard(step, cardId);
		if (!held) throw new NotFound();
		if (held.devicesAllowed >= MAX_DEVICES)
			throw new Invalid({ '': { code: 'card_devices_many', values: { limit: MAX_DEVICES } } });
		await queries.allowDevices(step, cardId, held.devicesAllowed + 1);
		await record(step, [{ id: cardId }], 'device_allowed', by, now());
	});
}

async function currentOf(step: Database, classId: string, personId: string) {
	const [trainee] = await queries.traineesWithCards(step, classId, personId);
	const cardId = trainee?.cardId;
	if (!cardId) throw new NotFound();
	return { cardId };
}

/** @param by nobody where whoever holds the card does it */
export async function takeBack(
	step: Database,
	{ cardId, personId }: { cardId: string; personId: string },
	by: PersonActor | undefined,
	at: string
): Promise<void> {
	await queries.revokeCards(step, [cardId], at);
	await record(step, [{ id: cardId }], 'revoked', by, at);
	await sessions.endAllOf(step, personId);
}

const record = (
	step: Database,
	cards: readonly { id: string }[],
	kind: CardEventKind,
	by: PersonActor | undefined,
	at: string
): Promise<void> =>
	queries.addEvents(
		step,
		cards.map(({ id }) => ({ id: newId(), cardId: id, kind, by: by?.id, at }))
	);
