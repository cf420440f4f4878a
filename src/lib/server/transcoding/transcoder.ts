import type { Readable } from 'node:stream';
import type { ByteRange } from '../storage/storage.ts';

/** What a video is for: it decides which sizes are made and how many bits they get. */
export type TrackKind = 'demonstration' | 'sign';

/** What was found in an uploaded file. Pixels are those a viewer sees: rotated, square. */
export type Probe = {
	/** From the first picture to the end of the last. */
	durationMs: number;
	width: number;
	height: number;
	/** Clockwise degrees that the stored picture is turned by for display. */
	rotation: 0 | 90 | 180 | 270;
	/** Pictures a second, on average over the first seconds. */
	frameRate: number;
	isVariableFrameRate: boolean;
	videoCodec: string;
	pixelFormat: string;
	hasSound: boolean;
	/** What only the encoder needs to know; callers pass it on. */
	decoding: Decoding;
};

/** How the source has to be read so that picture and sound come out upright and in time. */
export type Decoding = {
	pictureStream: number;
	soundStream: number | null;
	soundChannels: 1 | 2;
	/** When the picture starts, after the file's own first timestamp. */
	pictureStartMs: number;
	isHighDynamicRange: boolean;
	isInterlaced: boolean;
	/** Colour matrix to assume, because files without a tag are common and players guess. */
	matrix: 'bt709' | 'bt601' | 'tagged';
};

/** One size of the ladder. */
export type Rung = {
	/** The short side in pixels, used in file names: `720`. */
	name: string;
	width: number;
	height: number;
	/** Constant quality of x264: lower is better. */
	quality: number;
	/** Ceiling, for moments in which constant quality would ask for more. */
	maxBitsPerSecond: number;
};

/** All that `prepare` will make. Plain JSON, so that it can wait in a job. Largest rung first. */
export type Plan = {
	/** Part of what the target is named by: files once published never change. */
	version: 1;
	kind: TrackKind;
	durationMs: number;
	decoding: Decoding;
	rungs: Rung[];
};

/** Where a picture stands in another, in pixels. */
export type Place = { x: number; y: number; width: number; height: number };
/** A stretch of the sign track's frames and where in the lesson it is shown. */
export type Piece = { lessonFrame: number; mediaFrame: number; frames: number };

/** Both pictures in one video. Largest rung first; the others are scaled from it as a whole. */
export type CompositePlan = {
	version: 1;
	kind: 'side' | 'corner';
	durationMs: number;
	/** In the largest rung. */
	places: Record<TrackKind, Place>;
	/** Before, between and after them the nearest frame stands. */
	pieces: Piece[];
	rungs: Rung[];
};

/** Recordings one after the other as one film without sound, on the grid of 30 frames a second. */
export type JoinPlan = {
	version: 1;
	width: number;
	height: number;
	/** `source`: a storage key; of it these frames, whole in this place of the canvas. */
	pieces: { source: string; fromFrame: number; frames: number; place: Place }[];
};

/** `share` of the whole work, 0 to 1, never falling; told about twice a second at most. */
export type Progress = { stage: 'encoding' | 'stills' | 'finished'; share: number };

/** A rung as it was made. Names are relative to the target prefix. */
export type PreparedRung = {
	name: string;
	width: number;
	height: number;
	playlist: string;
	media: string;
	/** RFC 6381, e.g. `avc1.64001f`. */
	codecs: string;
	/** Of the most demanding segment, as HLS's BANDWIDTH asks. */
	bandwidth: number;
	averageBandwidth: number;
};

export type PreparedFile = { name: string; sizeBytes: number; type: string };

/** What stands in `manifest.json`; its presence means that everything else is there. */
export type Prepared = {
	version: 1;
	kind: TrackKind | CompositePlan['kind'];
	/** Of the encoded picture: a whole number of frames. */
	durationMs: number;
	frameRate: number;
	/** Of the largest rung. */
	width: number;
	height: number;
	/** Playlist of all rungs, without sound. */
	master: string;
	/** The sound alone, for an element of its own; it starts with the picture. */
	sound: string | null;
	poster: string;
	/** WebVTT whose cues point into the sprite sheet. */
	thumbnails: string;
	rungs: PreparedRung[];
	/** Every file but the manifest itself. */
	files: PreparedFile[];
};

/**
 * The smallest rung of what is being made, as far as it is finished. Its bytes stay as they are
 * when more follow, and in the finished target.
 */
export type Early = Pick<Rung, 'name' | 'width' | 'height'> & {
	durationMs: number;
	/** Of the segments up to a moment, in ms; at least one. Names the rung's media, `360.mp4`. */
	playlist(untilMs: number): string;
	media: string;
	sizeBytes: number;
	read(range?: ByteRange): Promise<Readable>;
};

/** Makes what people film playable. Storage keys in, storage keys out. */
export interface Transcoder {
	/** Looks at a source without decoding it. Throws `Unusable`, or `Missing` from the storage. */
	probe(source: string): Promise<Probe>;
	/**
	 * Makes every file of `plan` under `target/` and its manifest last. A target that has its
	 * manifest is answered at once; segments finished before a crash, an abort or another failure
	 * on which trying again may help (a full disk) are not made again. One runner at a time per
	 * target (the job's lease sees to that). Throws `Unusable` when the source turns out to be
	 * broken, the signal's reason when aborted, and other errors.
	 */
	prepare(
		source: string,
		plan: Plan,
		target: string,
		report: (progress: Progress) => void,
		signal?: AbortSignal
	): Promise<Prepared>;
	/** What `prepare` has left under a target. Throws `Missing` while it is not finished. */
	prepared(target: string): Promise<Prepared>;
	/** What can be seen of a target that `prepare` is at work on; undefined while there is nothing. */
	early(target: string): Promise<Early | undefined>;
	/** Forgets what `prepare` has begun: nobody wants it any more. A finished target stays. */
	forget(target: string): Promise<void>;
	/**
	 * Makes one video of two prepared ones (named by their targets), as `prepare` does, with
	 * neither sound nor report.
	 */
	compose(
		sources: Record<TrackKind, string>,
		plan: CompositePlan,
		target: string,
		signal?: AbortSignal
	): Promise<Prepared>;
	/**
	 * Makes `target/clip.mp4`, one small file without sound to be shown over and over, and its
	 * `poster.jpg`. A finished one is answered at once. Throws as `prepare`.
	 */
	clip(
		source: string,
		plan: Plan,
		target: string,
		signal?: AbortSignal
	): Promise<{ width: number; height: number }>;
	/**
	 * Makes one film of several recordings under the key `target`, as a source to be prepared.
	 * A finished one is answered at once. Throws as `prepare`; `Unusable` too when one of them has
	 * fewer frames than are asked of it.
	 */
	join(plan: JoinPlan, target: string, signal?: AbortSignal): Promise<void>;
	/** Stores the frame that a prepared target shows at a moment as a small WebP under `key`. */
	still(target: string, atMs: number, key: string, signal?: AbortSignal): Promise<void>;
}
