/**
 * Brings a machine to the point where everything of ours runs, and touches nothing that is already
 * there. Plain JavaScript for Node 20, because nothing is installed yet when it starts.
 */
import { findBrowser, hasChineseFonts, requireBrowser } from './browser.mjs';
import { findFfmpeg, missingEncoders, requireFfmpeg } from './ffmpeg.mjs';
import { arePackagesCurrent, findNode, installPackages, requireNode } from './packages.mjs';
import { ourEnvironment } from './run.mjs';
import { Stop } from './say.mjs';
import { isAtLeast } from './versions.mjs';

/** @typedef {{ node: string, environment: NodeJS.ProcessEnv }} Prepared */

/**
 * @param {{ forTests?: boolean }} [wish] tests need a browser and Chinese fonts as well
 * @returns {Promise<Prepared>} the Node to run everything with, and its environment
 */
export async function prepare({ forTests = false } = {}) {
	checkPlatform();
	await installPackages();
	const node = requireNode();
	const { ffmpeg, ffprobe } = await requireFfmpeg();
	const environment = { ...ourEnvironment(), FFMPEG: ffmpeg, FFPROBE: ffprobe };
	if (!forTests) return { node, environment };
	return { node, environment: { ...environment, CHROMIUM: await requireBrowser() } };
}

function checkPlatform() {
	if (process.platform === 'win32') {
		throw new Stop(
			{ zh: '还不能直接在 Windows 上运行。', en: 'This does not run on Windows directly yet.' },
			{ zh: '请用 WSL 2 里的 Debian。', en: 'Use Debian inside WSL 2.' }
		);
	}
	if (!isAtLeast(process.version, '20.0.0')) {
		throw new Stop(
			{ zh: `Node ${process.version} 太旧。`, en: `Node ${process.version} is too old.` },
			{ zh: '请安装 Node 20 或更新。', en: 'Install Node 20 or newer.' }
		);
	}
}

/**
 * `--check`: says what is there and what is missing, and changes nothing.
 * @param {{ forTests?: boolean }} [wish]
 * @returns {number} exit code: 0 when all is there
 */
export function report({ forTests = false } = {}) {
	const found = findFfmpeg();
	const lacking = found ? missingEncoders(found.ffmpeg) : [];
	const ffmpeg = lacking.length > 0 ? undefined : found?.ffmpeg;
	/** @type {[zh: string, en: string, state: string | undefined][]} */
	const lines = [
		['程序包', 'packages', arePackagesCurrent() ? 'node_modules' : undefined],
		['Node ≥ 22.18', 'Node ≥ 22.18', findNode()],
		['视频工具', 'ffmpeg with libx264 and aac', ffmpeg]
	];
	if (forTests) {
		lines.push(['浏览器', 'Chromium', findBrowser()]);
		lines.push(['中文字体', 'Chinese fonts', hasChineseFonts() ? 'fontconfig' : undefined]);
	}
	for (const [zh, en, state] of lines) {
		console.log(`${state ? '✓' : '✗'} ${zh} · ${en}: ${state ?? '没有 / missing'}`);
	}
	return lines.every(([, , state]) => state) ? 0 : 1;
}
