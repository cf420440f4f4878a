import * as v from 'valibot';
import { id, line, lines, MAX_SUMMARY, MAX_TITLE, oneOf, withoutPersonalNumber } from './fields.ts';
import { CAPTION_LANGUAGES, CAPTION_TIERS, TEACHING_MODES, TRACK_KINDS } from './lessons.ts';
import { LADDER } from './skill-levels.ts';
import { SKILL_FIELDS } from './skills.ts';
import { TakeMetadata } from './takes.ts';

export const MAX_COVER_BYTES = 10 * 1024 * 1024;
/** A phone's film of two hours; the transcoder's own limits are on what is inside. */
export const MAX_UPLOAD_BYTES = 4 * 1024 * 1024 * 1024;

/** All videos of a course together, with what is made of them. */
export const MAX_COURSE_BYTES = 100 * 1024 * 1024 * 1024;

/** What a course prepares for: a level of an occupation, which others examine and certify. */
export const Prepares = v.object({
	occupation: v.pipe(line(MAX_TITLE), withoutPersonalNumber),
	level: v.picklist(LADDER)
});
export type Prepares = v.InferOutput<typeof Prepares>;

const Fields = v.object({
	title: line(MAX_TITLE),
	summary: lines(MAX_SUMMARY),
	skillField: oneOf(SKILL_FIELDS),
	occupation: v.optional(
		v.union([v.pipe(v.string(), v.trim(), v.literal('')), Prepares.entries.occupation]),
		''
	),
	skillLevel: v.pipe(
		v.optional(v.picklist(['', ...LADDER.map(String)], 'choose_one'), ''),
		v.transform((text) => LADDER.find((level) => String(level) === text))
	),
	/** A browser sends an empty file where none was chosen. */
	cover: v.optional(
		v.pipe(v.file('not_a_picture'), v.maxSize(MAX_COVER_BYTES, 'picture_too_large'))
	)
});

/** An occupation without a level says nothing, and a level without an occupation neither. */
export const CourseForm = v.pipe(
	Fields,
	v.forward(
		v.check((course) => course.occupation === '' || course.skillLevel !== undefined, 'choose_one'),
		['skillLevel']
	),
	v.forward(
		v.check((course) => course.occupation !== '' || course.skillLevel === undefined, 'required'),
		['occupation']
	),
	v.transform(({ occupation, skillLevel: level, ...course }) => ({
		...course,
		...(level !== undefined && { prepares: { occupation, level } })
	}))
);
export type CourseInput = Omit<v.InferOutput<typeof CourseForm>, 'cover'>;

/** Beside a form that makes something: the id it will have, so that a second press makes no second one. */
export const NewIdForm = v.object({ newId: id });

export const LessonForm = v.object({
	title: line(MAX_TITLE),
	summary: lines(MAX_SUMMARY),
	teachingMode: oneOf(TEACHING_MODES)
});
export type LessonInput = v.InferOutput<typeof LessonForm>;

export const CaptionForm = v.object({
	language: oneOf(CAPTION_LANGUAGES),
	tier: v.optional(oneOf(CAPTION_TIERS), 'full'),
	/** A browser sends a nameless file where none was chosen; an empty one is the captions' affair. */
	file: v.pipe(
		v.file('file_missing'),
		v.check(({ name, size }) => name !== '' || size > 0, 'file_missing')
	)
});

/** One of a lesson's videos. */
export const TrackForm = v.object({ lessonId: id, trackId: id });

/** Which of a lesson's captions are meant. */
export const CaptionChoice = v.object({
	language: oneOf(CAPTION_LANGUAGES),
	tier: v.optional(oneOf(CAPTION_TIERS), 'full')
});

/** What the caption studio saves; 0 where it began from nothing. */
export const CaptionsToSave = v.object({
	webvtt: v.string('required'),
	baseRevision: v.pipe(v.number('required'), v.integer('required'), v.minValue(0, 'required'))
});

/**
 * What a tus client says of a file before sending it (tus 1.0, Upload-Metadata): the lesson's track
 * of a kind as a whole, or with `take` one piece of it.
 */
export const UploadMetadata = v.pipe(
	v.object({
		lessonId: v.pipe(v.string(), v.uuid()),
		kind: oneOf(TRACK_KINDS),
		take: v.optional(TakeMetadata),
		fileName: v.pipe(v.string(), v.maxLength(300)),
		sizeBytes: v.pipe(
			v.number(),
			v.integer(),
			v.minValue(0),
			v.maxValue(MAX_UPLOAD_BYTES, 'video_too_large')
		)
	}),
	v.check(({ kind, take }) => take === undefined || kind === 'sign', 'track_not_wanted')
);
export type UploadInput = v.InferOutput<typeof UploadMetadata>;
