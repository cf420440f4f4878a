/** What a trainee would see of a lesson as it is being worked on: its draft, as plain data. */
import { readCompletion } from '#lib/domain/completion.ts';
import type { Hazard } from '#lib/domain/hazards.ts';
import { type TrackKind, tracksOf } from '#lib/domain/lessons.ts';
import type { Content, Film } from '#lib/domain/versions.ts';
import { readTask } from '../courses/practice.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { type ContentRows, contentRows } from './content.queries.ts';

/** @throws NotFound when there is no such lesson */
export async function draftOf(db: Database, lesson: { id: string }): Promise<Content> {
	const rows = await contentRows(db, lesson.id);
	if (!rows) throw new NotFound();
	const task = rows.practice?.task ?? null;
	const { completion, ...plain } = rows.lesson;
	const wanted = tracksOf(rows.lesson.teachingMode);
	const film = (kind: TrackKind) => (wanted.includes(kind) ? filmOf(rows, kind) : undefined);
	const [demonstration, sign] = [film('demonstration'), film('sign')];
	return {
		...plain,
		...(demonstration && { demonstration }),
		...(sign && { sign }),
		sections: wanted.includes('sign') ? rows.sections : [],
		captions: rows.captions,
		steps: rows.steps.map(({ timerLabel, timerMs, hazards, ...step }) => ({
			...step,
			...(hazards !== '[]' && { hazards: JSON.parse(hazards) as Hazard[] }),
			...(timerLabel !== null &&
				timerMs !== null && { timer: { label: timerLabel, durationMs: timerMs } })
		})),
		turns: rows.turns.map((row) => {
			const sign = spanOf(row.signStartMs, row.signEndMs);
			const hands = spanOf(row.handsStartMs, row.handsEndMs);
			return {
				...{ startMs: row.startMs, endMs: row.endMs },
				...(sign && { sign }),
				...(hands && { hands })
			};
		}),
		areas: rows.areas,
		...(task !== null && { practice: readTask(task) }),
		...(completion !== null && { completion: readCompletion(completion) }),
		...(rows.attachments.length > 0 && { attachments: rows.attachments })
	};
}

/** One that can be watched, with everything measured. */
function filmOf({ tracks }: ContentRows, kind: TrackKind): Film | undefined {
	const track = tracks.find((one) => one.kind === kind);
	if (!track) return undefined;
	const { id, digest, fileName, durationMs, width, height } = track;
	if (digest === null || durationMs === null || width === null || height === null) return undefined;
	return { id, digest, fileName, durationMs, width, height, hasSound: track.hasSound === 1 };
}

const spanOf = (startMs: number | null, endMs: number | null) =>
	startMs === null || endMs === null ? undefined : { startMs, endMs };
