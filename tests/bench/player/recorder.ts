/** Runs inside the page under test: writes down every frame that reached the screen. */

/** Media ms, instant on screen, and the browser's own count, which shows callbacks that were missed. */
export type Shown = { mediaMs: number; atMs: number; count: number };

export type PlayerBench = {
	main: HTMLVideoElement;
	sign: HTMLVideoElement;
	ready: Promise<unknown>;
	play(): void;
	pause(): void;
	seek(seconds: number): void;
	setRate(rate: number): void;
};

export type Recorder = {
	main: Shown[];
	sign: Shown[];
	/** Reads the frame number out of the picture itself; null when it is unreadable. */
	numberOf(which: 'main' | 'sign'): number | null;
};

declare global {
	interface Window {
		__playerBench: PlayerBench;
		__recorder: Recorder;
	}
}

/** Starts recording both videos of `window.__playerBench`. Passed to the page as source text. */
export function record(blocks: {
	bits: number;
	left: number;
	top: number;
	width: number;
	height: number;
}): void {
	const recorder: Recorder = {
		main: [],
		sign: [],
		numberOf(which) {
			const video = window.__playerBench[which];
			const canvas = document.createElement('canvas');
			canvas.width = 640;
			canvas.height = 360;
			const pen = canvas.getContext('2d', { willReadFrequently: true });
			if (!pen || video.videoWidth === 0) return null;
			pen.drawImage(video, 0, 0, 640, 360);
			let number = 0;
			for (let bit = 0; bit < blocks.bits; bit++) {
				const x = blocks.left + (bit + 0.5) * blocks.width;
				const luma = pen.getImageData(x, blocks.top + blocks.height / 2, 1, 1).data[1] ?? 0;
				if (luma > 80 && luma < 170) return null;
				if (luma >= 170) number += 2 ** bit;
			}
			return number;
		}
	};
	window.__recorder = recorder;
	for (const which of ['main', 'sign'] as const) {
		const video = window.__playerBench[which];
		const next = (_now: number, frame: VideoFrameCallbackMetadata): void => {
			recorder[which].push({
				mediaMs: frame.mediaTime * 1000,
				atMs: frame.expectedDisplayTime,
				count: frame.presentedFrames
			});
			video.requestVideoFrameCallback(next);
		};
		video.requestVideoFrameCallback(next);
	}
}
