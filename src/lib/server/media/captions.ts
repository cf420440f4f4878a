/** Caption tracks of a lesson: people write them, we check them before anything is kept. */
import type { CaptionEncoding } from '#lib/captions/decode.ts';
import { type Look, lookAt } from '#lib/captions/look.ts';
import { readCaptions, type ReadCaptions } from '#lib/captions/read.ts';
import { writeWebVtt } from '#lib/captions/webvtt.ts';
import type { CaptionLanguage, CaptionTier } from '#lib/domain/lessons.ts';
import type { PersonActor } from '../access/actor.ts';
import type { EditableLesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { Conflict, Invalid, type Problem } from '../errors.ts';
import { newId, now } from '../ids.ts';
import * as queries from './captions.queries.ts';

/** Somebody saved these captions in between; nothing was changed. */
export class SavedInBetween extends Conflict {
	/** Whose revision is kept now, 0 if the captions were taken away. */
	readonly now: { revision: number; savedBy?: string; savedAt?: string };
	constructor(now: SavedInBetween['now']) {
		super('stale');
		this.now = now;
	}
}

interface Which {
	language: CaptionLanguage;
	/** Full captions if not said. */
	tier?: CaptionTier;
}

/**
 * What a file would become, in each encoding it may be in, the likeliest first; nothing is kept.
 * @throws Invalid naming the first bad line
 */
export function look(bytes: Uint8Array): Look[] {
	const looked = lookAt(bytes);
	if (!looked.ok) throw new Invalid(problemsOf(looked));
	return looked.looks;
}

/**
 * Takes a WebVTT or SRT file in any of its usual encodings; the lesson's captions in this language
 * are replaced by it as a whole, or nothing changes.
 * @param input.encoding as somebody has read it; the likeliest one if nobody has
 * @returns what was mended on the way
 * @throws Invalid naming the first bad line
 */
export async function put(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	input: Which & { fileName: string; bytes: Uint8Array; encoding?: CaptionEncoding }
) {
	const { track, notices, noticeCount } = taken(input.bytes, input.encoding);
	await queries.putCaptions(db, {
		id: newId(),
		...keyOf(lesson, input),
		webvtt: writeWebVtt(track),
		cueCount: track.cues.length,
		fileName: input.fileName.slice(0, 300),
		savedBy: by.id,
		savedAt: now()
	});
	return { cueCount: track.cues.length, notices, noticeCount };
}

/**
 * Keeps what somebody wrote in the studio, if nobody saved since they began.
 * @param input.baseRevision the revision it was written on, 0 if there were no captions
 * @returns the new revision
 * @throws SavedInBetween if there is another revision by now
 * @throws Invalid naming the first bad line
 */
export async function save(
	db: Database,
	lesson: EditableLesson,
	by: PersonActor,
	input: Which & { webvtt: string; baseRevision: number }
): Promise<{ revision: number }> {
	const { track } = taken(new TextEncoder().encode(input.webvtt));
	const key = keyOf(lesson, input);
	return db.transaction().execute(async (step) => {
		const current = await queries.captionText(step, key);
		if ((current?.revision ?? 0) !== input.baseRevision) {
			const { revision = 0, savedBy, savedAt } = current ?? {};
			throw new SavedInBetween({ revision, savedBy, savedAt });
		}
		const revision = await queries.putCaptions(step, {
			id: newId(),
			...key,
			webvtt: writeWebVtt(track),
			cueCount: track.cues.length,
			fileName: current?.fileName ?? '',
			savedBy: by.id,
			savedAt: now()
		});
		return { revision };
	});
}

const keyOf = (lesson: EditableLesson, { language, tier = 'full' }: Which) => ({
	lessonId: lesson.id,
	language,
	tier
});

function taken(bytes: Uint8Array, encoding?: CaptionEncoding): Extract<ReadCaptions, { ok: true }> {
	const result = readCaptions(bytes, encoding);
	if (!result.ok) throw new Invalid(problemsOf(result));
	return result;
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

/** Takes one track away; a second time it changes nothing. */
export const remove = (db: Database, lesson: EditableLesson, which: Which): Promise<void> =>
	queries.removeCaptions(db, keyOf(lesson, which));

/** What there is, for lists. */
export const ofLesson = (db: Database, lessonId: string) => queries.captionList(db, lessonId);

/** One track as it is kept, with who saved it and when; undefined when there is none. */
export const find = (db: Database, lesson: EditableLesson, which: Which) =>
	queries.captionText(db, keyOf(lesson, which));

/** The texts, for watching. */
export const textsOf = (db: Database, lessonId: string) => queries.captionTexts(db, lessonId);
