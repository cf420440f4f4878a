/**
 * A whole course as one file: `course.json` of an archive (docs/course-archive.md). Order in lists
 * is order in the course; nothing in it names a person, or a row of the installation it left.
 */
import * as v from 'valibot';
import {
	Attachment,
	isAttachmentName,
	MAX_ATTACHMENT_BYTES,
	MAX_ATTACHMENTS,
	MAX_EXAMPLE_BYTES
} from './attachments.ts';
import { MAX_ARCHIVE_BYTES } from './archive-limits.ts';
import { Completion, USUAL } from './completion.ts';
import { MAX_COVER_BYTES, MAX_UPLOAD_BYTES, Prepares } from './courses.ts';
import { line, lines, MAX_SUMMARY, MAX_TITLE } from './fields.ts';
import { GlossaryInput } from './glossary.ts';
import { CAPTION_LANGUAGES, CAPTION_TIERS, TEACHING_MODES } from './lessons.ts';
import { KeptMaterials } from './materials.ts';
import { MAX_LESSONS, MAX_UNITS } from './outline.ts';
import { LEVELS, MAX_ALT, TaskInput } from './practice.ts';
import { SKILL_FIELDS } from './skills.ts';
import { MAX_TAKES, TakePlace } from './takes.ts';
import { AreasInput, SignPlacement, StepsInput, TurnsInput } from './timeline.ts';

export const ARCHIVE_FORMAT = 'yun-wusheng-course';
/** Counted up when an older reader would misunderstand a newer archive. */
export const ARCHIVE_VERSION = 1;
export const DOCUMENT_PATH = 'course.json';
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
export const MAX_CAPTIONS_BYTES = 1024 * 1024;

