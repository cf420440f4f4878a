import { Readable } from 'node:stream';
import { dayOf } from '#lib/domain/days.ts';
import * as courses from '#lib/server/courses/courses.ts';
import { archive } from '#lib/server/exchange/export.ts';
import { answering } from '../../../../../answering.ts';
import type { RequestEvent } from './$types';

/** The course as a file, sent while it is written; its length is known, so a browser shows how far it is. */
export const GET = answering(async ({ locals, params }: RequestEvent) => {
	const { db, storage } = locals.app;
	const course = await courses.forEditing(db, locals.actor, params.courseId);
	const { sizeBytes, stream } = await archive(db, storage, course);
	const day = dayOf(new Date().toISOString());
	const name = encodeURIComponent(
		`${course.title.toWellFormed()}-${day}.zip`.replaceAll(/[/\\:*?"<>|']/g, '-')
	);
	return new Response(Readable.toWeb(stream) as ReadableStream, {
		headers: {
			'content-type': 'application/zip',
			'content-length': String(sizeBytes),
			'content-disposition': `attachment; filename="course-${day}.zip"; filename*=UTF-8''${name}`,
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store'
		}
	});
});

/** Whether there is something to fetch; without opening a file of it. */
export const HEAD = answering(async ({ locals, params }: RequestEvent) => {
	await courses.forEditing(locals.app.db, locals.actor, params.courseId);
	return new Response(null, { headers: { 'content-type': 'application/zip' } });
});
