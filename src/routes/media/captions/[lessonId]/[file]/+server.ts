import { CAPTION_LANGUAGES } from '#lib/domain/lessons.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { NotFound } from '#lib/server/errors.ts';
import * as captions from '#lib/server/media/captions.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** `<language>.vtt`: a lesson's captions as a file, for players without our script. */
export const GET = answering(async ({ locals, params }: RequestEvent) => {
	const lesson = await lessons.forWatching(locals.app.db, locals.actor, params.lessonId);
	const language = CAPTION_LANGUAGES.find((known) => params.file === `${known}.vtt`);
	const texts = await captions.textsOf(locals.app.db, lesson.id);
	const found = texts.find((text) => text.language === language);
	if (!found) throw new NotFound();
	return new Response(found.webvtt, {
		headers: {
			'content-type': 'text/vtt; charset=utf-8',
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-cache'
		}
	});
});
