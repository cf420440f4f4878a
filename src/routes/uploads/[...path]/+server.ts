import { say } from '#lib/words/problems.ts';
import type { RequestHandler } from './$types';

/** The tus protocol (see tus-uploads.ts); permissions are checked in its hooks, upload by upload. */
const handle: RequestHandler = ({ locals, request }) =>
	locals.app.uploads.handle(request, {
		db: locals.app.db,
		actor: locals.actor,
		received: () => locals.app.wakeWorker(),
		say
	});

export { handle as POST, handle as HEAD, handle as PATCH, handle as DELETE, handle as OPTIONS };
