import { availableParallelism } from 'node:os';
import { FRAME_RATE, FRAMES_PER_KEYFRAME, SEGMENT_SECONDS } from '../plan.ts';
import type { Decoding, Plan, Rung } from '../transcoder.ts';
import { DURATION_MAX_MS } from '../limits.ts';
import { READING_ONLY_VIDEO_FILES } from './confined.ts';

export const SOUND_FILE = 'sound.m4a';
export const CLIP_FILE = 'clip.mp4';
export const mediaFile = (rung: { name: string }): string => `${rung.name}.mp4`;
export const playlistFile = (rung: { name: string }): string => `${rung.name}.m3u8`;

/** Each thread keeps frames of its own: on large machines they would outgrow the memory limit. */
const DECODING_THREADS = Math.min(availableParallelism(), 8);
const ENCODING_THREADS = Math.min(Math.ceil(availableParallelism() * 1.5), 12);

/**
 * One pass for everything that moves: the source is decoded once, each smaller rung is scaled
 * from the next larger one, each rung is one fMP4 file with its own playlist of byte ranges, the
 * sound is a file of its own. Run it in the folder that shall hold the files.
 * @param fromFrame pictures before this one are there already; the sound is always made whole
 */
export function ladderArguments(path: string, plan: Plan, fromFrame = 0): string[] {
	const { soundStream } = plan.decoding;
	return [
		...QUIETLY,
		...reading(path),
		...['-filter_complex', filterGraph(plan, fromFrame)],
		...plan.rungs.flatMap(rungArguments),
		...(soundStream === null ? [] : soundArguments(plan))
	];
}

/** One file that plays from its first byte, without sound: a clip is small, and is not sought in. */
export function clipArguments(path: string, plan: Plan): string[] {
	return [
		...QUIETLY,
		...reading(path),
		...['-filter_complex', filterGraph(plan)],
		...plan.rungs.flatMap(pictureArguments),
		...['-movflags', '+faststart', '-f', 'mp4', CLIP_FILE]
	];
}

/** What every encoding is told first: no questions, errors only, how far it is. */
export const QUIETLY = [
	...['-nostdin', '-hide_banner', '-v', 'error', '-progress', 'pipe:1', '-stats_period', '0.5'],
	...['-filter_complex_threads', String(DECODING_THREADS)]
];

export function reading(path: string): string[] {
	return [
		...READING_ONLY_VIDEO_FILES,
		...['-threads', String(DECODING_THREADS)],
		...['-t', String(DURATION_MAX_MS / 1000), '-i', `file:${path}`]
	];
}

function filterGraph(plan: Plan, fromFrame = 0): string {
	const { rungs, decoding } = plan;
	const [largest] = rungs;
	if (!largest) throw new Error('a plan without rungs');
	const first = [
		...onPictureTime(decoding.pictureStartMs, 'setpts'),
		...(decoding.isInterlaced ? ['bwdif=mode=send_frame'] : []),
		// Constant frame rate with its first frame at 0, whatever the source's timestamps are.
		`fps=${FRAME_RATE}:start_time=0`,
		...toSharedColours(largest, plan.decoding),
		'setsar=1'
	].join(',');
	return eachSmaller(`[0:${decoding.pictureStream}]${first}`, rungs, fromFrame);
}

/**
 * Ends a chain that makes the largest rung in `[v0]`, and the smaller ones in `[v1]`, …
 * @param fromFrame the first that is wanted; it keeps its time. All before it are decoded and
 *   dropped: seeking would be faster, but lands where the container pleases.
 */
export function eachSmaller(
	largest: string,
	[, ...smaller]: readonly Rung[],
	fromFrame = 0
): string {
	const wanted = fromFrame > 0 ? `,trim=start_frame=${fromFrame}` : '';
	const chains = [`${largest}${wanted}${smaller.length ? ',split' : ''}[v0]`];
	smaller.forEach((rung, index) => {
		chains[index] += `[s${index}]`;
		const isLast = index === smaller.length - 1;
		const scaled = `scale=${rung.width}:${rung.height},setsar=1`;
		chains.push(`[s${index}]${scaled}${isLast ? '' : ',split'}[v${index + 1}]`);
	});
	return chains.join(';');
}

