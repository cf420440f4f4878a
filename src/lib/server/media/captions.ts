/** Caption tracks of a lesson: people write them, we check them before anything is kept. */
import { readCaptions } from '#lib/captions/read.ts';
import { writeWebVtt } from '#lib/captions/webvtt.ts';
import type { CaptionLanguage } from '#lib/domain/lessons.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { Invalid, type Problem } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as queries from './captions.queries.ts';

export const MAX_CAPTION_BYTES = 1024 * 1024;

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
	if (!result.ok) throw new Invalid({ file: problemOf(result.problems) });
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
	return { cueCount: result.track.cues.length, notices: result.notices };
}

const problemOf = (problems: readonly { code: string; line: number }[]): Problem => {
	const [first, ...others] = problems;
	if (!first) return { code: 'captions_notCaptions' };
	return { code: `captions_${first.code}`, values: { line: first.line, others: others.length } };
};

/** Takes one language's captions away. */
export const remove = (
	db: Database,
	lesson: EditableLesson,
	language: CaptionLanguage
): Promise<void> => queries.removeCaptions(db, lesson.id, language);

/** What there is, for lists. */
export const ofLesson = (db: Database, lessonId: string) => queries.captionList(db, lessonId);

/** The texts, for watching. */
export const textsOf = (db: Database, lessonId: string) => queries.captionTexts(db, lessonId);
