/** A course as a document, and where the bytes of each of its files lie. */
import { ENDINGS, type Purpose } from '#lib/domain/attachments.ts';
import {
	ARCHIVE_FORMAT,
	ARCHIVE_VERSION,
	type ArchivedFile,
	type ArchivedLesson,
	type CourseDocument
} from '#lib/domain/course-archive.ts';
import { readCompletion } from '#lib/domain/completion.ts';
import type { Hazard } from '#lib/domain/hazards.ts';
import type { TrackKind } from '#lib/domain/lessons.ts';
import { examplesOf, type Task, taskAsSeen } from '#lib/domain/practice.ts';
import type { EditableCourse } from '../courses/courses.ts';
import { readTask } from '../courses/practice.ts';
import type { Database } from '../database/database.ts';
import { now } from '../ids.ts';
import { attachmentOf, originalOf, takeOf } from '../media/places.ts';
import type { Storage } from '../storage/storage.ts';
import * as queries from './content.queries.ts';

/** Which row a film, or another file of its own, belongs to. */
export type Film =
	| { kind: 'track' | 'take' | 'clip'; id: string }
	| { kind: 'attachment'; id: string; ending: string };
export type Source = { path: string; sizeBytes: number; film?: Film } & (
	{ key: string } | { text: string; cueCount: number }
);

export type Content = {
	/** Files in it have no sha256 yet: that is known once they have been read. */
	document: CourseDocument;
	sources: Source[];
	rows: queries.CourseRows;
	/** Videos whose bytes are not here yet, or of no use: they are left out. */
	missingVideos: number;
};

/** As long as a real one, so that the document's length is known before any file was read. */
export const NO_SHA256 = '0'.repeat(64);

