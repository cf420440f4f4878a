/** ffmpeg and ffprobe: they read what phones film and make what browsers play. */
import { installWithApt } from './apt.mjs';
import { ask, findProgram } from './run.mjs';
import { Stop } from './say.mjs';

const neededEncoders = ['libx264', 'aac'];

/**
 * @param {string} output of `ffmpeg -encoders`
 * @returns {Set<string>} encoder names
 */
export function encodersIn(output) {
	const names = new Set();
	for (const line of output.split('\n')) {
		// Six flags (kind, frame and slice threads, experimental, …), the name, a description.
		const match = /^ ([VAS][F.][S.][X.][B.][D.]) (\S+)/.exec(line);
		if (match?.[2] && match[2] !== '=') names.add(match[2]);
	}
	return names;
}

const byHand = {
	zh: '请安装 ffmpeg（Debian：apt-get install ffmpeg；macOS：brew install ffmpeg），或用环境变量 FFMPEG 和 FFPROBE 写明位置。',
	en: 'Install ffmpeg (Debian: apt-get install ffmpeg; macOS: brew install ffmpeg), or name both programs in the environment variables FFMPEG and FFPROBE.'
};

/** @returns {{ ffmpeg: string, ffprobe: string } | undefined} */
export function findFfmpeg() {
	const ffmpeg = findProgram(process.env.FFMPEG || 'ffmpeg');
	const ffprobe = findProgram(process.env.FFPROBE || 'ffprobe');
	return ffmpeg && ffprobe ? { ffmpeg, ffprobe } : undefined;
}

/**
 * @param {string} ffmpeg
 * @returns {string[]} the encoders it lacks
 */
export function missingEncoders(ffmpeg) {
	const known = encodersIn(ask(ffmpeg, ['-hide_banner', '-encoders']) ?? '');
	return neededEncoders.filter((name) => !known.has(name));
}

/** @returns {Promise<{ ffmpeg: string, ffprobe: string }>} both programs, able to do their work */
export async function requireFfmpeg() {
	for (const variable of ['FFMPEG', 'FFPROBE']) {
		const named = process.env[variable];
		if (named && !findProgram(named)) {
			throw new Stop(
				{
					zh: `${variable}=${named} 不是可运行的程序。`,
					en: `${variable}=${named} is not a program.`
				},
				byHand
			);
		}
	}
	if (!findFfmpeg()) {
		const why = { zh: '视频转换要用它', en: 'videos are converted with it' };
		await installWithApt(['ffmpeg'], { why, byHand });
	}
	const found = findFfmpeg();
	if (!found)
		throw new Stop({ zh: '找不到 ffmpeg 或 ffprobe。', en: 'No ffmpeg or ffprobe.' }, byHand);
	const missing = missingEncoders(found.ffmpeg);
	if (missing.length > 0) {
		throw new Stop(
			{
				zh: `${found.ffmpeg} 不能编码：${missing.join('、')}`,
				en: `${found.ffmpeg} cannot encode with: ${missing.join(', ')}`
			},
			byHand
		);
	}
	return found;
}
