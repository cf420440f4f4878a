import { json } from '@sveltejs/kit';
import { NotFound } from '#lib/server/errors.ts';
import { recordedFor } from '#lib/server/media/recorded-for.ts';
import { answering } from '../../../../answering.ts';
import { allEarlierUploads } from '../../lessons/[lessonId]/earlier-uploads.ts';
import type { RequestEvent } from './$types';

/**
 * How far files are that have not arrived whole, and, by the ids in `for`, what a browser's own
 * recordings are for.
 */
export const GET = answering(async ({ locals, url }: RequestEvent) => {
	const { actor, app } = locals;
	if (actor.type !== 'person') throw new NotFound();
	const [uploads, known] = await Promise.all([
		allEarlierUploads(app, actor),
		recordedFor(app.db, actor, url.searchParams.getAll('for'))
	]);
	return json({ uploads, ...known });
});
