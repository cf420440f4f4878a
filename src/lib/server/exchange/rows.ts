/** A document as the rows of a new course: a draft, with films that are still to be prepared. */
import type { ArchivedLesson, CourseDocument } from '#lib/domain/course-archive.ts';
import { keptCompletion } from '#lib/domain/completion.ts';
import type { TrackKind } from '#lib/domain/lessons.ts';
import type { Task } from '#lib/domain/practice.ts';
import { newId } from '../ids.ts';
import type { NewRows } from './content.queries.ts';

export type NewCourse = {
	id: string;
	title: string;
	ownerId: string;
	at: string;
	coverKey: string | null;
	/** Of a film or an attachment, by its path in the archive. */
	filmId(path: string): string;
	/** Captions as they are to be kept, by path. */
	captionsOf(path: string): { webvtt: string; cueCount: number };
};

const nothing = (): NewRows => ({
	course: [],
	course_instructor: [],
	course_unit: [],
	lesson: [],
	unit_lesson: [],
	upload: [],
	track: [],
	take: [],
	caption_track: [],
	lesson_step: [],
	lesson_turn: [],
	action_area: [],
	sign_section: [],
	lesson_yield: [],
	lesson_material: [],
	lesson_practice: [],
	lesson_attachment: [],
	composite: [],
	glossary_term: []
});

export function rowsOf(document: CourseDocument, made: NewCourse): NewRows {
	const rows = nothing();
	const { id: course_id, at } = made;
	rows.course.push({
		id: course_id,
		title: made.title,
		summary: document.course.summary,
		skill_field: document.course.skillField,
		occupation: document.course.prepares?.occupation ?? null,
		skill_level: document.course.prepares?.level ?? null,
		cover_key: made.coverKey,
		created_by: made.ownerId,
		created_at: at
	});
	rows.course_instructor.push({ course_id, person_id: made.ownerId, added_at: at });
	const unitIds = document.units.map(({ title }, index) => {
		const id = newId();
		// From 1: before the first unit there is a place without one.
		rows.course_unit.push({ id, course_id, position: index + 1, title });
		return id;
	});
	for (const [index, lesson] of document.lessons.entries()) {
		const id = newId();
		rows.lesson.push({
			id,
			course_id,
			position: index + 1,
			title: lesson.title,
			summary: lesson.summary,
			teaching_mode: lesson.teachingMode,
			sign_offset_ms: lesson.signPlacement.offsetMs,
			completion: keptCompletion(lesson.completion),
			created_at: at
		});
		const unit_id = lesson.unit === null ? undefined : unitIds[lesson.unit];
		if (unit_id !== undefined) rows.unit_lesson.push({ lesson_id: id, unit_id });
		addFilms(rows, lesson, id, made);
		addCaptions(rows, lesson, id, made);
		addMarks(rows, lesson, id);
		addMaterials(rows, lesson, id);
		addPractice(rows, lesson, id, made);
		addAttachments(rows, lesson, id, made);
	}
	for (const [position, { term, variants, explanation, clip }] of document.glossary.entries())
		rows.glossary_term.push({
			...{ id: newId(), course_id, position, term, explanation },
			variants: JSON.stringify(variants),
			clip_id: clip && made.filmId(clip.path),
			clip_state: clip && 'waiting'
		});
	return rows;
}

function addFilms(rows: NewRows, lesson: ArchivedLesson, lesson_id: string, made: NewCourse) {
	const { ownerId, at } = made;
	const sent = (kind: TrackKind, file_name: string, size_bytes: number): string => {
		const id = newId();
		rows.upload.push({
			...{ id, lesson_id, kind, person_id: ownerId, file_name, size_bytes },
			...{ created_at: at, finished_at: at }
		});
		return id;
	};
	for (const kind of ['demonstration', 'sign'] as const) {
		const video = lesson[kind];
		if (!video) continue;
		const [file_name, size_bytes] = [video.fileName, video.file.sizeBytes];
		rows.track.push({
			id: made.filmId(video.file.path),
			upload_id: sent(kind, file_name, size_bytes),
			...{ lesson_id, kind, file_name, size_bytes },
			...{ state: 'waiting', progress_permille: 0, has_sound: 0 },
			...{ created_by: ownerId, created_at: at }
		});
	}
	for (const { file, fileName, place, isInSignTrack } of lesson.takes)
		rows.take.push({
			id: made.filmId(file.path),
			lesson_id,
			upload_id: sent('sign', fileName, file.sizeBytes),
			start_ms: place.startMs,
			end_ms: place.endMs,
			align_ms: place.alignMs,
			trim_start_ms: place.trimStartMs,
			trim_end_ms: place.trimEndMs,
			state: 'waiting',
			track_id: isInSignTrack && lesson.sign ? made.filmId(lesson.sign.file.path) : null,
			created_at: at
		});
}

