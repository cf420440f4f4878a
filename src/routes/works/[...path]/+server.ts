import { say } from '#lib/words/problems.ts';
import type { RequestHandler } from './$types';

/** Pictures and films of practice tasks on their way in; permissions are checked in tus hooks. */
const handle: RequestHandler = ({ locals, request }) => {
	const { db, works, wakeWorker } = locals.app;
	return works.handle(request, { db, actor: locals.actor, received: wakeWorker, say });
};

export { handle as POST, handle as HEAD, handle as PATCH, handle as DELETE, handle as OPTIONS };
