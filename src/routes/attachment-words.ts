/** Files that go along with a lesson, as a page shows them. */
import type { AttachmentKind } from '#lib/domain/attachments.ts';
import * as m from '#lib/words/compiled/messages.js';

type Kept = { id: string; name: string; kind: AttachmentKind; sizeBytes: number };
export type ShownAttachment = Kept & { href: string };

export const attachmentHref = (lessonId: string, id: string): string =>
	`/media/attachments/${lessonId}/${id}`;

export const shownAttachments = (lessonId: string, files: readonly Kept[]): ShownAttachment[] =>
	files.map((file) => ({ ...file, href: attachmentHref(lessonId, file.id) }));

export const attachmentWord = (kind: AttachmentKind): string =>
	kind === 'pdf' ? m.attached_pdf() : m.attached_picture();
