import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { error } from '@sveltejs/kit';
import * as courses from '#lib/server/courses/courses.ts';
import { isId } from '#lib/domain/fields.ts';
import * as clips from '#lib/server/media/clips.ts';
import { answering } from '../../../../../../../../answering.ts';
import type { RequestEvent } from './$types';

/** The film of a word's sign, as it is; sent again under the same id, it is kept once. */
export const PUT = answering(async ({ locals, params, request }: RequestEvent) => {
	const { db, wakeWorker } = locals.app;
	const course = await courses.forEditing(db, locals.actor, params.courseId);
	if (!isId(params.clipId) || !request.body) error(400, 'a film expected');
	const length = request.headers.get('content-length');
	await clips.receive(db, locals.app, course, params.termId, {
		id: params.clipId,
		bytes: Readable.fromWeb(request.body as ReadableStream<Uint8Array>),
		...(length !== null && { sizeBytes: Number(length) })
	});
	wakeWorker();
	return new Response(null, { status: 204 });
});
