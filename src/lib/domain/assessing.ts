/** What an instructor answers to work handed in: levels, marks on pictures, and a result. */
import * as v from 'valibot';
import { id, lines, oneOf, revision } from './fields.ts';
import { LEVELS, type Level, mostPoints, POINTS, type Task } from './practice.ts';

export const RESULTS = ['passed', 'again'] as const;
export type Result = (typeof RESULTS)[number];
/** A level for each criterion, by the criterion's id. */
export type Levels = Readonly<Record<string, Level>>;

export const MAX_ANSWER = 300;
export const MAX_PINS = 20;
export const MAX_PIN_TEXT = 60;

const share = v.pipe(v.number('pin_odd'), v.minValue(0, 'pin_odd'), v.maxValue(1, 'pin_odd'));
/** A numbered mark on a picture, or on a moment of a film; the place as shares of its sides. */
export const Pin = v.object({
	workId: id,
	x: share,
	y: share,
	/** Null on a photo. */
	atMs: v.nullable(v.pipe(v.number('pin_odd'), v.integer('pin_odd'), v.minValue(0, 'pin_odd'))),
	text: lines(MAX_PIN_TEXT)
});
export type Pin = v.InferOutput<typeof Pin>;

const jsonIn = (text: unknown): unknown => {
	try {
		return typeof text === 'string' && text !== '' ? JSON.parse(text) : [];
	} catch {
		return undefined;
	}
};

const LEVEL_FIELD = /^level\.(\d{1,2})$/;
const levelsIn = (fields: Readonly<Record<string, unknown>>): unknown =>
	Object.fromEntries(
		Object.entries(fields).flatMap(([field, value]) => {
			const at = LEVEL_FIELD.exec(field)?.[1];
			return at === undefined ? [] : [[at, value]];
		})
	);

/** All of an answer as one form; `level.2` is the level of the task's third criterion. */
export const AssessmentForm = v.pipe(
	v.record(v.string(), v.unknown()),
	v.transform((fields) => ({ ...fields, pins: jsonIn(fields.pins), levels: levelsIn(fields) })),
	v.object({
		baseRevision: revision,
		result: oneOf(RESULTS),
		comment: lines(MAX_ANSWER),
		/** The film of the answer, where there is one. */
		answerId: v.union([v.literal(''), id], 'not_found'),
		pins: v.pipe(v.array(Pin, 'pin_odd'), v.maxLength(MAX_PINS, 'too_many_entries')),
		levels: v.record(v.string(), v.picklist(LEVELS, 'choose_one'))
	})
);
export type AssessmentInput = v.InferOutput<typeof AssessmentForm>;

/** `instead`: in whose place, where all who are needed have begun. */
export const BeginForm = v.object({ baseRevision: revision, instead: v.optional(id) });

/** The name of a criterion's field, by its place in the task. */
export const levelField = (at: number): string => `level.${at}`;

/** What the rubric says of these levels. The tool proposes; a missed must leaves no choice. */
export function proposalOf(
	{ criteria, passPoints }: Pick<Task, 'criteria' | 'passPoints'>,
	levels: Levels
): { points: number; most: number; missed: string[]; isWhole: boolean; result?: Result } {
	const given = criteria.flatMap((criterion) => {
		const level = levels[criterion.id];
		return level === undefined ? [] : [{ ...criterion, level }];
	});
	const missed = given
		.filter(({ isMust, level, levels: scale }) => isMust && level === scale.at(-1)?.level)
		.map(({ id }) => id);
	const points = given.reduce((sum, { level }) => sum + POINTS[level], 0);
	const isWhole = given.length === criteria.length;
	const found = { points, most: mostPoints(criteria), missed, isWhole };
	if (missed.length > 0) return { ...found, result: 'again' };
	if (!isWhole || passPoints === null) return found;
	return { ...found, result: points >= passPoints ? 'passed' : 'again' };
}
