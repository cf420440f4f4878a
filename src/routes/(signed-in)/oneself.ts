import type { PersonActor } from '#lib/server/access/actor.ts';
import { NotFound } from '#lib/server/errors.ts';

/** Whoever asks: these pages are about oneself. @throws NotFound where that is nobody */
export function oneself({ actor }: App.Locals): PersonActor {
	if (actor.type !== 'person') throw new NotFound();
	return actor;
}
