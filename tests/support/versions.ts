/** A running class, and what changes in the lesson it learns. */
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import * as moving from '#lib/server/classes/moving.ts';
import * as lessons from '#lib/server/courses/lessons.ts';
import type { Database } from '#lib/server/database/database.ts';
import { presentationFor } from '#lib/server/media/presentation.ts';
import * as progress from '#lib/server/progress/progress.ts';
import { webVtt } from './captions.ts';
import * as made from './people.ts';

export const MINUTE = 60_000;

export type Running = made.Taught & {
	trackId: string;
	classId: string;
	staff: PersonActor;
	trainee: PersonActor;
};

/** All of it on one database. */
export function versionsOn(db: Database) {
	const write = (taught: made.Taught, words: string) =>
		made.addCaptions(
			db,
			taught,
			'zh-CN',
			new TextEncoder().encode(webVtt([words, '<c.quiet>[这里没有话]</c>']))
		);
	/** Somebody looks at what has changed, and it is published. */
	const publishAgain = async (taught: made.Taught) => {
		await made.approve(db, taught);
		await made.publish(db, taught);
	};
	const seen = async (who: PersonActor, { lessonId }: made.Taught) =>
		presentationFor(db, who, await lessons.forWatching(db, who, lessonId));
	return {
		write,
		publishAgain,
		seen,
		edit: ({ instructor, lessonId }: made.Taught) => lessons.forEditing(db, instructor, lessonId),
		/** Other captions, as the next version. */
		changeWords: async (taught: made.Taught, words = '先擦手。') => {
			await write(taught, words);
			await publishAgain(taught);
		},
		/** Another video, as the next version. @returns its track's id */
		changeVideo: async (taught: made.Taught) => {
			const trackId = await made.aReadyTrack(db, taught);
			await made.addSteps(db, taught);
			await made.consentToFilming(db, taught);
			await publishAgain(taught);
			return trackId;
		},
		aRunningClass: async (): Promise<Running> => {
			const taught = await made.aPublishedLesson(db);
			const { classId, staff } = await made.aClass(db, taught.courseId);
			const trainee = await made.aTrainee(db);
			await classes.join(db, trainee, classId);
			return { ...taught, classId, staff, trainee };
		},
		numberFor: async (who: PersonActor, taught: made.Taught) =>
			(await seen(who, taught)).version?.number,
		firstWords: async (who: PersonActor, taught: made.Taught) =>
			(await seen(who, taught)).presentation?.captions[0]?.cues[0]?.text,
		move: async ({ classId, staff }: Running, lessonId?: string) =>
			moving.move(db, await moving.forMoving(db, staff, classId), lessonId),
		watch: (who: PersonActor, lessonId: string, toMs: number, version?: number) =>
			progress.record(db, who, lessonId, {
				...{ ranges: [[0, toMs] as [number, number]], positionMs: toMs, version },
				positionAt: new Date().toISOString()
			}),
		standing: async (who: PersonActor, taught: made.Taught) =>
			progress.inLesson(db, who, taught.lessonId, (await seen(who, taught)).version?.films)
	};
}
