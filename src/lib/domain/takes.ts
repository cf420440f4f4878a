/**
 * Takes: recordings of a signer, each made over a part of the demonstration. Where each stands in
 * the lesson follows from when it was recorded, so that the signing is seen where it was made.
 */
import * as v from 'valibot';
import { id } from './fields.ts';
import { MAX_LESSON_MS, type Section, type Span } from './timeline.ts';

/** As many as a sign track may have sections. */
export const MAX_TAKES = 200;
/** Shorter than this nothing is signed. */
export const MIN_TAKE_MS = 200;
/** A take begins a little before its part and ends a little after it. */
const MAX_TAKE_MS = MAX_LESSON_MS + 600_000;
/** Both videos of a lesson are held on one grid of frames (server/transcoding/plan.ts). */
const FRAMES_PER_SECOND = 30;

/** `arriving`: bytes are missing; `waiting`: all are here and will be looked at. */
export const TAKE_STATES = ['arriving', 'waiting', 'ready', 'failed'] as const;
export type TakeState = (typeof TAKE_STATES)[number];

const whole = (most: number) =>
	v.pipe(
		v.number('time_odd'),
		v.integer('time_odd'),
		v.minValue(0, 'time_odd'),
		v.maxValue(most, 'time_odd')
	);

/** Where in the lesson and in itself a take stands. */
const place = {
	/** The part of the lesson it was recorded over. */
	startMs: whole(MAX_LESSON_MS),
	endMs: whole(MAX_LESSON_MS),
	/** In the take's own time: when the demonstration stood at `startMs`. */
	alignMs: whole(MAX_TAKE_MS),
	/** The piece of the take that counts, in its own time. */
	trimStartMs: whole(MAX_TAKE_MS),
	trimEndMs: whole(MAX_TAKE_MS)
};
const isPart = ({ startMs, endMs }: Span): boolean => endMs - startMs >= MIN_TAKE_MS;
const isLongEnough = (take: { trimStartMs: number; trimEndMs: number }): boolean =>
	take.trimEndMs - take.trimStartMs >= MIN_TAKE_MS;

/** The same wherever a take comes from. */
export const TakePlace = v.pipe(
	v.object(place),
	v.check((take) => isPart(take), 'time_range'),
	v.check((take) => isLongEnough(take), 'take_too_short')
);

/** What a page says of a take when it sends one. */
export const TakeInput = v.pipe(
	v.object({
		/** Made by the page, so that it knows the take again after a lost answer. */
		id,
		...place
	}),
	v.check((take) => isPart(take), 'time_range'),
	v.check((take) => isLongEnough(take), 'take_too_short')
);
export type TakeInput = v.InferOutput<typeof TakeInput>;

/** The same in a header of the upload protocol: JSON, because that carries only text. */
export const TakeMetadata = v.pipe(
	v.string(),
	v.maxLength(500, 'unknown'),
	v.parseJson(undefined, 'unknown'),
	TakeInput
);

export const TakeForm = v.object({ takeId: id });

export type Trimmed = Span & Pick<TakeInput, 'alignMs' | 'trimStartMs' | 'trimEndMs'>;

/** A take on the grid of frames; `cutFrames` of its end have no room. */
export type PlacedTake<T> = {
	take: T;
	lessonFrame: number;
	fromFrame: number;
	frames: number;
	cutFrames: number;
};

const framesIn = (ms: number): number => Math.round((ms * FRAMES_PER_SECOND) / 1000);
/** Inside the frame rather than on its edge: what is sought there shows this frame. */
const startOf = (frame: number): number => Math.ceil((frame * 1000) / FRAMES_PER_SECOND);
const endOf = (frame: number): number => Math.floor((frame * 1000) / FRAMES_PER_SECOND);
export const msOfFrames = endOf;

/**
 * Where takes stand in a lesson of this length: each where its signing was made, cut where the
 * next one begins or the lesson ends. One of which nothing is left is left out.
 */
export function placeTakes<T extends Trimmed>(
	takes: readonly T[],
	lessonMs: number
): PlacedTake<T>[] {
	const placed = takes.map((take) => {
		const meant = framesIn(take.startMs + take.trimStartMs - take.alignMs);
		const lessonFrame = Math.max(0, meant);
		const fromFrame = framesIn(take.trimStartMs) + (lessonFrame - meant);
		return { take, lessonFrame, fromFrame, frames: framesIn(take.trimEndMs) - fromFrame };
	});
	placed.sort((a, b) => a.lessonFrame - b.lessonFrame);
	const lessonFrames = Math.floor((lessonMs * FRAMES_PER_SECOND) / 1000);
	return placed
		.map((each, index) => {
			const nextFrame = placed[index + 1]?.lessonFrame ?? lessonFrames;
			const room = Math.min(nextFrame, lessonFrames) - each.lessonFrame;
			const frames = Math.min(each.frames, room);
			return { ...each, frames, cutFrames: each.frames - frames };
		})
		.filter(({ frames }) => frames > 0);
}

/** The sections of the sign track that is these takes one after the other. */
export function sectionsOf(placed: readonly PlacedTake<unknown>[]): Section[] {
	let mediaFrame = 0;
	return placed.map(({ lessonFrame, frames }) => {
		const lengthOf = (frame: number): number => endOf(frame + frames) - startOf(frame);
		const section = {
			lessonMs: startOf(lessonFrame),
			mediaMs: startOf(mediaFrame),
			lengthMs: Math.min(lengthOf(lessonFrame), lengthOf(mediaFrame))
		};
		mediaFrame += frames;
		return section;
	});
}

/** Whether two parts of the lesson have a moment in common: a take replaces those it covers. */
export const isOverlapping = (one: Span, other: Span): boolean =>
	one.startMs < other.endMs && other.startMs < one.endMs;
