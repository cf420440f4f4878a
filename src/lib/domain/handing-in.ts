/** Work that a trainee hands in for a practice task: what it may be, and how far it has come. */
import * as v from 'valibot';
import { id, lines, oneOf } from './fields.ts';
import { MAX_PHOTOS, MAX_VIDEOS } from './practice.ts';

export const SUBMISSION_STATES = ['draft', 'sent', 'looking', 'passed', 'again'] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

/** `comment` and `answer` are films of somebody who signs: what she, or the instructor, has to say. */
export const WORK_KINDS = ['photo', 'video', 'comment', 'answer'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];
export type WorkState = 'arriving' | 'waiting' | 'ready' | 'failed';

/** Of a submission; of answers, those of one instructor that are not given yet. */
export const MAX_WORKS: Readonly<Record<WorkKind, number>> = {
	...{ photo: MAX_PHOTOS, video: MAX_VIDEOS, comment: 1, answer: 1 }
};
const MB = 1024 * 1024;
export const MAX_PHOTO_BYTES = 20 * MB;
/** Three minutes as most phones film them. */
export const MAX_FILM_BYTES = 500 * MB;
export const MAX_WORK_COMMENT = 200;

/** Pictures sent by a form; a browser sends a nameless empty file where none was chosen. */
export const PhotosForm = v.object({
	photos: v.pipe(
		v.array(v.file('file_missing')),
		v.transform((files) => files.filter(({ size }) => size > 0)),
		v.minLength(1, 'file_missing'),
		v.maxLength(MAX_PHOTOS, 'works_many'),
		v.check((files) => files.every(({ size }) => size <= MAX_PHOTO_BYTES), 'photo_too_large')
	)
});

/** What a tus client says of a file before sending it. */
export const WorkMetadata = v.pipe(
	v.object({
		/** Of a trainee's work the lesson, of an answer the submission. */
		of: id,
		kind: oneOf(WORK_KINDS),
		sizeBytes: v.pipe(v.number(), v.integer(), v.minValue(1, 'file_empty'))
	}),
	v.check(
		({ kind, sizeBytes }) => kind !== 'photo' || sizeBytes <= MAX_PHOTO_BYTES,
		'photo_too_large'
	),
	v.check(({ sizeBytes }) => sizeBytes <= MAX_FILM_BYTES, 'film_too_large')
);
export type WorkInput = v.InferOutput<typeof WorkMetadata>;

export const SendForm = v.object({ id, comment: lines(MAX_WORK_COMMENT) });
export const RemoveWorkForm = v.object({ id, workId: id });
