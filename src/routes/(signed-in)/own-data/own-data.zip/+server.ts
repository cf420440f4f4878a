import { Readable } from 'node:stream';
import { dayOf } from '#lib/domain/days.ts';
import * as ownData from '#lib/server/own-data/own-data.ts';
import { answering } from '../../../answering.ts';
import { oneself } from '../../oneself.ts';
import type { RequestEvent } from './$types';

/** Everything that is held about whoever asks, as a file; its length is known. */
export const GET = answering(async ({ locals }: RequestEvent) => {
	const { db, storage } = locals.app;
	const { sizeBytes, stream } = await ownData.archiveOf(db, storage, oneself(locals));
	const day = dayOf(new Date().toISOString());
	return new Response(Readable.toWeb(stream) as ReadableStream, {
		headers: {
			'content-type': 'application/zip',
			'content-length': String(sizeBytes),
			'content-disposition': `attachment; filename="own-data-${day}.zip"`,
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store'
		}
	});
});
