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
	/** Where a player has sound of its own; else the demonstration is unmuted. */
	setSound?(isOn: boolean): void;
};

export type Which = 'main' | 'sign';

export type Recorder = {
	/** When the player was there, and began to load. */
	beganAtMs: number;
	main: Shown[];
	sign: Shown[];
	/** When a picture of another height began to be shown. */
	heights: { which: Which; atMs: number; height: number }[];
	/** Tasks of 50 ms and more, since the page began. */
	longTasks: { atMs: number; forMs: number }[];
	/** Reads the frame number out of the picture itself; null when it is unreadable. */
	numberOf(which: Which): number | null;
};

declare global {
	interface Window {
		__playerBench: PlayerBench;
		__recorder: Recorder;
	}
}

/**
 * Records both videos of `window.__playerBench`, now or as soon as it is there. Passed to the page
 * as source text, so it uses nothing from outside; instants are those of `performance.now()`.
 */
export function record(blocks: {
	bits: number;
	left: number;
	top: number;
	width: number;
	height: number;
}): void {
	const recorder: Recorder = {
		beganAtMs: NaN,
		main: [],
		sign: [],
		heights: [],
		longTasks: [],
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
	const attach = (bench: PlayerBench): void => {
		recorder.beganAtMs = performance.now();
		for (const which of ['main', 'sign'] as const) {
			const video = bench[which];
			const measure = (): void => {
				const height = video.videoHeight;
				if (height > 0) recorder.heights.push({ which, atMs: performance.now(), height });
			};
			const next = (_now: number, frame: VideoFrameCallbackMetadata): void => {
				recorder[which].push({
					mediaMs: frame.mediaTime * 1000,
					atMs: frame.expectedDisplayTime,
					count: frame.presentedFrames
				});
				video.requestVideoFrameCallback(next);
			};
			video.requestVideoFrameCallback(next);
			video.addEventListener('resize', measure);
			measure();
		}
	};
	if ('__playerBench' in window) attach(window.__playerBench);
	else {
		let given: PlayerBench | undefined;
		Object.defineProperty(window, '__playerBench', {
			get: () => given,
			set(bench: PlayerBench) {
				given = bench;
				attach(bench);
			}
		});
	}
	new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries())
			recorder.longTasks.push({ atMs: startTime, forMs: duration });
	}).observe({ type: 'longtask', buffered: true });
}
