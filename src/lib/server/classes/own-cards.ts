/** A trainee's own cards: where they were used, first and last, and how she stops one. */
import type { Actor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { hashToken, now } from '../ids.ts';
import { asShown, takeBack } from './cards.ts';
import * as queries from './cards.queries.ts';

/**
 * Her cards that work now, each with what it was used on.
 * @param device what this device holds, so that it is known among them
 */
export async function of(db: Database, actor: Actor, device: string | undefined) {
	if (actor.type !== 'person') throw new NotFound();
	const here = device === undefined ? undefined : hashToken(device);
	const cards = await queries.cardsOfPerson(db, actor.id);
	return Promise.all(
		cards.map(async (card) => ({
			...card,
			devices: (await queries.devicesOf(db, card.id)).map((row) => ({
				...asShown(row),
				isHere: row.hash === here
			}))
		}))
	);
}

/**
 * Stops one of her cards, and signs her out wherever she is: somebody else may be in by it.
 * @throws NotFound when it is not hers, or works no more
 */
export async function stop(db: Database, actor: Actor, cardId: string): Promise<void> {
	if (actor.type !== 'person') throw new NotFound();
	const own = await queries.cardsOfPerson(db, actor.id);
	if (!own.some(({ id }) => id === cardId)) throw new NotFound();
	const which = { cardId, personId: actor.id };
	await db.transaction().execute((step) => takeBack(step, which, undefined, now()));
}
