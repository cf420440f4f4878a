import type { PersonActor } from '#lib/server/access/actor.ts';
import type { App } from '#lib/server/app.ts';
import * as uploads from '#lib/server/media/uploads.ts';

/** This person's unfinished uploads of a lesson of which something has arrived. */
export async function earlierUploads(
	app: Pick<App, 'db' | 'uploads'>,
	lessonId: string,
	by: PersonActor
) {
	const unfinished = await uploads.unfinishedOf(app.db, lessonId, by);
	const withArrived = await Promise.all(
		unfinished.map(async (upload) => ({
			...upload,
			arrivedBytes: (await app.uploads.arrivedBytes(upload.id)) ?? 0
		}))
	);
	return withArrived.filter(({ arrivedBytes }) => arrivedBytes > 0);
}
