/** What stands beside a lesson's video on its page; plain HTML, without a script of its own. */
import type { SubmissionState } from '#lib/domain/handing-in.ts';
import type { Task } from '#lib/domain/practice.ts';
import type { Part } from './(trainee)/learn/road.ts';
import { attachmentHref, shownAttachments, type ShownAttachment } from './attachment-words.ts';
import type { Content } from '#lib/domain/versions.ts';

/** How far somebody is with the task, once she has begun to hand it in. */
export type Standing = { state: SubmissionState; isNew: boolean };

type Criterion = Task['criteria'][number];
type Picture = NonNullable<Criterion['levels'][number]['picture']> & { href: string };
/** A task whose pictures can be seen. */
export type ShownTask = Omit<Task, 'criteria'> & {
	criteria: (Omit<Criterion, 'levels'> & {
		levels: (Omit<Criterion['levels'][number], 'picture'> & { picture?: Picture })[];
	})[];
};

export const shownTask = (lessonId: string, task: Task): ShownTask => ({
	...task,
	criteria: task.criteria.map((criterion) => ({
		...criterion,
		levels: criterion.levels.map(({ picture, ...level }) => ({
			...level,
			...(picture && { picture: { ...picture, href: attachmentHref(lessonId, picture.id) } })
		}))
	}))
});

export type Beside = {
	practice?: ShownTask;
	attachments: ShownAttachment[];
	handIn?: { href: string; standing?: Standing };
	/** What the lesson asks for and how far she is with it; none of it in a preview. */
	todo?: Todo;
};

export type Todo = {
	parts: Part[];
	/** Those to be practised, where the lesson asks for it. */
	steps: { id: string; title: string; isDone: boolean }[];
};

export const besideOf = (lessonId: string, { practice, attachments = [] }: Content): Beside => ({
	...(practice && { practice: shownTask(lessonId, practice) }),
	attachments: shownAttachments(lessonId, attachments)
});
