/**
 * A video while it is being made: its smallest size, as far as it is, for those who make the lesson.
 * Trainees never see it: what they see is a version, and a version has videos that are whole.
 */
import type { TrackKind } from '#lib/domain/lessons.ts';
import type { Actor } from '../access/actor.ts';
import * as lessons from '../courses/lessons.ts';
import type { Database } from '../database/database.ts';
import { NotFound } from '../errors.ts';
import type { Early, Transcoder } from '../transcoding/transcoder.ts';
import { filesOf } from './places.ts';
import { serve } from './serve.ts';
import * as queries from './tracks.queries.ts';

type Looking = Pick<Transcoder, 'early'>;
export type EarlyLook = {
	trackId: string;
	kind: TrackKind;
	/** So much of it can be seen by now. */
	durationMs: number;
	width: number;
	height: number;
	src: string;
};

const PLAYLIST = 'look.m3u8';

/** What can be seen of each of a lesson's videos that is still being made. */
export async function ofLesson(
	db: Database,
	transcoder: Looking,
	lesson: lessons.EditableLesson
): Promise<Partial<Record<TrackKind, EarlyLook>>> {
	const all = await queries.tracksBeingMade(db, lesson.id);
	const looks = await Promise.all(
		all.map(async ({ id, kind, earlyDigest }) => {
			const early = earlyDigest && (await transcoder.early(filesOf('track', id, earlyDigest)));
			if (!early) return [];
			const { durationMs, width, height } = early;
			const src = `/media/early/${id}/${PLAYLIST}?until=${durationMs}`;
			return [[kind, { trackId: id, kind, durationMs, width, height, src }] as const];
		})
	);
	return Object.fromEntries(looks.flat());
}

/**
 * Answers with the playlist up to a moment (`?until=`, in ms), or with its media.
 * @throws NotFound for all who do not make the lesson, and while there is nothing
 */
export async function answer(
	db: Database,
	transcoder: Looking,
	actor: Actor,
	asked: { trackId: string; file: string },
	request: Request
): Promise<Response> {
	const track = await queries.trackById(db, asked.trackId);
	if (!track) throw new NotFound();
	await lessons.forEditing(db, actor, track.lessonId);
	const { earlyDigest } = track;
	const early =
		earlyDigest && (await transcoder.early(filesOf('track', asked.trackId, earlyDigest)));
	if (!early) throw new NotFound();
	const until = Number(new URL(request.url).searchParams.get('until') ?? early.durationMs);
	const isPlaylist = asked.file === PLAYLIST;
	if (!isPlaylist && asked.file !== early.media) throw new NotFound();
	const response = isPlaylist
		? new Response(early.playlist(until), {
				headers: { 'content-type': 'application/vnd.apple.mpegurl' }
			})
		: await serve(mediaOf(early), early.media, request);
	// There is more of it in a moment, under the same name.
	response.headers.set('cache-control', 'private, no-store');
	response.headers.set('x-content-type-options', 'nosniff');
	return response;
}

const mediaOf = (early: Early) => ({
	stat: () => Promise.resolve({ sizeBytes: early.sizeBytes }),
	read: (_key: string, range?: { start: number; end: number }) => early.read(range)
});
