/** Files that go along with a lesson: a recipe to print, a picture of a pattern. */
import * as v from 'valibot';

export const ATTACHMENT_KINDS = ['pdf', 'jpeg', 'png', 'webp'] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];
export const ENDINGS: Readonly<Record<AttachmentKind, string>> = {
	...{ pdf: 'pdf', jpeg: 'jpg', png: 'png', webp: 'webp' }
};

export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;
/** Of an example picture of a level. */
export const MAX_EXAMPLE_BYTES = 10 * 1024 * 1024;
/** Of a lesson. */
export const MAX_ATTACHMENTS = 10;
/** To be taken along, or an example of a level of the practice task. */
export const PURPOSES = ['file', 'example'] as const;
export type Purpose = (typeof PURPOSES)[number];
const MAX_ATTACHMENT_NAME = 60;

export const AttachmentForm = v.object({
	file: v.pipe(
		v.file('file_missing'),
		v.minSize(1, 'file_missing'),
		v.maxSize(MAX_ATTACHMENT_BYTES, 'attachment_too_large')
	)
});

/** A picture for a level; chosen or not. */
export const ExampleFile = v.pipe(
	v.file('file_missing'),
	v.maxSize(MAX_EXAMPLE_BYTES, 'example_too_large')
);

/** As a version or an archive carries it. */
export const Attachment = v.object({
	name: v.string(),
	kind: v.picklist(ATTACHMENT_KINDS),
	sizeBytes: v.number()
});

const has = (bytes: Uint8Array, at: number, signature: string): boolean =>
	[...signature].every((sign, index) => bytes[at + index] === sign.charCodeAt(0));
/** The end of a PDF stands in its last kilobyte (ISO 32000-1, annex H 3.18). */
const PDF_TAIL = 1024;

/** What a file is by its own bytes, whatever it is called; undefined for anything else. */
export function attachmentKindOf(bytes: Uint8Array): AttachmentKind | undefined {
	if (has(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
	if (has(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
	if (has(bytes, 0, 'RIFF') && has(bytes, 8, 'WEBP')) return 'webp';
	const tail = String.fromCharCode(...bytes.subarray(-PDF_TAIL));
	const isPdf = /^%PDF-[12]\.\d/.test(String.fromCharCode(...bytes.subarray(0, 8)));
	return isPdf && /startxref\s+\d+\s+%%EOF/.test(tail) ? 'pdf' : undefined;
}

/**
 * What it is to be called: the sender's name without its path, without what a system of files or
 * the direction of writing could be fooled with, and with the ending of what it really is.
 */
export function attachmentName(given: string, kind: AttachmentKind): string {
	const bare = given
		.normalize('NFC')
		.replace(/^.*[/\\]/s, '')
		.replace(/(?:\.(?:pdf|jpe?g|png|webp))+$/i, '')
		.replaceAll(/[\p{C}\p{Zl}\p{Zp}"*:<>?|%;]/gu, '')
		.replaceAll(/\s+/g, ' ')
		.replaceAll(/^[. ]+|[. ]+$/g, '');
	const name = [...bare].slice(0, MAX_ATTACHMENT_NAME).join('').trim();
	return `${name === '' ? 'file' : name}.${ENDINGS[kind]}`;
}

/** Whether a name is one that `attachmentName` would give. */
export const isAttachmentName = (name: string, kind: AttachmentKind): boolean =>
	attachmentName(name, kind) === name;
