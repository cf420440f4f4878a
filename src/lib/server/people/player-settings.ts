/** What a person chose in the player, for every device she signs in on. Her own, and nobody else's. */
import type { PlayerSettings } from '#lib/domain/player-settings.ts';
import type { PersonActor } from '../access/actor.ts';
import type { Database } from '../database/database.ts';
import { now } from '../ids.ts';
import * as queries from './player-settings.queries.ts';

/** Keeps the choices of whoever asks, in place of her earlier ones. */
export const save = (db: Database, actor: PersonActor, settings: PlayerSettings): Promise<void> =>
	queries.putSettings(db, {
		personId: actor.id,
		settings: JSON.stringify(settings),
		updatedAt: now()
	});

/** The choices of whoever asks; undefined when there are none yet. */
export async function forPerson(
	db: Database,
	actor: PersonActor
): Promise<PlayerSettings | undefined> {
	const text = await queries.settingsOf(db, actor.id);
	return text === undefined ? undefined : (JSON.parse(text) as PlayerSettings);
}
