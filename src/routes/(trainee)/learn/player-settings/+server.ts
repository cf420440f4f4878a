import { MAX_SETTINGS_CHARACTERS, PlayerSettings } from '#lib/domain/player-settings.ts';
import { NotFound } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import * as playerSettings from '#lib/server/people/player-settings.ts';
import { answering } from '../../../answering.ts';
import { jsonBody } from '../../../json-body.ts';
import type { RequestEvent } from './$types';

/** What somebody chose in the player, for his next device. */
export const POST = answering(async ({ locals, request }: RequestEvent) => {
	if (locals.actor.type !== 'person') throw new NotFound();
	const settings = read(PlayerSettings, await jsonBody(request, MAX_SETTINGS_CHARACTERS));
	await playerSettings.save(locals.app.db, locals.actor, settings);
	return new Response(null, { status: 204 });
});
