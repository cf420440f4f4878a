import * as attachments from '#lib/server/media/attachments.ts';
import { serve } from '#lib/server/media/serve.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** A file that goes along with a lesson, to be kept, for whoever may watch it. */
export const GET = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, storage } = locals.app;
	const { lessonId, attachmentId } = params;
	const { key, name } = await attachments.forFetching(db, locals.actor, lessonId, attachmentId);
	const response = await serve(storage, key, request);
	// RFC 6266: never shown as a page of ours, whatever is in it; the name as RFC 8187 writes it.
	response.headers.set(
		'content-disposition',
		`attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, escaped)}`
	);
	return response;
});

const escaped = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

export const HEAD = GET;
