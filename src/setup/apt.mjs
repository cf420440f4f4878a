/** Debian's packages: the plain way to ffmpeg, Chromium and Chinese letters. */
import { findProgram, logFile, runLogged } from './run.mjs';
import { done, say, Stop } from './say.mjs';

let isListFresh = false;

/**
 * How apt-get can be run by this person, if at all.
 * @returns {{ program: string, before: string[] } | undefined}
 */
function findApt() {
	const apt = findProgram('apt-get');
	if (!apt) return undefined;
	if (process.getuid?.() === 0) return { program: apt, before: [] };
	const sudo = findProgram('sudo');
	// -n: never wait for a password that nobody is there to type.
	return sudo ? { program: sudo, before: ['-n', apt] } : undefined;
}

/** @typedef {import('./say.mjs').Words} Words */

/**
 * Installs Debian packages, or says why not and how to do it by hand.
 * @param {string[]} names
 * @param {{ why: Words, byHand: Words }} words
 */
export async function installWithApt(names, { why, byHand }) {
	const apt = findApt();
	if (!apt) {
		const list = names.join(', ');
		throw new Stop({ zh: `缺少 ${list}：${why.zh}。`, en: `Missing ${list}: ${why.en}.` }, byHand);
	}
	say({
		zh: `正在安装 ${names.join('、')}：${why.zh}。一般要 1–3 分钟。`,
		en: `Installing ${names.join(', ')}: ${why.en}. Usually 1–3 minutes.`
	});
	const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const patience = ['-o', 'DPkg::Lock::Timeout=120'];
	if (!isListFresh) {
		await runLogged(apt.program, [...apt.before, ...patience, 'update'], environment);
		// Whether an old list is good enough, the installation itself will show.
		isListFresh = true;
	}
	const { code, lastLines } = await runLogged(
		apt.program,
		[...apt.before, ...patience, 'install', '-y', '--no-install-recommends', ...names],
		environment
	);
	if (code !== 0) {
		throw new Stop(
			{
				zh: `没有装好：${names.join('、')}\n${lastLines}`,
				en: `Could not be installed: ${names.join(', ')}. Log: ${logFile}`
			},
			byHand
		);
	}
	done({ zh: `装好了：${names.join('、')}`, en: 'Installed.' });
}
