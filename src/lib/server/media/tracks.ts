/** A lesson's video tracks: what there is, and where a browser finds it. */
import * as v from 'valibot';
import type { TrackKind } from '#lib/domain/lessons.ts';
import type { Span } from '#lib/domain/timeline.ts';
import type { Lesson } from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { Invalid } from '../errors.ts';
import { addressOf } from './places.ts';
import * as queries from './tracks.queries.ts';

/** The job that turns an uploaded file into renditions. */
export const PREPARE_TRACK = 'prepare-track';
export const PrepareTrack = v.object({ trackId: v.string() });

/** The current tracks of a lesson. */
export const ofLesson = (db: Database, lessonId: string) => queries.currentTracks(db, lessonId);

type Track = Awaited<ReturnType<typeof ofLesson>>[number];
/** A track that can be watched, with everything measured. */
export type ReadyTrack = {
	id: string;
	digest: string;
	durationMs: number;
	width: number;
	height: number;
	hasSound: boolean;
};

/** Those of a lesson's current tracks that can be watched. */
export async function readyOf(
	db: Database,
	lessonId: string
): Promise<Partial<Record<TrackKind, ReadyTrack>>> {
	const all = await ofLesson(db, lessonId);
	return Object.fromEntries(
		all.flatMap((track) => {
			const ready = measured(track);
			return ready ? [[track.kind, ready]] : [];
		})
	);
}

function measured(track: Track): ReadyTrack | undefined {
	if (track.state !== 'ready') return undefined;
	const { id, digest, durationMs, width, height, hasSound } = track;
	if (digest === null || durationMs === null || width === null || height === null) return undefined;
	return { id, digest, durationMs, width, height, hasSound };
}

/** @throws Invalid when the lesson has no length yet, or one of the spans ends after it */
export async function assertInside(
	db: Database,
	lesson: Lesson,
	spans: readonly Span[]
): Promise<void> {
	const { demonstration } = await readyOf(db, lesson.id);
	if (!demonstration) throw new Invalid({ '': 'video_not_ready' });
	if (spans.some(({ endMs }) => endMs > demonstration.durationMs))
		throw new Invalid({ '': 'times_beyond_end' });
}

/** Addresses a player needs of a ready track. Only for those who may watch its lesson. */
export function addressesOf(track: { id: string; digest: string; hasSound: boolean }) {
	const base = addressOf(track.id, track.digest);
	return {
		src: `${base}/master.m3u8`,
		poster: `${base}/poster.jpg`,
		thumbnailsSrc: `${base}/thumbnails.vtt`,
		soundSrc: track.hasSound ? `${base}/sound.m4a` : undefined
	};
}