/**
 * Both picture and sound are moved by the same amount, so that what began later than the picture
 * still does, and what began before it is cut.
 */
export function onPictureTime(pictureStartMs: number, filter: 'setpts' | 'asetpts'): string[] {
	if (Math.abs(pictureStartMs) < 0.5) return [];
	return [`${filter}=PTS-${(pictureStartMs / 1000).toFixed(6)}/TB`];
}

/**
 * 8 bit 4:2:0 in BT.709, said and meant: players guess the matrix of untagged video by its size,
 * so that colours would jump between the rungs.
 */
export function toSharedColours(
	{ width, height }: Pick<Rung, 'width' | 'height'>,
	decoding: Decoding
): string[] {
	if (decoding.isHighDynamicRange) {
		return [
			// Small first: tone mapping works on floats.
			`zscale=w=${width}:h=${height}:t=linear:npl=100`,
			'format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0',
			'zscale=t=bt709:m=bt709:r=tv,format=yuv420p'
		];
	}
	const from = decoding.matrix === 'tagged' ? 'auto' : decoding.matrix;
	return [
		`scale=${width}:${height}:in_color_matrix=${from}:out_color_matrix=bt709:out_range=tv`,
		'format=yuv420p'
	];
}

/**
 * No B-frames: they cost 14 % more bits (measured on moving test pictures), but with them the
 * first frame shows at 67 ms through hls.js and at 0 natively, and two videos would stand two
 * frames apart. Composition offsets below zero mend that in Chromium; without reordering no
 * player can get it wrong, and jumps decode faster.
 */
export function rungArguments(rung: Rung, index: number): string[] {
	return [
		...pictureArguments(rung, index),
		// Its playlist is written anew, whole or not at all, with each segment that is finished …
		...['-f', 'hls', '-hls_time', String(SEGMENT_SECONDS), '-hls_playlist_type', 'event'],
		...['-hls_segment_type', 'fmp4'],
		...['-hls_flags', 'single_file+independent_segments+temp_file'],
		// … and each segment says its time in the film, whichever run made it.
		...['-hls_segment_options', 'movflags=+frag_discont'],
		...['-hls_segment_filename', mediaFile(rung), playlistFile(rung)]
	];
}

function pictureArguments(rung: Rung, index: number): string[] {
	return [
		...['-map', `[v${index}]`, '-map_metadata', '-1', '-map_chapters', '-1'],
		...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
		...['-threads', String(ENCODING_THREADS)],
		...['-crf', String(rung.quality), '-maxrate', String(rung.maxBitsPerSecond)],
		...['-bufsize', String(rung.maxBitsPerSecond * 2), '-bf', '0', '-sc_threshold', '0'],
		...['-g', String(FRAMES_PER_KEYFRAME), '-keyint_min', String(FRAMES_PER_KEYFRAME)],
		...['-flags', '+cgop', '-fps_mode', 'passthrough'],
		...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
		...['-color_range', 'tv']
	];
}

function soundArguments({ decoding }: Plan): string[] {
	const filters = [
		...onPictureTime(decoding.pictureStartMs, 'asetpts'),
		// Silence up to a late start, a cut before an early one; gaps inside are filled too.
		'aresample=48000:async=1:first_pts=0'
	];
	return [
		...['-map', `0:${decoding.soundStream}`, '-map_metadata', '-1', '-map_chapters', '-1'],
		...['-af', filters.join(','), '-c:a', 'aac', '-b:a', '96k'],
		...['-ac', String(decoding.soundChannels), '-movflags', '+faststart', '-f', 'mp4', SOUND_FILE]
	];
}
