/**
 * What instructors mark on a lesson's timeline: steps, turns, where hands work, and where the sign
 * track belongs. Spans are lesson milliseconds, from inclusive, to exclusive.
 */
import * as v from 'valibot';
import { id, line, lines } from './fields.ts';
import { HAZARDS } from './hazards.ts';

/** The longest lesson: two hours. */
export const MAX_LESSON_MS = 7_200_000;
export const MAX_STEPS = 60;
export const MAX_TURNS = 500;
export const MAX_AREAS = 2000;
export const MAX_SECTIONS = 200;
export const MAX_STEP_TITLE = 40;
export const MAX_NOTE = 120;
export const MAX_TIMER_LABEL = 20;
const DAY_MS = 86_400_000;

export type Span = { startMs: number; endMs: number };

const whole = (least: number, most: number) =>
	v.pipe(v.number('time_odd'), v.integer(), v.minValue(least), v.maxValue(most, 'time_odd'));
const ms = whole(0, MAX_LESSON_MS);

const span = { startMs: ms, endMs: ms };
const isSpan = ({ startMs, endMs }: Span) => startMs < endMs;
const isWithin = (part: Span | undefined, all: Span) =>
	!part || (isSpan(part) && part.startMs >= all.startMs && part.endMs <= all.endMs);

/** Each begins where the one before it has ended, or later. */
export const isApart = (spans: readonly Span[]): boolean =>
	spans.every(({ startMs }, index) => startMs >= (spans[index - 1]?.endMs ?? 0));

export const StepsInput = v.pipe(
	v.array(
		v.pipe(
			v.object({
				/** Of a step there is already, which keeps it; a new one has none. */
				id: v.optional(id),
				title: line(MAX_STEP_TITLE),
				...span,
				/** Which moment of the demonstration is its picture; its middle unless said. */
				pictureAtMs: v.optional(ms),
				/** What is easily done wrong or is dangerous. */
				note: lines(MAX_NOTE),
				/** What can hurt, each once. */
				hazards: v.optional(
					v.pipe(
						v.array(v.picklist(HAZARDS, 'choose_one')),
						v.transform((given) => HAZARDS.filter((hazard) => given.includes(hazard)))
					)
				),
				timer: v.optional(
					v.object({ label: line(MAX_TIMER_LABEL), durationMs: whole(1000, DAY_MS) })
				)
			}),
			v.forward(
				v.check((entry) => isSpan(entry), 'time_range'),
				['endMs']
			),
			v.forward(
				v.check(
					({ startMs, endMs, pictureAtMs }) =>
						pictureAtMs === undefined || (pictureAtMs >= startMs && pictureAtMs < endMs),
					'picture_outside_step'
				),
				['pictureAtMs']
			)
		)
	),
	v.maxLength(MAX_STEPS, 'too_many_entries'),
	v.check((spans) => isApart(spans), 'times_overlap')
);
export type StepInput = v.InferOutput<typeof StepsInput>[number];

export const TurnsInput = v.pipe(
	v.array(
		v.pipe(
			v.object({
				...span,
				sign: v.optional(v.object(span)),
				hands: v.optional(v.object(span))
			}),
			v.check((entry) => isSpan(entry), 'time_range'),
			v.check(
				(turn) => isWithin(turn.sign, turn) && isWithin(turn.hands, turn),
				'part_outside_turn'
			)
		)
	),
	v.maxLength(MAX_TURNS, 'too_many_entries'),
	v.check((spans) => isApart(spans), 'times_overlap')
);
export type TurnInput = v.InferOutput<typeof TurnsInput>[number];

/** Areas of a picture are thousandths of its width and height. */
const PERMILLE = 1000;
export const AreasInput = v.pipe(
	v.array(
		v.pipe(
			v.object({
				...span,
				x: whole(0, PERMILLE),
				y: whole(0, PERMILLE),
				width: whole(1, PERMILLE),
				height: whole(1, PERMILLE)
			}),
			v.check((entry) => isSpan(entry), 'time_range'),
			v.check(
				({ x, y, width, height }) => x + width <= PERMILLE && y + height <= PERMILLE,
				'area_outside'
			)
		)
	),
	v.maxLength(MAX_AREAS, 'too_many_entries'),
	v.check((spans) => isApart(spans), 'times_overlap')
);
export type AreaInput = v.InferOutput<typeof AreasInput>[number];

/**
 * All that is marked on a lesson, and the revision it was marked on (0: nothing was marked yet).
 */
export const MarksInput = v.object({
	baseRevision: v.pipe(v.number('stale'), v.integer(), v.minValue(0, 'stale')),
	steps: StepsInput,
	turns: TurnsInput,
	areas: AreasInput
});
export type MarksInput = v.InferOutput<typeof MarksInput>;

/** The same as a form sends it; anything odd counts as stale. */
export const revisionOrNone = v.pipe(
	v.string('stale'),
	v.regex(/^(?:0|[1-9]\d{0,8})$/, 'stale'),
	v.transform((text) => Number(text))
);

/** A piece of the sign track (its own milliseconds) and its place in the lesson. */
export type Section = { lessonMs: number; mediaMs: number; lengthMs: number };

const inLesson = ({ lessonMs, lengthMs }: Section): Span => ({
	startMs: lessonMs,
	endMs: lessonMs + lengthMs
});
const inMedia = ({ mediaMs, lengthMs }: Section): Span => ({
	startMs: mediaMs,
	endMs: mediaMs + lengthMs
});

/**
 * Where the sign track stands: as one piece beginning at `offsetMs` (negative: its beginning is
 * left out), or in sections. The film is gone through once, forwards, so that it can be read once.
 */
export const SignPlacement = v.object({
	offsetMs: whole(-MAX_LESSON_MS, MAX_LESSON_MS),
	sections: v.pipe(
		v.array(v.object({ lessonMs: ms, mediaMs: ms, lengthMs: whole(1, MAX_LESSON_MS) })),
		v.maxLength(MAX_SECTIONS, 'too_many_entries'),
		v.check((all) => isApart(all.map(inLesson)) && isApart(all.map(inMedia)), 'times_overlap')
	)
});
export type SignPlacement = v.InferOutput<typeof SignPlacement>;

/**
 * The pieces a sign track consists of; where nobody has marked any it is one, as long as its film.
 * @param signMs how long the film is, in milliseconds
 */
export const piecesOf = ({ offsetMs, sections }: SignPlacement, signMs: number): Section[] =>
	sections.length > 0 ? sections : [{ lessonMs: offsetMs, mediaMs: 0, lengthMs: signMs }];

/** Whether all of it lies inside both videos. */
export const isPlacementWithin = (
	{ offsetMs, sections }: SignPlacement,
	lessonMs: number,
	signMs: number
): boolean =>
	offsetMs < lessonMs &&
	-offsetMs < signMs &&
	sections.every(
		(section) => inLesson(section).endMs <= lessonMs && inMedia(section).endMs <= signMs
	);

/** Cut to a lesson's length: a video may have been replaced by a shorter one. */
export const withinLesson = <S extends Span>(spans: readonly S[], durationMs: number): S[] =>
	spans
		.filter(({ startMs }) => startMs < durationMs)
		.map((each) => ({ ...each, endMs: Math.min(each.endMs, durationMs) }));
