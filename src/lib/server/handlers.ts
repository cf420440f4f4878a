/** Which capability does which job. */
import type { App } from './app.ts';
import type { Handlers } from './jobs/runner.ts';
import * as tracks from './media/tracks.ts';

export const handlersFor = ({ db, storage, transcoder, uploads }: App): Handlers => ({
	[tracks.PREPARE_TRACK]: {
		run: (payload, signal) =>
			tracks.prepareNow(db, { storage, transcoder, uploads }, payload, signal),
		givenUp: (payload) => tracks.giveUp(db, payload)
	}
});
