/** What stands beside a lesson's video on its page; plain HTML, without a script of its own. */
import type { Task } from '#lib/domain/practice.ts';
import { shownAttachments, type ShownAttachment } from './attachment-words.ts';
import type { Content } from '#lib/domain/versions.ts';

export type Beside = { practice?: Task; attachments: ShownAttachment[] };

export const besideOf = (lessonId: string, { practice, attachments = [] }: Content): Beside => ({
	...(practice && { practice }),
	attachments: shownAttachments(lessonId, attachments)
});
