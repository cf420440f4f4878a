/** A page under test, as the scenarios handle it: only through `window.__playerBench`. */
import type { Browser, CDPSession, Page } from '@playwright/test';
import { BITS, BLOCK } from './clips.ts';
import type { Limits } from './line.ts';
import { record, type Recorder, type Which } from './recorder.ts';
import type { MediaServer } from './server.ts';

export type Recorded = Omit<Recorder, 'numberOf'>;

/** A page that has no `__playerBench` by then has none. */
const PATIENCE_MS = 30_000;

type Opening = {
	url: string;
	clips: Record<Which, string>;
	line: Limits | null;
	/** Nothing is loaded before play: there is nothing to wait for. */
	isAsked: boolean;
};

export class Tab {
	readonly page: Page;
	readonly server: MediaServer;
	/** Paths on the server of what is played, without the leading slash. */
	readonly clips: Record<Which, string>;
	readonly #sentBefore: number;

	readonly #network: CDPSession;

	private constructor(
		page: Page,
		network: CDPSession,
		server: MediaServer,
		clips: Record<Which, string>
	) {
		this.page = page;
		this.#network = network;
		this.server = server;
		this.clips = clips;
		this.#sentBefore = this.#sent();
	}

	/** Nothing is cached; it is recorded from the first moment. */
	static async open(
		browser: Browser,
		server: MediaServer,
		{ url, clips, line, isAsked }: Opening
	): Promise<Tab> {
		const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
		const page = await context.newPage();
		const tab = new Tab(page, await context.newCDPSession(page), server, clips);
		try {
			await tab.setLine(line);
			await page.addInitScript(record, { bits: BITS, ...BLOCK });
			await page.goto(url);
			await page.waitForFunction(() => !!window.__playerBench, null, { timeout: PATIENCE_MS });
			if (!isAsked) await page.evaluate(() => window.__playerBench.ready);
			return tab;
		} catch (error) {
			await context.close();
			throw error;
		}
	}

	/**
	 * Limits the server's line, and tells the browser what it would have learnt of it by itself: it
	 * knows nothing of a machine's own address.
	 */
	async setLine(line: Limits | null): Promise<void> {
		this.server.line.limit(line);
		const bytes = (line?.bitsPerSecond ?? 100_000_000) / 8;
		await this.#network.send('Network.enable');
		await this.#network.send('Network.overrideNetworkState', {
			...{ offline: false, latency: line?.latencyMs ?? 5 },
			...{ downloadThroughput: bytes, uploadThroughput: bytes }
		});
	}

	/** Media bytes since it was opened, of one stream or both. */
	bytes(): number {
		return this.#sent() - this.#sentBefore;
	}

	#sent(): number {
		return Object.values(this.clips)
			.map((path) => this.server.sentBytes(`/${path.slice(0, path.indexOf('/') + 1)}`))
			.reduce((sum, bytes) => sum + bytes, 0);
	}

	now = (): Promise<number> => this.page.evaluate(() => performance.now());
	play = (): Promise<void> => this.page.evaluate(() => window.__playerBench.play());
	pause = (): Promise<void> => this.page.evaluate(() => window.__playerBench.pause());
	wait = (ms: number): Promise<void> => this.page.waitForTimeout(ms);

	setRate(rate: number): Promise<void> {
		return this.page.evaluate((to) => window.__playerBench.setRate(to), rate);
	}

	/** Answers when it was asked, in the page's own time. */
	seek(seconds: number): Promise<number> {
		return this.page.evaluate((to) => {
			const atMs = performance.now();
			window.__playerBench.seek(to);
			return atMs;
		}, seconds);
	}

	recorded(): Promise<Recorded> {
		return this.page.evaluate(() => {
			const { beganAtMs, main, sign, heights, longTasks } = window.__recorder;
			return { beganAtMs, main, sign, heights, longTasks };
		});
	}

	/** The numbers in the pictures on screen: demonstration, then signer. */
	numbers(): Promise<(number | null)[]> {
		return this.page.evaluate(() => [
			window.__recorder.numberOf('main'),
			window.__recorder.numberOf('sign')
		]);
	}

	close(): Promise<void> {
		return this.page.context().close();
	}
}
