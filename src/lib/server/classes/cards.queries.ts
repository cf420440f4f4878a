import type { CardEventKind } from '#lib/domain/cards.ts';
import type { Database } from '../database/database.ts';
import { ROWS_AT_ONCE } from './classes.queries.ts';

/** Everybody enrolled, or one of them, with the card that works now, if there is one. */
export async function traineesWithCards(db: Database, classId: string, only?: string) {
	const rows = await db
		.selectFrom('enrolment')
		.innerJoin('person', 'person.id', 'enrolment.person_id')
		.leftJoin('card', (join) =>
			join
				.onRef('card.person_id', '=', 'enrolment.person_id')
				.onRef('card.class_id', '=', 'enrolment.class_id')
				.on('card.revoked_at', 'is', null)
		)
		.where('enrolment.class_id', '=', classId)
		.$if(only !== undefined, (rows) => rows.where('person.id', '=', only ?? ''))
		.select([
			'person.id as personId',
			'person.display_name as displayName',
			'card.id as cardId',
			'card.made_at as madeAt',
			'card.devices_allowed as devicesAllowed'
		])
		.select((eb) => [
			eb
				.selectFrom('card_device')
				.whereRef('card_device.card_id', '=', 'card.id')
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('deviceCount'),
			eb
				.selectFrom('card_device as first')
				.whereRef('first.card_id', '=', 'card.id')
				.select(({ fn }) => fn.min('first.bound_at').as('at'))
				.as('firstUsedAt'),
			eb
				.selectFrom('card_event')
				.whereRef('card_event.card_id', '=', 'card.id')
				.where('kind', 'in', ['asked', 'device_allowed'])
				.select('kind')
				.orderBy('at', 'desc')
				.limit(1)
				.as('lastWish'),
			eb
				.selectFrom('role_grant')
				.whereRef('role_grant.person_id', '=', 'person.id')
				.where('role', '<>', 'trainee')
				.where('revoked_at', 'is', null)
				.select(({ fn }) => fn.countAll<number>().as('n'))
				.as('otherRoles')
		])
		.orderBy('person.display_name')
		.orderBy('person.id')
		.execute();
	return rows.map(({ deviceCount, otherRoles, lastWish, ...row }) => ({
		...row,
		deviceCount: Number(deviceCount),
		isAskedForMore: lastWish === 'asked',
		mayHaveCard: Number(otherRoles) === 0
	}));
}

/** The card's row, written to without a change: whoever else wants it waits for this transaction. */
export const holdCard = (db: Database, id: string) =>
	db
		.updateTable('card')
		.set((eb) => ({ devices_allowed: eb.ref('devices_allowed') }))
		.where('id', '=', id)
		.where('revoked_at', 'is', null)
		.returning('devices_allowed as devicesAllowed')
		.executeTakeFirst();

export const cardBySecret = (db: Database, secretHash: string) =>
	db
		.selectFrom('card')
		.innerJoin('person', 'person.id', 'card.person_id')
		.where('secret_hash', '=', secretHash)
		.where('revoked_at', 'is', null)
		.select(['card.id', 'card.person_id as personId', 'display_name as displayName'])
		.select('devices_allowed as devicesAllowed')
		.executeTakeFirst();

/** What a card is used on, the first one first. */
export const devicesOf = (db: Database, cardId: string) =>
	db
		.selectFrom('card_device')
		.where('card_id', '=', cardId)
		.select(['device_hash as hash', 'device', 'bound_at as boundAt', 'last_used_at as lastUsedAt'])
		.orderBy('bound_at')
		.orderBy('device_hash')
		.execute();

export async function bindDevice(
	db: Database,
	row: { cardId: string; deviceHash: string; device: string; at: string }
): Promise<void> {
	await db
		.insertInto('card_device')
		.values({
			...{ card_id: row.cardId, device_hash: row.deviceHash, device: row.device },
			...{ bound_at: row.at, last_used_at: row.at }
		})
		.execute();
}

export async function noteUse(
	db: Database,
	row: { cardId: string; deviceHash: string; at: string }
): Promise<void> {
	await db
		.updateTable('card_device')
		.set({ last_used_at: row.at })
		.where('card_id', '=', row.cardId)
		.where('device_hash', '=', row.deviceHash)
		.execute();
}

/** The cards that sign this person in now, one for each class. */
export const cardsOfPerson = (db: Database, personId: string) =>
	db
		.selectFrom('card')
		.innerJoin('class', 'class.id', 'card.class_id')
		.where('card.person_id', '=', personId)
		.where('card.revoked_at', 'is', null)
		.select(['card.id', 'class.title as classTitle', 'made_at as madeAt'])
		.orderBy('made_at')
		.execute();

export async function allowDevices(db: Database, id: string, count: number): Promise<void> {
	await db.updateTable('card').set({ devices_allowed: count }).where('id', '=', id).execute();
}

export async function revokeCards(db: Database, ids: readonly string[], at: string) {
	if (ids.length === 0) return;
	await db
		.updateTable('card')
		.set({ revoked_at: at })
		.where('id', 'in', ids)
		.where('revoked_at', 'is', null)
		.execute();
}

export async function addCards(
	db: Database,
	rows: readonly { id: string; classId: string; personId: string; secretHash: string; at: string }[]
): Promise<void> {
	await db
		.insertInto('card')
		.values(
			rows.map((row) => ({
				id: row.id,
				class_id: row.classId,
				person_id: row.personId,
				secret_hash: row.secretHash,
				devices_allowed: 1,
				made_at: row.at,
				revoked_at: null
			}))
		)
		.execute();
}

export async function addEvents(
	db: Database,
	rows: readonly {
		id: string;
		cardId: string;
		kind: CardEventKind;
		by: string | undefined;
		at: string;
	}[]
): Promise<void> {
	for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
		await db
			.insertInto('card_event')
			.values(
				rows.slice(from, from + ROWS_AT_ONCE).map(({ id, cardId, kind, by, at }) => ({
					...{ id, card_id: cardId, kind, at },
					done_by: by ?? null
				}))
			)
			.execute();
}

/** All that happened to a person's cards of a class, the newest first. */
export const eventsOf = (db: Database, classId: string, personId: string, limit: number) =>
	db
		.selectFrom('card_event')
		.innerJoin('card', 'card.id', 'card_event.card_id')
		.leftJoin('person', 'person.id', 'card_event.done_by')
		.where('card.class_id', '=', classId)
		.where('card.person_id', '=', personId)
		.select(['card_event.id', 'kind', 'at', 'person.display_name as doneBy'])
		.orderBy('at', 'desc')
		.orderBy('card_event.id')
		.limit(limit)
		.execute();
