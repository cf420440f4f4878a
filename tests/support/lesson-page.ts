/** The lesson page as the journeys use it: what it shows, and what a person does on it. */
import { expect, type Locator, type Page, type TestInfo } from '@playwright/test';
import { framesPresented, positions } from './watching.ts';
import { say } from './words.ts';

export const playerOf = (page: Page): Locator => page.locator('section.player');
export const control = (page: Page, action: string): Locator =>
	page.locator(`[data-part=controls] [data-action=${action}]`);

/** Opens it at its beginning, wherever this person left off: it must not end under a test. */
export async function openLesson(page: Page, lessonId: string): Promise<void> {
	await page.goto(`/learn/lessons/${lessonId}`);
	await expect(playerOf(page)).toHaveAttribute('data-is-ready', 'true');
	const slider = page.locator('.seek input');
	if ((await slider.inputValue()) !== '0') await slider.fill('0');
}

/** Plays until each of so many pictures has really moved. */
export async function begin(page: Page, pictures = 2): Promise<void> {
	await control(page, 'play').click();
	expect(await framesPresented(page, 300)).toHaveLength(pictures);
}

/** Stops, and waits until nothing moves any longer. */
export async function pause(page: Page): Promise<void> {
	// While it waits for a picture it is not paused either: the button knows.
	const button = control(page, 'play');
	if ((await button.getAttribute('aria-label')) === say('player_pause')) await button.click();
	await expect(playerOf(page)).toHaveAttribute('data-phase', 'paused');
}

/** Moves the slider; all visible pictures must arrive. */
export async function seek(page: Page, toMs: number): Promise<void> {
	await page.locator('.seek input').fill(String(toMs));
	await arrived(page, toMs);
}

/** @param toleranceMs how far from there a picture may stand; more while it plays on */
export const arrived = (page: Page, atMs: number, toleranceMs = 100): Promise<void> =>
	expect
		.poll(async () => (await positions(page)).map((at) => Math.abs(at - atMs) < toleranceMs))
		.not.toContain(false);

/** In the settings panel: the choice with this value. */
export async function choose(page: Page, name: string, value: string): Promise<void> {
	const input = page.locator(`input[value="${value}"]`);
	const label = page.locator(`[data-choice=${name}] label`).filter({ has: input });
	await label.click();
	await expect(label.locator('input')).toBeChecked();
}

declare global {
	interface Window {
		__shifts: { value: number; what: string[] }[];
	}
}

/** From the next page on, writes down whatever moves there without anybody's doing. */
export const watchShifts = (page: Page): Promise<unknown> =>
	page.addInitScript(() => {
		window.__shifts = [];
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) {
				// What TypeScript's library does not know yet: Layout Instability API, 2.3.
				const shift = entry as PerformanceEntry & {
					value: number;
					hadRecentInput: boolean;
					sources: { node: Node | null }[];
				};
				if (shift.hadRecentInput) continue;
				// What lies over the pictures for a moment goes where it points, and the words of a
				// caption are new ones: what matters is that nothing else moves for them.
				const moved = shift.sources.flatMap(({ node }) => (node instanceof Element ? [node] : []));
				const what = moved
					.filter((it) => !it.closest('[data-part=status], .seek .preview, .captions > .strip > *'))
					.map((it) => `${it.parentElement?.className} > ${it.tagName}.${it.className}`);
				if (what.length > 0) window.__shifts.push({ value: shift.value, what });
			}
		}).observe({ type: 'layout-shift', buffered: true });
	});

/** Keeps a picture of the page beside the test's results. */
export async function shot(page: Page, info: TestInfo, name: string): Promise<void> {
	const path = info.outputPath(`${name}.png`);
	await page.screenshot({ path });
	await info.attach(name, { path, contentType: 'image/png' });
}

/** In each one's turn: how far it played, in media ms, and the frames the other presented. */
export type TurnFrames = Record<'sign' | 'demonstration', { movedMs: number; standing: number }>;

/** Looks through two whole turns at who moves while whose turn it is. */
export const framesInTurns = (page: Page): Promise<TurnFrames> =>
	page.evaluate(
		() =>
			new Promise<TurnFrames>((resolve, reject) => {
				const counted: TurnFrames = {
					sign: { movedMs: 0, standing: 0 },
					demonstration: { movedMs: 0, standing: 0 }
				};
				const player = document.querySelector<HTMLElement>('section.player');
				const timer = setTimeout(() => reject(new Error(JSON.stringify(counted))), 40_000);
				let turns = 0;
				let last: string | undefined;
				let sinceMs = 0;
				const look = () => {
					const turn = player?.dataset.turn;
					if (turn !== last) [last, sinceMs, turns] = [turn, performance.now(), turns + 1];
					if (turns < 5) return requestAnimationFrame(look);
					clearTimeout(timer);
					resolve(counted);
				};
				for (const video of document.querySelectorAll('video')) {
					const track = video.dataset.track;
					if (track !== 'sign' && track !== 'demonstration') continue;
					let before = 0;
					const note = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
						const turn = player?.dataset.turn;
						const stepMs = (mediaTime - before) * 1000;
						before = mediaTime;
						if (turn === track && stepMs > 0 && stepMs < 500) counted[turn].movedMs += stepMs;
						// At the handover the last frame of one and the first of the other meet.
						const isSettled = performance.now() - sinceMs > 300;
						if (isSettled && (turn === 'sign' || turn === 'demonstration') && turn !== track)
							counted[turn].standing += 1;
						video.requestVideoFrameCallback(note);
					};
					video.requestVideoFrameCallback(note);
				}
				look();
			})
	);

/** Waits until play goes back by itself. @returns lesson ms from and to which it went */
export const goneBack = (page: Page): Promise<{ fromMs: number; toMs: number }> =>
	page.evaluate(
		() =>
			new Promise((resolve, reject) => {
				const video = document.querySelector('video');
				const timer = setTimeout(() => reject(new Error('it never went back')), 20_000);
				let before = 0;
				const look = () => {
					const now = (video?.currentTime ?? 0) * 1000;
					if (now >= before - 200) {
						before = Math.max(before, now);
						return requestAnimationFrame(look);
					}
					clearTimeout(timer);
					resolve({ fromMs: before, toMs: now });
				};
				look();
			})
	);
