/**
 * A practice task behind a lesson: what a trainee makes with her own hands, what she shows of it,
 * and by what it is judged (criteria × levels).
 */
import * as v from 'valibot';
import { line, lines } from './fields.ts';

/** Best first. The same four everywhere, so that each keeps its drawing, colour and word. */
export const LEVELS = ['great', 'good', 'nearly', 'notYet'] as const;
export type Level = (typeof LEVELS)[number];
/** Of a level, for each criterion. */
export const POINTS: Readonly<Record<Level, number>> = { great: 3, good: 2, nearly: 1, notYet: 0 };

export const MAX_CRITERIA = 8;
export const MIN_LEVELS = 2;
export const MAX_TASK_TITLE = 40;
export const MAX_INSTRUCTIONS = 200;
export const MAX_CRITERION = 20;
/** Of what is to be seen in an example picture, for who does not see it. */
export const MAX_ALT = 60;
/** Of what a level looks like: a glance, not a paragraph. */
export const MAX_DESCRIPTION = 60;
export const MAX_PHOTOS = 6;
export const MAX_VIDEOS = 3;

const level = v.picklist(LEVELS);
const criterion = {
	title: line(MAX_CRITERION),
	/** Its lowest level means that the task is not passed, whatever the points are. */
	isMust: v.boolean(),
	levels: v.array(v.object({ level, description: line(MAX_DESCRIPTION) }))
};
const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
/** Two assess it, and a third where they do not agree; one does where nothing is said. */
const assessors = { assessors: v.optional(v.literal(2)) };
const task = {
	title: line(MAX_TASK_TITLE),
	instructions: lines(MAX_INSTRUCTIONS),
	/** How many of each are to be shown. */
	photos: count(MAX_PHOTOS),
	videos: count(MAX_VIDEOS),
	/** Null: no sum decides, the instructor does. */
	passPoints: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
	...assessors
};

type Criterion = {
	title: string;
	isMust: boolean;
	levels: { level: Level; description: string }[];
};

/** Levels in their order, none twice, at least two. */
const isScale = ({ levels }: Criterion): boolean => {
	const places = levels.map((one) => LEVELS.indexOf(one.level));
	return (
		places.length >= MIN_LEVELS &&
		places.every((at, index) => index === 0 || at > (places[index - 1] ?? at))
	);
};

/** The most points there are for it. */
export const mostPoints = (criteria: readonly Pick<Criterion, 'levels'>[]): number =>
	criteria.reduce(
		(sum, { levels }) => sum + Math.max(0, ...levels.map((one) => POINTS[one.level])),
		0
	);

/** A task as an archive carries it. */
export const TaskInput = v.pipe(
	v.object({
		...task,
		criteria: v.pipe(
			v.array(v.pipe(v.object(criterion), v.check(isScale))),
			v.minLength(1),
			v.maxLength(MAX_CRITERIA)
		)
	}),
	v.check(({ photos, videos }) => photos + videos > 0),
	v.check(({ passPoints, criteria }) => (passPoints ?? 0) <= mostPoints(criteria))
);
export type TaskInput = v.InferOutput<typeof TaskInput>;

/**
 * A task as it is kept, also in a version of long ago: limits that have changed since are not asked.
 * Criteria keep their ids while they are edited, so that what is said about one stays with it.
 */
export const Task = v.object({
	title: v.string(),
	instructions: v.string(),
	photos: v.number(),
	videos: v.number(),
	passPoints: v.nullable(v.number()),
	...assessors,
	criteria: v.array(
		v.object({
			id: v.string(),
			title: v.string(),
			isMust: v.boolean(),
			levels: v.array(
				v.object({
					level,
					description: v.string(),
					/** What it looks like, as an attachment of the lesson; tasks of long ago have none. */
					picture: v.optional(v.object({ id: v.string(), alt: v.string() }))
				})
			)
		})
	)
});
export type Task = v.InferOutput<typeof Task>;

/** All of a task that a reader sees; null where there is none. */
export const taskAsSeen = (task: Task | undefined): TaskInput | null =>
	task === undefined
		? null
		: {
				title: task.title,
				instructions: task.instructions,
				photos: task.photos,
				videos: task.videos,
				passPoints: task.passPoints,
				...(task.assessors && { assessors: task.assessors }),
				criteria: task.criteria.map(({ title, isMust, levels }) => ({
					title,
					isMust,
					levels: levels.map(({ level, description }) => ({ level, description }))
				}))
			};

/** The example pictures of a task, each with the place of its criterion. */
export const examplesOf = (task: Task | undefined) =>
	(task?.criteria ?? []).flatMap(({ levels }, criterion) =>
		levels.flatMap(({ level, picture }) => (picture ? [{ criterion, level, ...picture }] : []))
	);
