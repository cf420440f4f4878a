/** All that a player needs of a lesson, as plain data for a page. */
import type { CaptionRegion } from '#lib/captions/cue.ts';
import { parseWebVtt } from '#lib/captions/webvtt.ts';
import type { CaptionLanguage, CaptionTier } from '#lib/domain/lessons.ts';
import { type AreaInput, withinLesson } from '#lib/domain/timeline.ts';
import type { WatchableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import * as captions from './captions.ts';
import * as composites from './composites.ts';
import * as glossary from './glossary.ts';
import * as steps from './steps.ts';
import * as timeline from './timeline.ts';
import * as tracks from './tracks.ts';

const CAPTION_NAMES: Record<CaptionLanguage, Record<CaptionTier, string>> = {
	'zh-CN': { full: '中文', plain: '中文（简明）' },
	en: { full: 'English', plain: 'English (plain)' }
};

/**
 * The lesson's ready tracks and all that belongs to them, asked for in one round; undefined while
 * there is no picture to show. What no lesson must have (steps, turns, words …) is left out where
 * there is none of it.
 */
export async function presentationOf(db: Database, lesson: WatchableLesson) {
	const current = tracks.readyOf(db, lesson.id);
	const written = captions.textsOf(db, lesson.id);
	const [ready, texts, stepsOf, turns, areas, sections, composite, words] = await Promise.all([
		current,
		written,
		steps.ofLesson(
			db,
			lesson.id,
			current.then(({ demonstration }) => demonstration)
		),
		timeline.turnsOf(db, lesson.id),
		timeline.areasOf(db, lesson.id),
		timeline.sectionsOf(db, lesson.id),
		composites.ofLesson(db, lesson.id, current),
		glossary.wordsFor(
			db,
			lesson.courseId,
			written.then((all) => all.map(({ webvtt }) => webvtt))
		)
	]);
	if (!ready.demonstration) return undefined;
	const { durationMs } = ready.demonstration;
	const demonstration = stream(ready.demonstration);
	const isSignedAtSource = lesson.teachingMode === 'signed_at_source';
	const sign = isSignedAtSource ? undefined : ready.sign;
	return {
		title: lesson.title,
		durationMs,
		isSignedAtSource,
		demonstration: {
			...demonstration,
			...some({ action: withinLesson(areas, durationMs).map(inShares) })
		},
		sign: sign && { ...stream(sign), offsetMs: lesson.signOffsetMs, ...some({ sections }) },
		sound: demonstration.soundSrc === undefined ? undefined : { src: demonstration.soundSrc },
		...(sign && composite && { composite }),
		captions: texts.map((text) => captionChoice(lesson.id, text)),
		...some({ steps: withinLesson(stepsOf, durationMs) }),
		...some({ turns: withinLesson(turns, durationMs) }),
		...some({ glossary: words })
	};
}

export type Presentation = NonNullable<Awaited<ReturnType<typeof presentationOf>>>;

/** A property only where there is something in its list. */
const some = <Name extends string, Entry>(lists: Record<Name, Entry[]>) =>
	Object.fromEntries(
		Object.entries<Entry[]>(lists).filter(([, list]) => list.length > 0)
	) as Partial<Record<Name, Entry[]>>;

function stream(track: tracks.ReadyTrack) {
	const { durationMs, width, height } = track;
	return { ...tracks.addressesOf(track), durationMs, width, height };
}

const inShares = ({ startMs, endMs, x, y, width, height }: AreaInput) => ({
	startMs,
	endMs,
	x: x / 1000,
	y: y / 1000,
	width: width / 1000,
	height: height / 1000
});

function captionChoice(
	lessonId: string,
	text: { id: string; language: CaptionLanguage; tier: CaptionTier; webvtt: string }
) {
	const { id, language, tier } = text;
	const { track } = parseWebVtt(text.webvtt);
	return {
		id,
		language,
		// A language is named in itself, whatever the page's language is.
		label: CAPTION_NAMES[language][tier],
		src: `/media/captions/${lessonId}/${language}${tier === 'plain' ? '.plain' : ''}.vtt`,
		cues: track.cues.map(({ id, startMs, endMs, text, settings }) => ({
			id,
			startMs,
			endMs,
			text,
			settings
		})),
		...some<'regions', CaptionRegion>({ regions: track.regions })
	};
}
