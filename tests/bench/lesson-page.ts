// What a phone must fetch before a lesson can be begun: the page in real Chromium, nothing cached.
import { chromium } from '@playwright/test';
import { findBrowser } from '../../src/setup/browser.mjs';
import type { Row } from './row.ts';
import { signIn, theWorld } from './world.ts';

const LIMIT_BYTES = 100_000;
/** All scripts; hls.js comes later, and only when somebody plays. */
const SCRIPT_LIMIT_BYTES = 60_000;
/** After the last request: what the page loads later by itself would still be seen. */
const QUIET_MS = 1500;

type Loaded = { url: string; type: string; wireBytes: number };

export async function run(): Promise<Row[]> {
	const { server, signIns, params } = await theWorld();
	const cookie = await signIn(server.origin, signIns.trainee);
	const address = `${server.origin}/learn/lessons/${params.lessonId}`;
	const all = await loadedBy(address, cookie);
	const strangers = all.filter(({ url }) => !url.startsWith(`${server.origin}/`));
	if (strangers.length > 0)
		throw new Error(`asked of another host: ${strangers.map(({ url }) => url).join(', ')}`);

	// Renditions, posters and thumbnails; captions are text, and count.
	const isMedia = ({ url }: Loaded) => /\/media\/(?!captions\/)/.test(url);
	const page = all.filter((loaded) => !isMedia(loaded));
	const scripts = page.filter(({ type }) => type === 'Script');
	if (scripts.length === 0) throw new Error('the page came without its scripts');
	return [
		rowOf(`lesson page, cold: ${page.length} requests; no other host`, sum(page), LIMIT_BYTES),
		rowOf(`its JavaScript, ${scripts.length} files`, sum(scripts), SCRIPT_LIMIT_BYTES)
	];
}

const rowOf = (name: string, bytes: number, limitBytes: number): Row => ({
	name,
	ours: kilobytes(bytes),
	baseline: `${kilobytes(limitBytes)} limit`,
	ratio: bytes / limitBytes,
	asked: '≤ 1',
	isReached: bytes <= limitBytes
});

const sum = (all: Loaded[]): number => all.reduce((total, { wireBytes }) => total + wireBytes, 0);
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

/** Everything asked for while the page opens, with what came over the wire, headers included. */
async function loadedBy(address: string, cookie: string): Promise<Loaded[]> {
	const executablePath = findBrowser();
	const browser = await chromium.launch({
		...(executablePath && { executablePath }),
		args: ['--no-sandbox', '--disable-gpu']
	});
	try {
		const context = await browser.newContext({
			locale: 'zh-CN',
			viewport: { width: 360, height: 800 }
		});
		const [name = '', value = ''] = cookie.split('=');
		await context.addCookies([{ name, value, url: new URL(address).origin }]);
		const page = await context.newPage();
		const asked = new Map<string, Loaded>();
		const network = await context.newCDPSession(page);
		network.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
			// What a page makes itself does not travel.
			if (!/^(data|blob):/.test(request.url))
				asked.set(requestId, { url: request.url, type: type ?? '', wireBytes: 0 });
		});
		network.on('Network.webSocketCreated', ({ requestId, url }) => {
			asked.set(requestId, { url, type: 'WebSocket', wireBytes: 0 });
		});
		network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
			const loaded = asked.get(requestId);
			if (loaded) loaded.wireBytes = encodedDataLength;
		});
		await network.send('Network.enable');
		const answer = await page.goto(address);
		if (answer?.status() !== 200 || page.url() !== address)
			throw new Error(`the lesson answered ${answer?.status()} at ${page.url()}`);
		await page.waitForLoadState('networkidle');
		await page.waitForTimeout(QUIET_MS);
		return [...asked.values()];
	} finally {
		await browser.close();
	}
}