function addCaptions(rows: NewRows, lesson: ArchivedLesson, lesson_id: string, made: NewCourse) {
	for (const { language, tier, file, fileName } of lesson.captions) {
		const { webvtt, cueCount } = made.captionsOf(file.path);
		rows.caption_track.push({
			...{ id: newId(), lesson_id, language, tier, revision: 1, webvtt, cue_count: cueCount },
			...{ file_name: fileName, uploaded_by: made.ownerId, uploaded_at: made.at }
		});
	}
}

function addMarks(rows: NewRows, lesson: ArchivedLesson, lesson_id: string): void {
	for (const [position, step] of lesson.steps.entries())
		rows.lesson_step.push({
			...{ id: newId(), lesson_id, position, title: step.title, note: step.note },
			...{ start_ms: step.startMs, end_ms: step.endMs, picture_track_id: null },
			picture_at_ms: step.pictureAtMs ?? Math.floor((step.startMs + step.endMs) / 2),
			hazards: JSON.stringify(step.hazards ?? []),
			timer_label: step.timer?.label ?? null,
			timer_ms: step.timer?.durationMs ?? null
		});
	for (const { startMs, endMs, sign, hands } of lesson.turns)
		rows.lesson_turn.push({
			...{ lesson_id, start_ms: startMs, end_ms: endMs },
			sign_start_ms: sign?.startMs ?? null,
			sign_end_ms: sign?.endMs ?? null,
			hands_start_ms: hands?.startMs ?? null,
			hands_end_ms: hands?.endMs ?? null
		});
	for (const { startMs, endMs, ...area } of lesson.areas)
		rows.action_area.push({ lesson_id, start_ms: startMs, end_ms: endMs, ...area });
	for (const { lessonMs, mediaMs, lengthMs } of lesson.signPlacement.sections)
		rows.sign_section.push({
			...{ lesson_id, lesson_ms: lessonMs, media_ms: mediaMs, length_ms: lengthMs }
		});
}

function addMaterials(rows: NewRows, { materials }: ArchivedLesson, lesson_id: string): void {
	const { count, product } = materials;
	if (count !== null) rows.lesson_yield.push({ lesson_id, count, product });
	for (const [position, { kind, name, amount, unit, note }] of materials.rows.entries())
		rows.lesson_material.push({
			...{ id: newId(), lesson_id, position, kind, name, unit, note },
			amount_thousandths: amount
		});
}

function addPractice(
	rows: NewRows,
	{ practice, examples }: ArchivedLesson,
	lesson_id: string,
	{ ownerId, at, filmId }: NewCourse
): void {
	if (practice === null) return;
	const criteria = practice.criteria.map(({ levels, ...criterion }, index) => ({
		...{ id: newId(), ...criterion },
		levels: levels.map((one) => {
			const shown = examples.find((of) => of.criterion === index && of.level === one.level);
			return { ...one, ...(shown && { picture: { id: filmId(shown.file.path), alt: shown.alt } }) };
		})
	}));
	rows.lesson_practice.push({
		...{ lesson_id, revision: 1, saved_by: ownerId, saved_at: at },
		task: JSON.stringify({ ...practice, criteria } satisfies Task)
	});
}

function addAttachments(
	rows: NewRows,
	{ attachments, examples }: ArchivedLesson,
	lesson_id: string,
	made: NewCourse
): void {
	for (const [position, { name, kind, file, ...rest }] of [...attachments, ...examples].entries())
		rows.lesson_attachment.push({
			...{ id: made.filmId(file.path), lesson_id, position, name, kind },
			purpose: 'level' in rest ? 'example' : 'file',
			...{ size_bytes: file.sizeBytes, added_by: made.ownerId, added_at: made.at }
		});
}
