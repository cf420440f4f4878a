import { writeSrt } from '#lib/captions/srt.ts';
import { parseWebVtt } from '#lib/captions/webvtt.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import * as captions from '#lib/server/media/captions.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** `en.vtt`, `en.plain.vtt`, and either as `.srt`. */
const FILE = /^(?<language>[A-Za-z-]+)(?<plain>\.plain)?\.(?<format>vtt|srt)$/;
const TYPES: Record<string, string> = { vtt: 'text/vtt', srt: 'application/x-subrip' };

/** A lesson's captions as a file: for players without our script, and to take away (`?download`). */
export const GET = answering(async ({ locals, params, url }: RequestEvent) => {
	const lesson = await lessons.forWatching(locals.app.db, locals.actor, params.lessonId);
	const { language, plain, format = '' } = FILE.exec(params.file)?.groups ?? {};
	const tier = plain ? 'plain' : 'full';
	const texts = await captions.textsOf(locals.app.db, lesson.id);
	const found = texts.find((text) => text.language === language && text.tier === tier);
	if (!found) throw new NotFound();
	const text = format === 'srt' ? writeSrt(parseWebVtt(found.webvtt).track) : found.webvtt;
	return new Response(text, {
		headers: {
			'content-type': `${TYPES[format]}; charset=utf-8`,
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-cache',
			...(url.searchParams.has('download') && {
				'content-disposition': `attachment; filename="${params.file}"`
			})
		}
	});
});
