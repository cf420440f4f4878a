/** When a lesson counts as done: what its instructor asks for, and what of it is still to do. */
import * as v from 'valibot';

/** Nobody sees a lesson to its last frame: 95 % is all of it. */
export const WATCH_PERCENTS = [50, 80, 95] as const;

export const Completion = v.object({
	watchedPercent: v.picklist(WATCH_PERCENTS),
	/** Whether every step is to be done once in practice. */
	steps: v.boolean(),
	/** Whether the practice task is to be passed, where there is one. */
	task: v.boolean()
});
export type Completion = v.InferOutput<typeof Completion>;

/** What is asked for where nobody has said anything. */
export const USUAL: Completion = { watchedPercent: 95, steps: false, task: true };

export const readCompletion = (kept: string | null): Completion =>
	kept === null ? USUAL : v.parse(Completion, JSON.parse(kept));

/** As it is kept; null where it is the usual, which may be said better one day. */
export const keptCompletion = ({ watchedPercent, steps, task }: Completion): string | null => {
	const isUsual =
		watchedPercent === USUAL.watchedPercent && steps === USUAL.steps && task === USUAL.task;
	return isUsual ? null : JSON.stringify({ watchedPercent, steps, task });
};

/** As a form says it: `more` once for each box that is ticked. */
export const CompletionForm = v.pipe(
	v.object({
		watchedPercent: v.pipe(
			v.optional(v.string('choose_one'), ''),
			v.transform(Number),
			v.picklist(WATCH_PERCENTS, 'choose_one')
		),
		more: v.array(v.picklist(['steps', 'task'], 'choose_one'))
	}),
	v.transform(({ watchedPercent, more }) => ({
		watchedPercent,
		steps: more.includes('steps'),
		task: more.includes('task')
	}))
);

/** What a version asks for, with all that is needed to tell whether somebody has done it. */
export const Needs = v.object({
	watchedPercent: v.optional(v.picklist(WATCH_PERCENTS), USUAL.watchedPercent),
	/** Steps to be done in practice. */
	stepIds: v.optional(v.array(v.string()), []),
	/** There is a task, and it is to be passed. */
	task: v.optional(v.boolean(), false)
});
export type Needs = v.InferOutput<typeof Needs>;

export const readNeeds = (kept: string): Needs => v.parse(Needs, JSON.parse(kept));

type Asking = { completion?: Completion; steps: readonly { id: string }[]; practice?: unknown };

/** What a lesson asks for as it is published. */
export function needsOf({ completion = USUAL, steps, practice }: Asking): Needs {
	return {
		watchedPercent: completion.watchedPercent,
		stepIds: completion.steps ? steps.map(({ id }) => id) : [],
		task: completion.task && practice !== undefined
	};
}

export type Standing = {
	isWatched: boolean;
	/** Ids of the steps that were done in practice. */
	practised: readonly string[];
	isPassed: boolean;
};

/** How many of the steps asked for were done. */
export const practisedOf = ({ stepIds }: Needs, practised: readonly string[]): number =>
	stepIds.filter((id) => practised.includes(id)).length;

export const isDone = (needs: Needs, { isWatched, practised, isPassed }: Standing): boolean =>
	isWatched && practisedOf(needs, practised) === needs.stepIds.length && (isPassed || !needs.task);
