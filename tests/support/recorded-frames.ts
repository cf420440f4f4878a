/** Which grey the camera took while the demonstration showed each of its frames, seen in the page. */
import type { Page } from '@playwright/test';

export type Seen = { lessonMs: number; grey: number };
/** What the camera took while the demonstration showed each of its frames. */
export async function watch(page: Page): Promise<void> {
	await page.evaluate(() => {
		const [hands, mine] = document.querySelectorAll<HTMLVideoElement>('.stage video');
		if (!hands || !mine) throw new Error('no stage');
		const canvas = document.createElement('canvas');
		canvas.width = canvas.height = 1;
		const context = canvas.getContext('2d', { willReadFrequently: true });
		const taken: { atMs: number; grey: number }[] = [];
		const shown: { atMs: number; lessonMs: number }[] = [];
		Object.assign(window, { taken, shown });
		const onMine = () =>
			mine.requestVideoFrameCallback((nowMs, frame) => {
				context?.drawImage(mine, 0, 0, 1, 1);
				const [grey = 0] = context?.getImageData(0, 0, 1, 1).data ?? [];
				taken.push({ atMs: frame.captureTime ?? nowMs, grey });
				onMine();
			});
		const onHands = () =>
			hands.requestVideoFrameCallback((_now, frame) => {
				if (!hands.paused)
					shown.push({ atMs: frame.expectedDisplayTime, lessonMs: frame.mediaTime * 1000 });
				onHands();
			});
		onMine();
		onHands();
	});
}

/** Of what was seen before the next take, nothing counts. */
export const forget = (page: Page): Promise<void> =>
	page.evaluate(() => {
		const { taken, shown } = window as unknown as Record<'taken' | 'shown', unknown[]>;
		taken.length = shown.length = 0;
	});

export const seen = (page: Page): Promise<Seen[]> =>
	page.evaluate(() => {
		const { taken, shown } = window as unknown as {
			taken: { atMs: number; grey: number }[];
			shown: { atMs: number; lessonMs: number }[];
		};
		return shown.flatMap(({ atMs, lessonMs }) => {
			const before = taken.findLast((frame) => frame.atMs <= atMs);
			return before ? [{ lessonMs, grey: before.grey }] : [];
		});
	});
