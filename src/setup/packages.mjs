/** The npm packages of the lock file, and the Node that comes with them. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ask, binFolder, findProgram, logFile, pathWithoutOurs, root, runLogged } from './run.mjs';
import { done, say, Stop } from './say.mjs';
import { hashOf, isStale, stamp } from './stamps.mjs';
import { isAtLeast, neededNode } from './versions.mjs';

const stampFile = join(root, 'node_modules/.installed-from');
const lockHash = () => hashOf(root, ['package-lock.json']);

export function arePackagesCurrent() {
	const hash = lockHash();
	if (!isStale(stampFile, hash)) return true;
	if (existsSync(stampFile) || !wasInstalledByHand()) return false;
	stamp(stampFile, hash);
	return true;
}

/** npm writes this file last; newer than the lock, a developer's own `npm install` finished. */
function wasInstalledByHand() {
	const installed = join(root, 'node_modules/.package-lock.json');
	if (!existsSync(installed)) return false;
	return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

/** Installs exactly what package-lock.json names, if it is not there yet. */
export async function installPackages() {
	if (arePackagesCurrent()) return;
	say({
		zh: '正在安装程序包（npm ci）。一般要 1–3 分钟。',
		en: 'Installing packages (npm ci). Usually 1–3 minutes.'
	});
	const path = pathWithoutOurs();
	const npm = findProgram('npm', path);
	if (!npm) {
		throw new Stop(
			{ zh: '找不到 npm。', en: 'npm was not found.' },
			{ zh: '请安装 Node.js（带 npm）。', en: 'Install Node.js with npm: https://nodejs.org' }
		);
	}
	// Building needs the development packages, whatever NODE_ENV says.
	const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
	const { code, lastLines } = await runLogged(npm, args, { ...process.env, PATH: path });
	if (code !== 0) {
		throw new Stop(
			{ zh: `程序包没有装好。\n${lastLines}`, en: 'The packages could not be installed.' },
			{
				zh: `请检查网络和 npm 源，再试一次。记录：${logFile}`,
				en: `Check the network and npm's registry, then try again. Log: ${logFile}`
			}
		);
	}
	stamp(stampFile, lockHash());
	done({ zh: '程序包装好了。', en: 'Packages installed.' });
}

/**
 * A Node that is new enough: the one running now, else the one among the packages.
 * @returns {string | undefined} its path
 */
export function findNode() {
	if (isAtLeast(process.version, neededNode)) return process.execPath;
	const ours = join(binFolder, 'node');
	const version = existsSync(ours) ? ask(ours, ['-v']) : undefined;
	return version && isAtLeast(version, neededNode) ? ours : undefined;
}

/** @returns {string} the path of a Node that is new enough */
export function requireNode() {
	const node = findNode();
	if (node) return node;
	throw new Stop(
		{
			zh: `需要 Node ${neededNode} 或更新。现在是 ${process.version}（${process.platform} ${process.arch}）。`,
			en: `Node ${neededNode} or newer is needed. This is ${process.version} on ${process.platform} ${process.arch}, and no package carries one for it.`
		},
		{
			zh: '请安装 Node 24：https://nodejs.org ，再运行一次。',
			en: 'Install Node 24 from https://nodejs.org and run this again.'
		}
	);
}
