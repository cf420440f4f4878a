/** All that a player needs of a lesson, as plain data for a page. */
import type { CaptionRegion } from '#lib/captions/cue.ts';
import { parseWebVtt } from '#lib/captions/webvtt.ts';
import type { CaptionLanguage, CaptionTier, TrackKind } from '#lib/domain/lessons.ts';
import { type AreaInput, withinLesson } from '#lib/domain/timeline.ts';
import type { Content, Film } from '#lib/domain/versions.ts';
import type { Actor } from '../access/actor.ts';
import type { WatchableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { draftOf } from '../publication/content.ts';
import * as versions from '../publication/versions.ts';
import * as composites from './composites.ts';
import type { EarlyLook } from './early.ts';
import * as glossary from './glossary.ts';
import * as steps from './steps.ts';
import * as tracks from './tracks.ts';

const CAPTION_NAMES: Record<CaptionLanguage, Record<CaptionTier, string>> = {
	'zh-CN': { full: '中文', plain: '中文（简明）' },
	en: { full: 'English', plain: 'English (plain)' }
};

/**
 * What is being worked on; undefined while there is no picture to show. What no lesson must have
 * (steps, turns, words …) is left out where there is none of it.
 */
export const presentationOf = (db: Database, lesson: Lesson, early: Looks = {}) =>
	presented(db, lesson, draftOf(db, lesson), { early });

/** A version as it was published. */
export const presentationOfVersion = (db: Database, lesson: Lesson, version: Version) =>
	presented(db, lesson, Promise.resolve(version.content), { versionNumber: version.number });

/** What somebody who learns sees: her class's version, or what is worked on where none is public. */
export async function presentationFor(db: Database, actor: Actor, lesson: WatchableLesson) {
	const version = await versions.seenBy(db, actor, lesson);
	if (version) return { version, presentation: await presentationOfVersion(db, lesson, version) };
	// Public without a version: what is worked on is for nobody else all the same.
	return { presentation: lesson.isPublished ? undefined : await presentationOf(db, lesson) };
}

type Lesson = Pick<WatchableLesson, 'id' | 'courseId'>;
/** Only for those who make the lesson: what can be seen of videos that are not whole yet. */
type Looks = Partial<Record<TrackKind, EarlyLook>>;

/** All that belongs to it is asked for in one round. */
async function presented(
	db: Database,
	lesson: Lesson,
	asked: Promise<Content>,
	{ versionNumber, early = {} }: { versionNumber?: number; early?: Looks }
) {
	const [content, composite, words] = await Promise.all([
		asked,
		composites.ofContent(db, lesson.id, asked, versionNumber === undefined),
		glossary.wordsFor(
			db,
			lesson.courseId,
			asked.then(({ captions }) => captions.map(({ webvtt }) => webvtt))
		)
	]);
	const demonstration = shown(content.demonstration, early.demonstration);
	if (!demonstration) return undefined;
	const { durationMs } = demonstration;
	const sign = shown(content.sign, early.sign);
	const { areas, sections, steps: all, turns } = content;
	return {
		title: content.title,
		durationMs,
		isSignedAtSource: content.teachingMode === 'signed_at_source',
		demonstration: {
			...demonstration,
			...some({ action: withinLesson(areas, durationMs).map(inShares) })
		},
		sign: sign && { ...sign, offsetMs: content.signOffsetMs, ...some({ sections }) },
		sound: demonstration.soundSrc === undefined ? undefined : { src: demonstration.soundSrc },
		...(sign && composite && { composite }),
		captions: content.captions.map((text) => captionChoice(lesson.id, text, versionNumber)),
		...some({ steps: withinLesson(steps.shown(all, content.demonstration), durationMs) }),
		...some({ turns: withinLesson(turns, durationMs) }),
		...some({ glossary: words })
	};
}

export type Presentation = NonNullable<Awaited<ReturnType<typeof presentationOf>>>;
type Version = versions.Version;

/** A property only where there is something in its list. */
const some = <Name extends string, Entry>(lists: Record<Name, Entry[]>) =>
	Object.fromEntries(
		Object.entries<Entry[]>(lists).filter(([, list]) => list.length > 0)
	) as Partial<Record<Name, Entry[]>>;

type Stream = Pick<Film, 'durationMs' | 'width' | 'height'> & { src: string } & Partial<
		ReturnType<typeof tracks.addressesOf>
	>;

function shown(track: Film | undefined, early: EarlyLook | undefined): Stream | undefined {
	const film = track ?? early;
	if (!film) return undefined;
	const { durationMs, width, height } = film;
	const addresses = 'src' in film ? { src: film.src } : tracks.addressesOf(film);
	return { ...addresses, durationMs, width, height };
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
	text: Content['captions'][number],
	versionNumber?: number
) {
	const { id, language, tier } = text;
	const { track } = parseWebVtt(text.webvtt);
	return {
		id,
		language,
		// A language is named in itself, whatever the page's language is.
		label: CAPTION_NAMES[language][tier],
		src: `/media/captions/${lessonId}/${language}${tier === 'plain' ? '.plain' : ''}.vtt${versionNumber === undefined ? '' : `?version=${versionNumber}`}`,
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
