/** What stands beside a lesson's video on its page; plain HTML, without a script of its own. */
import type { SubmissionState } from '#lib/domain/handing-in.ts';
import type { Task } from '#lib/domain/practice.ts';
import { shownAttachments, type ShownAttachment } from './attachment-words.ts';
import type { Content } from '#lib/domain/versions.ts';

/** How far somebody is with the task, once she has begun to hand it in. */
export type Standing = { state: SubmissionState; isNew: boolean };
export type Beside = {
	practice?: Task;
	attachments: ShownAttachment[];
	handIn?: { href: string; standing?: Standing };
};

export const besideOf = (lessonId: string, { practice, attachments = [] }: Content): Beside => ({
	...(practice && { practice }),
	attachments: shownAttachments(lessonId, attachments)
});
