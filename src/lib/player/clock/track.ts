/**
 * What the clock asks of anything that plays: a `<video>`, an `<audio>`, or a simulated track.
 * All times are milliseconds of the track's own media; instants are milliseconds of the Scheduler.
 */

/** A picture that reached the screen (requestVideoFrameCallback). */
export type PresentedFrame = {
	/** Media time of the frame. */
	mediaMs: number;
	/** When it was, or will be, on screen. */
	atMs: number;
	/** Counts up with every frame, so that a frame before a seek is not taken for one after it. */
	count: number;
};

/**
 * How much a track could play from where it stands: no picture at all, this picture only, the next
 * ones too (HTMLMediaElement readyState 0–1, 2, 3–4).
 */
export type Readiness = 'nothing' | 'this frame' | 'next frames';

/** Why a track speaks up; what changed is read from its properties. */
export type TrackEvent = 'frame' | 'change' | 'starved' | 'lost';

export interface TrackPlayer {
	/** The media clock, also between frames. */
	readonly positionMs: number;
	/** NaN until known. */
	readonly durationMs: number;
	readonly isPaused: boolean;
	readonly isSeeking: boolean;
	readonly hasEnded: boolean;
	readonly readiness: Readiness;
	/** How far it could play without another byte; Infinity when the rest is there. */
	readonly bufferedAheadMs: number;
	/** The newest picture on screen, or null (none yet, a sound track, or a browser that cannot say). */
	readonly presented: PresentedFrame | null;
	/** Begins to fetch; before it nothing is asked of the network. May be called again. */
	prepare(): void;
	/** Off: a track that is not shown asks nothing more of the network. On again after it. */
	setFetching(isOn: boolean): void;
	play(): void;
	pause(): void;
	/** Goes to a place; before the length is known it is remembered. */
	seek(mediaMs: number): void;
	setRate(rate: number): void;
	/** Answers a function that stops listening. */
	listen(listener: (event: TrackEvent) => void): () => void;
}

/** Time, given from outside so that tests can run an hour in a moment. */
export interface Scheduler {
	nowMs(): number;
	/** Calls back again and again; answers a function that ends it. */
	every(intervalMs: number, run: () => void): () => void;
}
