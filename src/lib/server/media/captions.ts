/** Caption tracks of a lesson: people write them, we check them before anything is kept. */
import { readCaptions, type ReadCaptions } from '#lib/captions/read.ts';
import { plainText } from '#lib/captions/payload.ts';
import { parseWebVtt, writeWebVtt } from '#lib/captions/webvtt.ts';
import type { CaptionLanguage } from '#lib/domain/lessons.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { Invalid, NotFound, type Problem } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as publication from '../publication/publication.ts';
import * as queries from './captions.queries.ts';

/**
 * Takes a WebVTT or SRT file in any of its usual encodings; the lesson's captions in this language
 * are replaced by it as a whole, or nothing changes.
 * @returns what was mended on the way
 * @throws Invalid naming the first bad line
 */
export async function put(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	input: { language: CaptionLanguage; fileName: string; bytes: Uint8Array }
) {
	const result = readCaptions(input.bytes);
	if (!result.ok) throw new Invalid(problemsOf(result));
	await queries.putCaptions(db, {
		id: newId(),
		lessonId: lesson.id,
		language: input.language,
		webvtt: writeWebVtt(result.track),
		cueCount: result.track.cues.length,
		fileName: input.fileName.slice(0, 300),
		uploadedBy: by.id,
		uploadedAt: now()
	});
	return {
		cueCount: result.track.cues.length,
		notices: result.notices,
		noticeCount: result.noticeCount
	};
}

/** The first place to mend is told in full; of the others, how many there are. */
function problemsOf(refusal: Extract<ReadCaptions, { ok: false }>): Record<string, Problem> {
	const [first] = refusal.problems;
	const others = refusal.problemCount - 1;
	return {
		file: first
			? { code: `captions_${first.code}`, values: { line: first.line } }
			: { code: 'captions_notCaptions' },
		...(others > 0 && { '': { code: 'captions_others', values: { others } } })
	};
}

/**
 * Takes one language's captions away; a second time it changes nothing.
 * @throws Invalid when trainees watch the lesson and these are its last captions
 */
export const remove = (
	db: Database,
	lesson: EditableLesson,
	language: CaptionLanguage
): Promise<void> =>
	db.transaction().execute(async (step) => {
		const others = (await queries.captionList(step, lesson.id)).filter(
			(track) => track.language !== language
		);
		if (others.length === 0 && (await publication.current(step, lesson.id)))
			throw new Invalid({ '': 'captions_last_of_published' });
		await queries.removeCaptions(step, lesson.id, language);
	});

/** What there is, for lists. */
export const ofLesson = (db: Database, lessonId: string) => queries.captionList(db, lessonId);

/**
 * The captions of one language as they are kept, to be read through.
 * @throws NotFound when there are none
 */
export async function inLanguage(db: Database, lesson: EditableLesson, language: CaptionLanguage) {
	const found = await queries.captionText(db, lesson.id, language);
	if (!found) throw new NotFound();
	const { track } = parseWebVtt(found.webvtt);
	return {
		fileName: found.fileName,
		cues: track.cues.map(({ startMs, endMs, text }) => ({ startMs, endMs, text: plainText(text) }))
	};
}

/** The texts, for watching. */
export const textsOf = (db: Database, lessonId: string) => queries.captionTexts(db, lessonId);
