/** What a `<video>` really shows, and when. All times on the page's own clock, in milliseconds. */

export type Shown = {
	/** The video's own time. */
	mediaMs: number;
	/** When it is on screen. */
	atMs: number;
	/** When a camera took it, where the browser tells; else when it is on screen. */
	takenMs: number;
	/** How many have been shown so far: a busy page is not told of each. Where the browser counts. */
	count?: number;
};

/** Tells every frame that is shown. @returns stops */
export function watchFrames(video: HTMLVideoElement, tell: (shown: Shown) => void): () => void {
	let request = 0;
	const next = () => {
		request = video.requestVideoFrameCallback((nowMs, frame) => {
			const atMs = frame.expectedDisplayTime || nowMs;
			const { captureTime: takenMs = atMs, presentedFrames: count } = frame;
			tell({ mediaMs: frame.mediaTime * 1000, atMs, takenMs, count });
			next();
		});
	};
	if ('requestVideoFrameCallback' in video) next();
	else return watchTicks(video, tell);
	return () => video.cancelVideoFrameCallback(request);
}

/** Older browsers: looked at each time the screen is drawn. */
function watchTicks(video: HTMLVideoElement, tell: (shown: Shown) => void): () => void {
	let request = 0;
	const tick = (nowMs: number) => {
		tell({ mediaMs: video.currentTime * 1000, atMs: nowMs, takenMs: nowMs });
		request = requestAnimationFrame(tick);
	};
	request = requestAnimationFrame(tick);
	return () => cancelAnimationFrame(request);
}
