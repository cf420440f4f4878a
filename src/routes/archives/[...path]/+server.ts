import { say } from '#lib/words/problems.ts';
import type { RequestHandler } from './$types';

/** Courses on their way in, by the tus protocol; permissions are checked in its hooks. */
const handle: RequestHandler = ({ locals, request }) =>
	locals.app.archives.handle(request, {
		db: locals.app.db,
		actor: locals.actor,
		received: () => locals.app.wakeWorker(),
		say
	});

export { handle as POST, handle as HEAD, handle as PATCH, handle as DELETE, handle as OPTIONS };
