/** For the tests only: Chromium, and letters so that screenshots show Chinese and not boxes. */
import { installWithApt } from './apt.mjs';
import { ask, findProgram } from './run.mjs';
import { Stop } from './say.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

const browserByHand = {
	zh: '请安装 Chromium（Debian：apt-get install chromium），或用环境变量 CHROMIUM 写明位置。',
	en: 'Install Chromium (Debian: apt-get install chromium), or name it in the environment variable CHROMIUM.'
};
const fontsByHand = {
	zh: '请安装中文字体（Debian：apt-get install fonts-noto-cjk fontconfig）。',
	en: 'Install Chinese fonts (Debian: apt-get install fonts-noto-cjk fontconfig).'
};

/** @returns {string | undefined} */
export function findBrowser() {
	if (process.env.CHROMIUM) return findProgram(process.env.CHROMIUM);
	for (const name of [...names, macChrome]) {
		const program = findProgram(name);
		if (program) return program;
	}
	return undefined;
}

/** @returns {boolean} whether Chinese can be drawn; other systems than Linux come with it */
export function hasChineseFonts() {
	if (process.platform !== 'linux') return true;
	const list = findProgram('fc-list');
	return list !== undefined && (ask(list, [':lang=zh', 'family']) ?? '').trim() !== '';
}

/** @returns {Promise<string>} the path of a Chromium for Playwright */
export async function requireBrowser() {
	const named = process.env.CHROMIUM;
	if (named && !findBrowser()) {
		throw new Stop(
			{ zh: `CHROMIUM=${named} 不是可运行的程序。`, en: `CHROMIUM=${named} is not a program.` },
			browserByHand
		);
	}
	if (!findBrowser()) {
		const why = { zh: '测试要用真的浏览器', en: 'the tests use a real browser' };
		await installWithApt(['chromium'], { why, byHand: browserByHand });
	}
	if (!hasChineseFonts()) {
		const why = { zh: '测试要看到中文', en: 'the tests must see Chinese letters' };
		await installWithApt(['fontconfig', 'fonts-noto-cjk'], { why, byHand: fontsByHand });
	}
	const browser = findBrowser();
	if (!browser)
		throw new Stop({ zh: '找不到 Chromium。', en: 'No Chromium was found.' }, browserByHand);
	return browser;
}
