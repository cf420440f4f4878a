import type { PersonActor } from '#lib/server/access/actor.ts';
import type { App } from '#lib/server/app.ts';
import * as uploads from '#lib/server/media/uploads.ts';

type Tools = Pick<App, 'db' | 'uploads'>;

/** Those of which something has arrived, with how much. */
async function arrived<Upload extends { id: string }>(app: Tools, unfinished: Upload[]) {
	const withArrived = await Promise.all(
		unfinished.map(async (upload) => ({
			...upload,
			arrivedBytes: (await app.uploads.arrivedBytes(upload.id)) ?? 0
		}))
	);
	return withArrived.filter(({ arrivedBytes }) => arrivedBytes > 0);
}

/** This person's unfinished uploads of a lesson. */
export const earlierUploads = async (app: Tools, lessonId: string, by: PersonActor) =>
	arrived(app, await uploads.unfinishedOf(app.db, lessonId, by));

/** All of this person's unfinished uploads, takes too. */
export const allEarlierUploads = async (app: Tools, by: PersonActor) =>
	arrived(app, await uploads.unfinishedBy(app.db, by));
