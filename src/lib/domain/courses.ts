import * as v from 'valibot';
import { line, lines, MAX_SUMMARY, MAX_TITLE, oneOf } from './fields.ts';
import { CAPTION_LANGUAGES, TEACHING_MODES, TRACK_KINDS } from './lessons.ts';
import { SKILL_FIELDS } from './skills.ts';

export const MAX_COVER_BYTES = 10 * 1024 * 1024;
/** A phone's film of two hours; the transcoder's own limits are on what is inside. */
export const MAX_UPLOAD_BYTES = 4 * 1024 * 1024 * 1024;

export const CourseForm = v.object({
	title: line(MAX_TITLE),
	summary: lines(MAX_SUMMARY),
	skillField: oneOf(SKILL_FIELDS)
});
export type CourseInput = v.InferOutput<typeof CourseForm>;

export const LessonForm = v.object({
	title: line(MAX_TITLE),
	summary: lines(MAX_SUMMARY),
	teachingMode: oneOf(TEACHING_MODES)
});
export type LessonInput = v.InferOutput<typeof LessonForm>;

export const CaptionForm = v.object({
	language: oneOf(CAPTION_LANGUAGES),
	file: v.pipe(v.file('file_missing'), v.minSize(1, 'file_missing'))
});

/** What a tus client says of a file before sending it (tus 1.0, Upload-Metadata). */
export const UploadMetadata = v.object({
	lessonId: v.pipe(v.string(), v.uuid()),
	kind: oneOf(TRACK_KINDS),
	fileName: v.pipe(v.string(), v.maxLength(300)),
	sizeBytes: v.pipe(
		v.number(),
		v.integer(),
		v.minValue(0),
		v.maxValue(MAX_UPLOAD_BYTES, 'file_too_large')
	)
});
export type UploadInput = v.InferOutput<typeof UploadMetadata>;
