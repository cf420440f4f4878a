/**
 * A card in the hand of whoever scanned it. Looking at it changes nothing: a messenger that opens
 * every link for a preview uses nothing up. Only pressing the button binds and signs in.
 */
import type { CardEventKind } from '#lib/domain/cards.ts';
import { type Device, deviceNamed, keptDevice, readDevice } from '#lib/domain/devices.ts';
import type { Database } from '../database/database.ts';
import { hashToken, newId, newToken, now } from '../ids.ts';
import * as people from '../people/people.ts';
import { allow, takeBack } from '../people/rate-limits.ts';
import { takeBack as takeCardBack } from './cards.ts';
import * as queries from './cards.queries.ts';

/** Secrets cannot be guessed; who tries all the same gets this many. */
const WRONG_TRIES = { limit: 20, withinMinutes: 15 };
/** Uses of one card: every one leaves a row. */
const USES = { limit: 30, withinMinutes: 15 };

/**
 * `ready`: the button signs in here. `elsewhere`: it is used on another device, and on as many as
 * it may be. `gone`: there is no such card, or it was taken back.
 */
export type CardState =
	| { state: 'ready'; displayName: string }
	| { state: 'elsewhere'; displayName: string; first: FirstUse | undefined }
	| { state: 'gone' };

/** Where and when a card was used first: whoever holds it can tell whether that was she. */
export type FirstUse = { device: Device | undefined; at: string };

type Presented = {
	/** What stands on the card. */
	secret: string;
	/** What the device holds, if it was here before. */
	device: string | undefined;
	/** What its browser calls itself. */
	agent?: string | undefined;
	/** Whose wrong secrets are counted. Right ones are not: a class scans in one room. */
	address: string;
};

/** @throws TooMany after 20 wrong secrets in 15 minutes */
async function presented(db: Database, { secret, address }: Presented) {
	const bucket = `card from ${hashToken(address)}`;
	await allow(db, bucket, WRONG_TRIES);
	const card = await queries.cardBySecret(db, hashToken(secret));
	if (!card) return undefined;
	await takeBack(db, bucket);
	// She may do more here since: a card, which needs no password, must not open that.
	const roles = await people.rolesOf(db, card.personId);
	return roles.every((role) => role === 'trainee') ? card : undefined;
}

type Devices = Awaited<ReturnType<typeof queries.devicesOf>>;
const isKnown = (devices: Devices, device: string | undefined): boolean =>
	device !== undefined && devices.some(({ hash }) => hash === hashToken(device));

function elsewhere({ displayName }: { displayName: string }, [first]: Devices): CardState {
	const use = first && { device: readDevice(first.device), at: first.boundAt };
	return { state: 'elsewhere', displayName, first: use };
}

/** Whose card it is, and whether it can be used here. */
export async function look(db: Database, given: Presented): Promise<CardState> {
	const card = await presented(db, given);
	if (!card) return { state: 'gone' };
	const devices = await queries.devicesOf(db, card.id);
	const isFree = devices.length < card.devicesAllowed;
	if (!isKnown(devices, given.device) && !isFree) return elsewhere(card, devices);
	return { state: 'ready', displayName: card.displayName };
}

export type Used = { state: 'in'; personId: string; device: string } | CardState;

/**
 * Uses a card: binds it to this device if it may be, and says who is to be signed in. Of two
 * devices that are first at the same moment, one is.
 * @throws TooMany after 30 uses of one card in 15 minutes
 */
export async function use(db: Database, given: Presented): Promise<Used> {
	const card = await presented(db, given);
	if (!card) return { state: 'gone' };
	await allow(db, `card ${card.id}`, USES);
	const device = given.device ?? newToken();
	return db.transaction().execute(async (step): Promise<Used> => {
		const held = await queries.holdCard(step, card.id);
		if (!held) return { state: 'gone' };
		const at = now();
		const devices = await queries.devicesOf(step, card.id);
		const key = { cardId: card.id, deviceHash: hashToken(device), at };
		if (!isKnown(devices, device)) {
			if (devices.length >= held.devicesAllowed) {
				await record(step, card.id, 'refused', at);
				return elsewhere(card, devices);
			}
			const named = keptDevice(deviceNamed(given.agent ?? ''));
			await queries.bindDevice(step, { ...key, device: named });
			await record(step, card.id, 'bound', at);
		} else {
			await queries.noteUse(step, key);
			await record(step, card.id, 'used', at);
		}
		return { state: 'in', personId: card.personId, device };
	});
}

/** Whoever was refused asks staff for this device; they see it beside the card. */
export async function ask(db: Database, given: Presented): Promise<void> {
	const card = await presented(db, given);
	if (!card) return;
	await allow(db, `card ${card.id}`, USES);
	await record(db, card.id, 'asked', now());
}

/**
 * Whoever holds the card stops it: somebody else used it first. It signs nobody in any more, and
 * whoever is in by it is out; staff make a new one.
 */
export async function stop(db: Database, given: Presented): Promise<void> {
	const card = await presented(db, given);
	if (!card) return;
	await allow(db, `card ${card.id}`, USES);
	await db
		.transaction()
		.execute((step) =>
			takeCardBack(step, { cardId: card.id, personId: card.personId }, undefined, now())
		);
}

const record = (step: Database, cardId: string, kind: CardEventKind, at: string): Promise<void> =>
	queries.addEvents(step, [{ id: newId(), cardId, kind, by: undefined, at }]);