export async function contentOf(
	db: Database,
	storage: Storage,
	course: EditableCourse
): Promise<Content> {
	const rows = await queries.rowsOfCourse(db, course.id);
	const sources: Source[] = [];
	let missingVideos = 0;

	async function stored(path: string, key: string, film?: Film): Promise<ArchivedFile | null> {
		const found = await storage.stat(key);
		if (!found || found.sizeBytes === 0) return null;
		sources.push({ path, key, sizeBytes: found.sizeBytes, ...(film && { film }) });
		return { path, sizeBytes: found.sizeBytes, sha256: NO_SHA256 };
	}
	function written(path: string, text: string, cueCount: number): ArchivedFile {
		const sizeBytes = Buffer.byteLength(text);
		sources.push({ path, text, cueCount, sizeBytes });
		return { path, sizeBytes, sha256: NO_SHA256 };
	}

	async function video(folder: string, lessonId: string, kind: TrackKind) {
		const track = rows.track.find((one) => one.lesson_id === lessonId && one.kind === kind);
		if (!track) return null;
		const path = `${folder}/${kind}.${endingOf(track.file_name)}`;
		const film = { kind: 'track', id: track.id } as const;
		const isOfUse = track.state !== 'failed';
		const file = isOfUse ? await stored(path, originalOf('track', track.id), film) : null;
		if (!file) missingVideos += 1;
		return file && { file, fileName: track.file_name };
	}

	async function takesOf(folder: string, lessonId: string): Promise<ArchivedLesson['takes']> {
		const takes: ArchivedLesson['takes'] = [];
		const sign = rows.track.find((one) => one.lesson_id === lessonId && one.kind === 'sign');
		for (const row of rows.take.filter((one) => one.lesson_id === lessonId)) {
			const path = `${folder}/take-${numbered(takes.length)}.${endingOf(row.file_name)}`;
			const file = await stored(path, takeOf(row.id), { kind: 'take', id: row.id });
			if (!file) continue;
			takes.push({
				file,
				fileName: row.file_name,
				place: {
					startMs: row.start_ms,
					endMs: row.end_ms,
					alignMs: row.align_ms,
					trimStartMs: row.trim_start_ms,
					trimEndMs: row.trim_end_ms
				},
				isInSignTrack: row.track_id !== null && row.track_id === sign?.id
			});
		}
		return takes;
	}

	async function attachmentsOf(folder: string, as: string, of: typeof rows.lesson_attachment) {
		const kept: ArchivedLesson['attachments'] = [];
		for (const { id, name, kind } of of) {
			const ending = ENDINGS[kind];
			const path = `${folder}/${as}-${numbered(kept.length)}.${ending}`;
			const key = attachmentOf(id, ending);
			const file = await stored(path, key, { kind: 'attachment', id, ending });
			if (file) kept.push({ name, kind, file });
		}
		return kept;
	}

	/** The pictures of a task, each with the level that it shows. */
	async function examplesIn(folder: string, of: typeof rows.lesson_attachment, task?: Task) {
		const kept: ArchivedLesson['examples'] = [];
		for (const { id, ...place } of examplesOf(task)) {
			const as = `example-${numbered(place.criterion)}-${place.level}`;
			const [file] = await attachmentsOf(
				folder,
				as,
				of.filter((row) => row.id === id)
			);
			if (file) kept.push({ ...place, ...file });
		}
		return kept;
	}

	const unitOf = new Map(rows.unit_lesson.map((one) => [one.lesson_id, one.unit_id]));
	const lessons: ArchivedLesson[] = [];
	for (const [index, lesson] of rows.lesson.entries()) {
		const folder = `lessons/${numbered(index)}`;
		const own = <Row extends { lesson_id: string }>(of: readonly Row[]): Row[] =>
			of.filter(({ lesson_id }) => lesson_id === lesson.id);
		const unit = rows.course_unit.findIndex(({ id }) => id === unitOf.get(lesson.id));
		const task = taskOf(own(rows.lesson_practice)[0]?.task);
		const files = own(rows.lesson_attachment);
		lessons.push({
			title: lesson.title,
			summary: lesson.summary,
			teachingMode: lesson.teaching_mode,
			completion: readCompletion(lesson.completion),
			unit: unit < 0 ? null : unit,
			demonstration: await video(folder, lesson.id, 'demonstration'),
			sign: await video(folder, lesson.id, 'sign'),
			signPlacement: {
				offsetMs: lesson.sign_offset_ms,
				sections: own(rows.sign_section).map((row) => ({
					lessonMs: row.lesson_ms,
					mediaMs: row.media_ms,
					lengthMs: row.length_ms
				}))
			},
			captions: own(rows.caption_track).map((row) => ({
				language: row.language,
				tier: row.tier,
				file: written(
					`${folder}/captions.${row.language}.${row.tier}.vtt`,
					row.webvtt,
					row.cue_count
				),
				fileName: row.file_name
			})),
			steps: own(rows.lesson_step).map((row) => ({
				title: row.title,
				startMs: row.start_ms,
				endMs: row.end_ms,
				pictureAtMs: row.picture_at_ms,
				note: row.note,
				...(row.hazards !== '[]' && { hazards: JSON.parse(row.hazards) as Hazard[] }),
				...(row.timer_label !== null &&
					row.timer_ms !== null && {
						timer: { label: row.timer_label, durationMs: row.timer_ms }
					})
			})),
			turns: own(rows.lesson_turn).map((row) => ({
				startMs: row.start_ms,
				endMs: row.end_ms,
				...spanOf('sign', row.sign_start_ms, row.sign_end_ms),
				...spanOf('hands', row.hands_start_ms, row.hands_end_ms)
			})),
			areas: own(rows.action_area).map(({ start_ms, end_ms, x, y, width, height }) => ({
				...{ startMs: start_ms, endMs: end_ms, x, y, width, height }
			})),
			materials: {
				count: own(rows.lesson_yield)[0]?.count ?? null,
				product: own(rows.lesson_yield)[0]?.product ?? '',
				rows: own(rows.lesson_material).map((row) => ({
					...{ kind: row.kind, name: row.name, note: row.note },
					...{ amount: row.amount_thousandths, unit: row.unit }
				}))
			},
			practice: taskAsSeen(task),
			attachments: await attachmentsOf(folder, 'attachment', files.filter(isToTake)),
			examples: await examplesIn(folder, files, task),
			takes: await takesOf(folder, lesson.id)
		});
	}

	const glossary: CourseDocument['glossary'] = [];
	for (const [index, row] of rows.glossary_term.entries()) {
		const path = `glossary/${numbered(index)}.video`;
		const isOfUse = row.clip_id !== null && row.clip_state !== 'failed';
		const film = { kind: 'clip', id: row.clip_id ?? '' } as const;
		glossary.push({
			term: row.term,
			variants: JSON.parse(row.variants) as string[],
			explanation: row.explanation,
			clip: isOfUse ? await stored(path, originalOf('clip', film.id), film) : null
		});
	}

	const { title, summary, skill_field: skillField, cover_key } = rows.course;
	const { occupation, skill_level: level } = rows.course;
	const prepares = occupation !== null && level !== null ? { occupation, level } : null;
	const cover = cover_key === null ? null : await stored('cover.webp', cover_key);
	const document: CourseDocument = {
		format: ARCHIVE_FORMAT,
		version: ARCHIVE_VERSION,
		exportedAt: now(),
		course: { title, summary, skillField, prepares, cover },
		units: rows.course_unit.map((unit) => ({ title: unit.title })),
		lessons,
		glossary
	};
	return { document, sources, rows, missingVideos };
}

const taskOf = (task: string | null | undefined) =>
	typeof task === 'string' ? readTask(task) : undefined;

const isToTake = ({ purpose }: { purpose: Purpose }): boolean => purpose === 'file';

const numbered = (index: number): string => String(index + 1).padStart(3, '0');

/** Names of files are for whoever unpacks an archive by hand; what they hold is looked at inside. */
const endingOf = (fileName: string): string =>
	/\.(mp4|m4v|mov|webm|mkv|avi|3gp|mts|mpg|mpeg)$/i.exec(fileName)?.[1]?.toLowerCase() ?? 'video';

const spanOf = <K extends 'sign' | 'hands'>(
	part: K,
	startMs: number | null,
	endMs: number | null
): Partial<Record<K, { startMs: number; endMs: number }>> =>
	startMs === null || endMs === null
		? {}
		: ({ [part]: { startMs, endMs } } as Record<K, { startMs: number; endMs: number }>);
