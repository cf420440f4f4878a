import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Storage } from '../../storage/storage.ts';
import {
	ENCODING_MEMORY_BYTES,
	ENCODING_STALL_MS,
	ENCODING_TIMEOUT_FACTOR,
	ENCODING_TIMEOUT_MIN_MS,
	LAST_PICTURE_MAX_MS,
	OUTPUT_BYTES_MAX
} from '../limits.ts';
import { FRAME_RATE } from '../plan.ts';
import type { JoinPlan, Probe } from '../transcoder.ts';
import { Unusable } from '../unusable.ts';
import { runConfined, TookTooLong } from './confined.ts';
import { failureOf } from './encode.ts';
import { onPictureTime, QUIETLY, reading, toSharedColours } from './ladder.ts';
import { probeFile } from './probe.ts';
import { encodedMsOf } from './progress.ts';

const JOINED_FILE = 'joined.mp4';
const LIST_FILE = 'pieces.txt';
/**
 * A recording may end a little before it was said to: its last frame then stands that long. A frame
 * more, for what is rounded on the way.
 */
const FILL_FRAMES = Math.ceil((LAST_PICTURE_MAX_MS * FRAME_RATE) / 1000) + 1;
/** It is encoded once more for watching: nothing may be lost here that hands need. */
const QUALITY = 14;

type Work = {
	storage: Storage;
	plan: JoinPlan;
	target: string;
	/** Empty, for unfinished files. */
	folder: string;
	signal: AbortSignal | undefined;
};
type Piece = JoinPlan['pieces'][number];

/**
 * Makes one film of many recordings: each by itself to the same canvas and frame grid, so that
 * memory does not grow with their number, then one after the other without another encoding.
 * Stored whole or not at all.
 */
export async function joinFilms(work: Work): Promise<void> {
	const { storage, plan, target, folder } = work;
	if (await storage.stat(target)) return;
	const names: string[] = [];
	for (const [index, piece] of plan.pieces.entries()) {
		const name = `piece-${index}.mp4`;
		await normalise(piece, name, work);
		names.push(name);
	}
	// Joining rounds where each piece begins; after 200 of them that would be frames.
	await writeFile(join(folder, LIST_FILE), names.map((name) => `file ${name}\n`).join(''));
	const asked = ['-f', 'concat', '-safe', '1', '-i', LIST_FILE, '-map', '0:v:0', '-c', 'copy'];
	const onGrid = ['-bsf:v', `setts=ts=N/(${FRAME_RATE}*TB):duration=1/(${FRAME_RATE}*TB)`];
	await run([...QUIETLY, ...asked, ...onGrid, '-movflags', '+faststart', JOINED_FILE], work);
	const frames = plan.pieces.reduce((sum, piece) => sum + piece.frames, 0);
	await assertFrames(join(folder, JOINED_FILE), frames);
	work.signal?.throwIfAborted();
	await storage.adopt(target, join(folder, JOINED_FILE));
}

async function normalise(piece: Piece, name: string, work: Work): Promise<void> {
	const copy = await work.storage.localCopy(piece.source);
	try {
		const probe = await probeFile(copy.path);
		await run(pieceArguments(copy.path, piece, probe, work.plan, name), work);
	} finally {
		await copy.release();
	}
	await assertFrames(join(work.folder, name), piece.frames);
}

/** The sections that lead to it count on every single frame. Throws `Unusable`. */
async function assertFrames(path: string, frames: number): Promise<void> {
	const { durationMs } = await probeFile(path);
	const found = Math.round((durationMs * FRAME_RATE) / 1000);
	if (found !== frames) throw new Unusable('damaged', `${found} frames in place of ${frames}`);
}

function pieceArguments(
	path: string,
	{ place, fromFrame, frames }: Piece,
	{ decoding }: Probe,
	canvas: JoinPlan,
	name: string
): string[] {
	const chain = [
		...onPictureTime(decoding.pictureStartMs, 'setpts'),
		...(decoding.isInterlaced ? ['bwdif=mode=send_frame'] : []),
		`fps=${FRAME_RATE}:start_time=0`,
		`tpad=stop_mode=clone:stop=${FILL_FRAMES}`,
		`trim=start_frame=${fromFrame}:end_frame=${fromFrame + frames}`,
		'setpts=PTS-STARTPTS',
		...toSharedColours(place, decoding),
		`pad=${canvas.width}:${canvas.height}:${place.x}:${place.y}:black`,
		'setsar=1'
	].join(',');
	return [
		...QUIETLY,
		...reading(path),
		...['-filter_complex', `[0:${decoding.pictureStream}]${chain}[v]`],
		...['-map', '[v]', '-map_metadata', '-1', '-map_chapters', '-1'],
		...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', String(QUALITY), '-bf', '0'],
		...['-pix_fmt', 'yuv420p', '-profile:v', 'high', '-fps_mode', 'passthrough'],
		...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
		...['-color_range', 'tv', '-video_track_timescale', String(FRAME_RATE * 512), name]
	];
}

async function run(args: string[], { folder, signal, plan }: Work): Promise<void> {
	const frames = plan.pieces.reduce((sum, piece) => sum + piece.fromFrame + piece.frames, 0);
	const lengthMs = (frames * 1000) / FRAME_RATE;
	try {
		const outcome = await runConfined('ffmpeg', args, {
			cwd: folder,
			signal,
			timeoutMs: Math.max(ENCODING_TIMEOUT_MIN_MS, lengthMs * ENCODING_TIMEOUT_FACTOR),
			stallMs: ENCODING_STALL_MS,
			memoryBytes: ENCODING_MEMORY_BYTES,
			fileBytesMax: OUTPUT_BYTES_MAX,
			onLine: (line) => encodedMsOf(line) !== undefined
		});
		if (!outcome.isSuccess) throw failureOf(outcome);
	} catch (error) {
		if (error instanceof TookTooLong) throw new Unusable('takesTooLong', error.message);
		throw error;
	}
}
