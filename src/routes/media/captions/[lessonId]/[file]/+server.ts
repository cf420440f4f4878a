import { writeSrt } from '#lib/captions/srt.ts';
import { parseWebVtt } from '#lib/captions/webvtt.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import { VersionNumber } from '#lib/domain/versions.ts';
import { NotFound } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import * as captions from '#lib/server/media/captions.ts';
import * as versions from '#lib/server/publication/versions.ts';
import { answering } from '../../../../answering.ts';
import type { RequestEvent } from './$types';

/** `en.vtt`, `en.plain.vtt`, and either as `.srt`. */
const FILE = /^(?<language>[A-Za-z-]+)(?<plain>\.plain)?\.(?<format>vtt|srt)$/;
const TYPES: Record<string, string> = { vtt: 'text/vtt', srt: 'application/x-subrip' };

/** Of the version that is named; else what this person sees, which is the draft for who makes it. */
async function textsOf(
	{ app, actor }: App.Locals,
	lesson: lessons.WatchableLesson,
	version: string | null
) {
	if (version !== null)
		return (await versions.byNumber(app.db, lesson, read(VersionNumber, version))).content.captions;
	if (!lesson.isEnrolled || !lesson.isPublished) return await captions.textsOf(app.db, lesson.id);
	return (await versions.seenBy(app.db, actor, lesson))?.content.captions ?? [];
}

/** A lesson's captions as a file: for players without our script, and to take away (`?download`). */
export const GET = answering(async ({ locals, params, url }: RequestEvent) => {
	const lesson = await lessons.forWatching(locals.app.db, locals.actor, params.lessonId);
	const { language, plain, format = '' } = FILE.exec(params.file)?.groups ?? {};
	const tier = plain ? 'plain' : 'full';
	const texts = await textsOf(locals, lesson, url.searchParams.get('version'));
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
