/** A trainee's road as her page shows it: what is done, what comes next, how far it still is. */
import type { Needs } from '#lib/domain/completion.ts';
import type { SubmissionState } from '#lib/domain/handing-in.ts';
import * as m from '#lib/words/compiled/messages.js';

export type Stop = {
	id: string;
	title: string;
	unitTitle: string | null;
	durationMs: number;
	watchedMs: number;
	needs: Needs;
	practisedCount: number;
	isWatched: boolean;
	isCompleted: boolean;
	/** How far she is with its practice task, if she has handed anything in. */
	task: { state: SubmissionState } | undefined;
};

/** One thing that a lesson asks for: done, begun, or not. */
export type Part = {
	kind: 'watch' | 'steps' | 'task';
	isDone: boolean;
	/** It is somebody else's turn. */
	isWaiting: boolean;
	word: string;
};

/** Never "100 %" of what is not enough. */
const percentOf = ({ watchedMs, durationMs }: Stop): number =>
	Math.min(99, Math.floor((100 * watchedMs) / Math.max(1, durationMs)));

const TASK: Record<SubmissionState, () => string> = {
	draft: m.road_task_draft,
	sent: m.road_task_sent,
	looking: m.road_task_looking,
	passed: m.road_task_passed,
	again: m.road_task_again
};

/** All that a lesson asks for, in the order in which it is done. */
export function partsOf(stop: Stop): Part[] {
	const { needs, practisedCount, isWatched, isCompleted, task } = stop;
	const steps = needs.stepIds.length;
	const parts: Part[] = [
		{
			kind: 'watch',
			isDone: isWatched,
			isWaiting: false,
			word: isWatched ? m.road_watched() : m.road_watch({ percent: percentOf(stop) })
		}
	];
	if (steps > 0)
		parts.push({
			kind: 'steps',
			isDone: practisedCount >= steps,
			isWaiting: false,
			word: m.road_steps({ done: practisedCount, all: steps })
		});
	if (needs.task || task)
		parts.push({
			kind: 'task',
			// What was complete stays complete, whatever is asked for today.
			isDone: task?.state === 'passed' || (isCompleted && task === undefined),
			isWaiting: task?.state === 'sent' || task?.state === 'looking',
			word: task ? TASK[task.state]() : m.road_task_none()
		});
	return parts;
}

/** What she can do now in a lesson; undefined when it is done, or somebody else's turn. */
const todoIn = (stop: Stop): Part | undefined =>
	stop.isCompleted
		? undefined
		: partsOf(stop).find(({ isDone, isWaiting }) => !isDone && !isWaiting);

/** Where to go on, and what the button says. */
export function nextOf(stops: readonly Stop[]) {
	for (const stop of stops) {
		const part = todoIn(stop);
		if (part) return { id: stop.id, title: stop.title, ...ways(stop, part) };
	}
	return undefined;
}

function ways(stop: Stop, { kind }: Part): { href: string; word: string } {
	const lesson = `/learn/lessons/${stop.id}`;
	if (kind === 'watch')
		return { href: lesson, word: stop.watchedMs > 0 ? m.learn_go_on() : m.learn_start() };
	if (kind === 'steps') return { href: `${lesson}#todo`, word: m.road_do_steps() };
	const words: Partial<Record<SubmissionState, () => string>> = {
		draft: m.handin_open_draft,
		again: m.handin_open_again
	};
	const word = (stop.task && words[stop.task.state]) ?? m.handin_open;
	return { href: `${lesson}/hand-in`, word: word() };
}

const MINUTE_MS = 60_000;

/** What lies between her and the end of the course. */
export function leftOf(stops: readonly Stop[]): string {
	const open = stops.filter(({ isCompleted }) => !isCompleted);
	if (open.length === 0) return m.road_at_end();
	const leftMs = open.reduce(
		(sum, { isWatched, durationMs, watchedMs }) =>
			sum + (isWatched ? 0 : Math.max(0, durationMs - watchedMs)),
		0
	);
	const count = open.length;
	if (leftMs === 0) return m.road_left({ count });
	return m.road_left_minutes({ count, minutes: Math.max(1, Math.round(leftMs / MINUTE_MS)) });
}
