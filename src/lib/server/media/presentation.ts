/** All that a player needs of a lesson, as plain data for a page. */
import { parseWebVtt } from '#lib/captions/webvtt.ts';
import type { CaptionLanguage } from '#lib/domain/lessons.ts';
import type { WatchableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import * as captions from './captions.ts';
import * as tracks from './tracks.ts';

const CAPTION_NAMES: Record<CaptionLanguage, string> = { 'zh-CN': '中文', en: 'English' };

type ReadyTrack = Awaited<ReturnType<typeof tracks.ofLesson>>[number];

/** The lesson's ready tracks and captions; undefined while there is no picture to show. */
export async function presentationOf(db: Database, lesson: WatchableLesson) {
	const [all, texts] = await Promise.all([
		tracks.ofLesson(db, lesson.id),
		captions.textsOf(db, lesson.id)
	]);
	const demonstration = stream(all.find(({ kind }) => kind === 'demonstration'));
	if (!demonstration) return undefined;
	const isSignedAtSource = lesson.teachingMode === 'signed_at_source';
	const sign = isSignedAtSource ? undefined : stream(all.find(({ kind }) => kind === 'sign'));
	return {
		title: lesson.title,
		durationMs: demonstration.durationMs,
		isSignedAtSource,
		demonstration,
		sign: sign && { ...sign, offsetMs: 0 },
		sound: demonstration.soundSrc === undefined ? undefined : { src: demonstration.soundSrc },
		captions: texts.map(({ id, language, webvtt }) => ({
			id,
			language,
			// A language is named in itself, whatever the page's language is.
			label: CAPTION_NAMES[language],
			src: `/media/captions/${lesson.id}/${language}.vtt`,
			cues: cuesOf(webvtt)
		}))
	};
}

export type Presentation = NonNullable<Awaited<ReturnType<typeof presentationOf>>>;

function stream(track: ReadyTrack | undefined) {
	if (track?.state !== 'ready') return undefined;
	const { id, digest, durationMs, width, height, hasSound } = track;
	if (digest === null || durationMs === null || width === null || height === null) return undefined;
	return { ...tracks.addressesOf({ id, digest, hasSound }), durationMs, width, height };
}

const cuesOf = (webvtt: string) => {
	const parsed = parseWebVtt(webvtt);
	return parsed.track.cues.map(({ id, startMs, endMs, text, settings }) => ({
		id,
		startMs,
		endMs,
		text,
		settings
	}));
};
