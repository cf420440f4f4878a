/** Whether pictures really move: counted by frames presented, not by elements that exist. */
import type { Page } from '@playwright/test';

/**
 * Waits until every visible video has presented frames over so much of its own time; fails when
 * one of them stands still. A busy machine makes it slower, not wrong.
 * @returns how many frames each has presented
 */
export const framesPresented = (page: Page, mediaMs: number): Promise<number[]> =>
	page.evaluate(
		async ({ mediaMs, withinMs }) => {
			const videos = [...document.querySelectorAll('video')].filter((video) =>
				video.checkVisibility({ visibilityProperty: true })
			);
			const watch = (video: HTMLVideoElement) =>
				new Promise<number>((resolve, reject) => {
					let frames = 0;
					let first = 0;
					/** What a player that hangs is waiting for is seen only from all of this together. */
					const state = (): string => {
						const phase = video.closest<HTMLElement>('[data-phase]')?.dataset.phase;
						const { currentTime, readyState, networkState, paused, seeking, ended } = video;
						const buffered = [...Array(video.buffered.length).keys()].map((i) =>
							[video.buffered.start(i), video.buffered.end(i)].join('–')
						);
						return JSON.stringify({
							...{ track: video.dataset.track, phase, currentTime, readyState, networkState },
							...{ paused, seeking, ended, buffered, visibility: document.visibilityState },
							...{ decoded: video.getVideoPlaybackQuality().totalVideoFrames }
						});
					};
					const timer = setTimeout(
						() => reject(new Error(`stands still after ${frames} frames: ${state()}`)),
						withinMs
					);
					const note = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
						if (frames === 0) first = mediaTime;
						frames += 1;
						if (Math.abs(mediaTime - first) * 1000 < mediaMs)
							return video.requestVideoFrameCallback(note);
						clearTimeout(timer);
						resolve(frames);
					};
					video.requestVideoFrameCallback(note);
				});
			return Promise.all(videos.map(watch));
		},
		{ mediaMs, withinMs: 20_000 }
	);

/** Where each visible video stands, in media milliseconds. */
export const positions = (page: Page): Promise<number[]> =>
	page.evaluate(() =>
		[...document.querySelectorAll('video')]
			.filter((video) => video.checkVisibility({ visibilityProperty: true }))
			.map((video) => Math.round(video.currentTime * 1000))
	);

/**
 * Which frames of both visible videos were on screen together while they played, as media times in
 * ms: the first video's and the second's, refresh by refresh. Waits until there are so many pairs:
 * a busy machine shows fewer in the same time.
 */
export const shownTogether = (
	page: Page,
	wanted: { pairs: number; atLeastMs: number }
): Promise<[number, number][]> =>
	page.evaluate(
		async ({ pairs: wantedPairs, atLeastMs, withinMs }) => {
			const [first, second] = [...document.querySelectorAll('video')].filter((video) =>
				video.checkVisibility({ visibilityProperty: true })
			);
			if (!first || !second) throw new Error('there are no two pictures');
			const pairs: [number, number][] = [];
			let newest: { atMs: number; mediaMs: number } | undefined;
			let isOver = false;
			const watch = (video: HTMLVideoElement, see: (atMs: number, mediaMs: number) => void) =>
				video.requestVideoFrameCallback((_now, { expectedDisplayTime, mediaTime }) => {
					if (!video.paused) see(expectedDisplayTime, mediaTime * 1000);
					if (!isOver) watch(video, see);
				});
			const halfARefreshMs = 8;
			watch(first, (atMs, mediaMs) => (newest = { atMs, mediaMs }));
			watch(second, (atMs, mediaMs) => {
				// The first one's callback of the same refresh may come after this one.
				setTimeout(() => {
					if (newest && Math.abs(newest.atMs - atMs) < halfARefreshMs)
						pairs.push([newest.mediaMs, mediaMs]);
				});
			});
			const [fromMs, pause] = [performance.now(), 50];
			const isEnough = (): boolean => {
				const goneMs = performance.now() - fromMs;
				return goneMs > withinMs || (goneMs > atLeastMs && pairs.length >= wantedPairs);
			};
			while (!isEnough()) await new Promise((done) => setTimeout(done, pause));
			isOver = true;
			return pairs;
		},
		{ ...wanted, withinMs: 60_000 }
	);