/** `arriving`: bytes are missing; `waiting`: all are here; `reading`: it becomes a course. */
export const IMPORT_STATES = ['arriving', 'waiting', 'reading', 'done', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** Folders and names of letters, digits, `.` and `-`; no name begins with a dot or holds two. */
const PATH = /^[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*(?:\/[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*){0,3}$/;
const MAX_PATH = 120;
export const isArchivePath = (name: string): boolean => name.length <= MAX_PATH && PATH.test(name);

/** A file of the archive. */
const file = (maxBytes: number) =>
	v.object({
		path: v.pipe(v.string(), v.check(isArchivePath)),
		sizeBytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxBytes)),
		/** Of its bytes, in hexadecimal. */
		sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
	});
export type ArchivedFile = v.InferOutput<ReturnType<typeof file>>;

const video = v.object({
	file: file(MAX_UPLOAD_BYTES),
	/** What it was called where it came from; shown, never used as a path. */
	fileName: v.pipe(v.string(), v.maxLength(300))
});

const captions = v.object({
	language: v.picklist(CAPTION_LANGUAGES),
	tier: v.picklist(CAPTION_TIERS),
	file: file(MAX_CAPTIONS_BYTES),
	fileName: v.pipe(v.string(), v.maxLength(300))
});

const take = v.object({
	...video.entries,
	place: TakePlace,
	/** Whether the sign track beside it was joined of it. */
	isInSignTrack: v.boolean()
});

const attachment = v.pipe(
	v.object({
		name: Attachment.entries.name,
		kind: Attachment.entries.kind,
		file: file(MAX_ATTACHMENT_BYTES)
	}),
	v.check(({ name, kind }) => isAttachmentName(name, kind))
);

/** A picture of what a level of the practice task looks like. */
const example = v.pipe(
	v.object({
		/** Which criterion of the task, from 0. */
		criterion: v.pipe(v.number(), v.integer(), v.minValue(0)),
		level: v.picklist(LEVELS),
		alt: line(MAX_ALT),
		name: Attachment.entries.name,
		kind: Attachment.entries.kind,
		file: file(MAX_EXAMPLE_BYTES)
	}),
	v.check(({ name, kind }) => kind !== 'pdf' && isAttachmentName(name, kind))
);

const partsOfLesson = v.object({
	title: line(MAX_TITLE),
	summary: lines(MAX_SUMMARY),
	teachingMode: v.picklist(TEACHING_MODES),
	/** Archives from before this was asked have none. */
	completion: v.optional(Completion, USUAL),
	/** Which of `units`, from 0; null: it stands before the first. */
	unit: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
	demonstration: v.nullable(video),
	sign: v.nullable(video),
	signPlacement: SignPlacement,
	captions: v.pipe(
		v.array(captions),
		v.check((all) => new Set(all.map((one) => one.language + one.tier)).size === all.length)
	),
	steps: StepsInput,
	turns: TurnsInput,
	areas: AreasInput,
	materials: KeptMaterials,
	/** Archives from before there were practice tasks have none. */
	practice: v.optional(v.nullable(TaskInput), null),
	attachments: v.optional(v.pipe(v.array(attachment), v.maxLength(MAX_ATTACHMENTS)), []),
	examples: v.optional(v.array(example), []),
	takes: v.pipe(v.array(take), v.maxLength(MAX_TAKES))
});

/** Each shows a level that there is, and none is shown twice. */
function hasItsLevels({ practice, examples }: v.InferOutput<typeof partsOfLesson>): boolean {
	const places = examples.map(({ criterion, level }) => `${criterion}.${level}`);
	const there = (practice?.criteria ?? []).flatMap(({ levels }, criterion) =>
		levels.map(({ level }) => `${criterion}.${level}`)
	);
	return new Set(places).size === places.length && places.every((one) => there.includes(one));
}
const lesson = v.pipe(partsOfLesson, v.check(hasItsLevels));

const term = v.object({
	term: v.string(),
	variants: v.array(v.string()),
	explanation: v.string(),
	clip: v.nullable(file(MAX_UPLOAD_BYTES))
});

/** What is said of every archive before anything else is looked at. */
export const ArchiveHead = v.object({
	format: v.literal(ARCHIVE_FORMAT),
	version: v.pipe(v.number(), v.integer())
});

const content = v.object({
	format: v.literal(ARCHIVE_FORMAT),
	version: v.literal(ARCHIVE_VERSION),
	exportedAt: v.pipe(v.string(), v.isoTimestamp()),
	course: v.object({
		title: line(MAX_TITLE),
		summary: lines(MAX_SUMMARY),
		skillField: v.picklist(SKILL_FIELDS),
		// Archives from before there was one have none.
		prepares: v.optional(v.nullable(Prepares), null),
		cover: v.nullable(file(MAX_COVER_BYTES))
	}),
	units: v.pipe(v.array(v.object({ title: line(MAX_TITLE) })), v.maxLength(MAX_UNITS)),
	lessons: v.pipe(v.array(lesson), v.maxLength(MAX_LESSONS)),
	glossary: v.pipe(
		v.array(term),
		// By the rules of words as instructors write them.
		v.check((terms) => v.is(GlossaryInput, terms))
	)
});
export type CourseDocument = v.InferOutput<typeof content>;
export type ArchivedLesson = CourseDocument['lessons'][number];

const present = <T>(things: readonly (T | null)[]): T[] => things.filter((one) => one !== null);

/** Every file that a document names. */
export const filesOf = ({ course, lessons, glossary }: CourseDocument): ArchivedFile[] => [
	...present([course.cover]),
	...lessons.flatMap(({ demonstration, sign, takes, captions, attachments, examples }) =>
		[...present([demonstration, sign]), ...takes, ...captions, ...attachments, ...examples].map(
			(one) => one.file
		)
	),
	...present(glossary.map(({ clip }) => clip))
];

const hasItsUnits = ({ units, lessons }: CourseDocument): boolean =>
	lessons.every(({ unit }) => unit === null || unit < units.length);

function hasEachFileOnce(document: CourseDocument): boolean {
	const paths = filesOf(document).map(({ path }) => path);
	return new Set(paths).size === paths.length && !paths.includes(DOCUMENT_PATH);
}

export const CourseDocument = v.pipe(content, v.check(hasItsUnits), v.check(hasEachFileOnce));

/** What two archives have to share to be of the same course: all but when they were made. */
export const canonical = ({ exportedAt: _, ...content }: CourseDocument): string =>
	JSON.stringify(content);

export const ArchiveMetadata = v.object({
	fileName: v.pipe(v.string(), v.maxLength(300)),
	sizeBytes: v.pipe(
		v.number('required'),
		v.minValue(1, 'file_empty'),
		v.maxValue(MAX_ARCHIVE_BYTES, 'archive_too_large')
	)
});

export const DuplicateForm = v.object({ title: line(MAX_TITLE) });
