/** The draft becomes what was published once more. */
import { parseWebVtt } from '#lib/captions/webvtt.ts';
import { USUAL } from '#lib/domain/completion.ts';
import { TRACK_KINDS } from '#lib/domain/lessons.ts';
import type { PersonActor } from '../access/actor.ts';
import * as completion from '../courses/completion.ts';
import * as lessons from '../courses/lessons.ts';
import * as practice from '../courses/practice.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import { newId, now } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import * as versions from '../publication/versions.ts';
import * as attachments from './attachments.ts';
import * as captionQueries from './captions.queries.ts';
import * as composites from './composites.ts';
import * as processing from './processing.queries.ts';
import { nextRevision } from './marks.queries.ts';
import * as steps from './steps.queries.ts';
import { TAKE_PICTURES } from './steps.ts';
import * as takes from './takes.ts';
import * as taskPictures from './task-pictures.ts';
import * as timeline from './timeline.queries.ts';
import * as tracks from './tracks.queries.ts';
import { replaceTracks } from './uploads.queries.ts';

/**
 * Puts the draft back to a version, as a whole or not at all. Videos it has now stay for their week.
 * @throws NotFound when there is no such version, or its videos have left the disk
 */
export const putBack = (
	db: Database,
	lesson: lessons.EditableLesson,
	by: PersonActor,
	number: number
): Promise<void> =>
	db.transaction().execute(async (step) => {
		const { content } = await versions.byNumber(step, lesson, number);
		const { title, summary, teachingMode } = content;
		await putFilmsBack(step, lesson.id, content);
		await lessons.change(step, lesson, { title, summary, teachingMode });
		await timeline.setSignOffset(step, lesson.id, content.signOffsetMs);
		await timeline.replaceSections(step, lesson.id, content.sections);
		await timeline.replaceTurns(step, lesson.id, content.turns);
		await timeline.replaceAreas(step, lesson.id, content.areas);
		await steps.replaceSteps(
			step,
			lesson.id,
			content.steps.map((one, position) => ({
				...{ id: one.id, lesson_id: lesson.id, position, title: one.title, note: one.note },
				...{ start_ms: one.startMs, end_ms: one.endMs, picture_at_ms: one.pictureAtMs },
				picture_track_id:
					one.pictureTrackId === content.demonstration.id ? one.pictureTrackId : null,
				...{ timer_label: one.timer?.label ?? null, timer_ms: one.timer?.durationMs ?? null },
				hazards: JSON.stringify(one.hazards ?? [])
			}))
		);
		// Who has the steps open has something else before his eyes now.
		await nextRevision(step, { lessonId: lesson.id, savedBy: by.id, savedAt: now() });
		await putCaptionsBack(step, lesson.id, by, content);
		await completion.put(step, lesson, content.completion ?? USUAL);
		await practice.putBack(step, lesson, by, content.practice);
		await taskPictures.use(step, lesson, content.practice);
		await attachments.putBack(step, lesson, content.attachments ?? []);
		await enqueue(step, TAKE_PICTURES, { lessonId: lesson.id });
		await composites.renew(step, lesson.id);
	});

type Content = versions.Version['content'];

async function putFilmsBack(db: Database, lessonId: string, content: Content): Promise<void> {
	const current = await tracks.currentTracks(db, lessonId);
	for (const kind of TRACK_KINDS) {
		const wanted = content[kind]?.id;
		if (wanted === undefined || current.some(({ id }) => id === wanted)) continue;
		const track = await tracks.trackById(db, wanted);
		if (track?.lessonId !== lessonId || track.state !== 'ready') throw new NotFound();
		// Takes recorded since are of another sign track.
		if (kind === 'sign') await takes.retire(db, lessonId);
		await replaceTracks(db, lessonId, kind, now());
		await processing.putBack(db, wanted);
	}
}

/** Each saving counts, so that whoever writes captions at this moment is told. */
async function putCaptionsBack(
	db: Database,
	lessonId: string,
	by: PersonActor,
	{ captions }: Content
): Promise<void> {
	const current = await captionQueries.captionTexts(db, lessonId);
	const isSame = (one: (typeof captions)[number]) => (other: (typeof current)[number]) =>
		one.language === other.language && one.tier === other.tier;
	for (const { language, tier } of current)
		if (!captions.some((one) => one.language === language && one.tier === tier))
			await captionQueries.removeCaptions(db, { lessonId, language, tier });
	for (const one of captions) {
		const there = current.find(isSame(one));
		if (there?.webvtt === one.webvtt) continue;
		await captionQueries.putCaptions(db, {
			...{ id: newId(), lessonId, language: one.language, tier: one.tier, webvtt: one.webvtt },
			cueCount: parseWebVtt(one.webvtt).track.cues.length,
			...{ fileName: '', savedBy: by.id, savedAt: now() }
		});
	}
}
