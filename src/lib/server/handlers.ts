/** Which capability does which job. */
import type { App } from './app.ts';
import { giveUpImport, importNow } from './exchange/import.ts';
import { IMPORT_COURSE } from './exchange/imports.ts';
import type { Handlers } from './jobs/runner.ts';
import * as composites from './media/composites.ts';
import * as glossary from './media/glossary.ts';
import { giveUpJoin, JOIN_TAKES, joinNow } from './media/joined-takes.ts';
import { giveUp, prepareNow } from './media/prepare.ts';
import * as steps from './media/steps.ts';
import * as takes from './media/takes.ts';
import { PREPARE_TRACK } from './media/tracks.ts';
import * as films from './practice/films.ts';
import * as refresh from './storefronts/refresh.ts';

export const handlersFor = ({
	db,
	storage,
	transcoder,
	uploads,
	archives,
	works,
	outside
}: App): Handlers => ({
	[PREPARE_TRACK]: {
		run: (payload, signal) => prepareNow(db, { storage, transcoder, uploads }, payload, signal),
		givenUp: (payload, error) => giveUp(db, payload, error)
	},
	[steps.TAKE_PICTURES]: {
		run: (payload, signal) => steps.takePictures(db, transcoder, payload, signal)
	},
	[glossary.PREPARE_CLIP]: {
		run: (payload, signal) => glossary.prepareClip(db, { storage, transcoder }, payload, signal),
		givenUp: (payload, error) => glossary.giveUpClip(db, payload, error)
	},
	[takes.CHECK_TAKE]: {
		run: (payload) => takes.checkNow(db, { storage, transcoder, uploads }, payload),
		givenUp: (payload, error) => takes.giveUpCheck(db, payload, error)
	},
	[JOIN_TAKES]: {
		run: (payload, signal) => joinNow(db, transcoder, payload, signal),
		givenUp: (payload, error) => giveUpJoin(db, payload, error)
	},
	[takes.FORGET_TAKES]: {
		run: (payload) => takes.forgetNow(db, storage, payload)
	},
	[films.PREPARE_FILM]: {
		run: (payload, signal) =>
			films.prepareNow(db, { storage, transcoder, uploads: works }, payload, signal),
		givenUp: (payload, error) => films.giveUp(db, payload, error)
	},
	[IMPORT_COURSE]: {
		run: (payload, signal) => importNow(db, { storage, transcoder, archives }, payload, signal),
		givenUp: (payload) => giveUpImport(db, { storage, archives }, payload)
	},
	[composites.COMPOSE]: {
		run: (payload, signal) => composites.composeNow(db, { storage, transcoder }, payload, signal),
		givenUp: (payload) => composites.giveUp(db, payload)
	},
	[refresh.REFRESH_PRODUCTS]: {
		run: (payload, signal) => refresh.refreshNow(db, { storage, outside }, payload, signal),
		givenUp: (payload) => refresh.giveUp(db, payload)
	}
});
