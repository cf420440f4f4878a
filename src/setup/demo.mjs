/** `npm run demo`: from a fresh machine to the platform with a demo course. `--check` only reports. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { prepare, report } from './prepare.mjs';
import { root, runShown } from './run.mjs';
import { runCommand, say, Stop } from './say.mjs';
import { freePort, serve } from './serve.mjs';

const signInsFile = join(root, 'data/demo/sign-ins.json');
const roles = /** @type {Record<string, string>} */ ({
	trainee: '学员 trainee',
	instructor: '讲师 instructor',
	reviewer: '聋人审校 reviewer',
	staff: '助残专员 staff'
});

/** @typedef {{ role: string, name: string, signInName: string, password: string }} SignIn */

/** @param {string} origin */
function printWelcome(origin) {
	/** @type {SignIn[]} */
	const signIns = existsSync(signInsFile) ? JSON.parse(readFileSync(signInsFile, 'utf8')) : [];
	const lines = ['', '─'.repeat(64), '云无声 · Yun Wusheng', '', `  打开 open      ${origin}`, ''];
	for (const { role, name, signInName, password } of signIns) {
		lines.push(`  ${roles[role] ?? role} · ${name}`);
		lines.push(`    登录名 sign-in name  ${signInName}`);
		lines.push(`    密码 password        ${password}`);
	}
	lines.push('', '  按 Ctrl-C 停止。 Press Ctrl-C to stop.', '─'.repeat(64), '');
	console.log(lines.join('\n'));
}

await runCommand(async () => {
	if (process.argv.includes('--check')) return report();
	const { node, environment } = await prepare();
	// Demo people and real people never share a database, whatever DATA_FOLDER says.
	const demo = { node, environment: { ...environment, DATA_FOLDER: 'data/demo', DEMO: '1' } };
	await buildIfNeeded(demo);
	if (!existsSync(signInsFile)) {
		say({
			zh: '正在准备示范课程。第一次要转换视频，约 2 分钟。',
			en: 'Preparing the demo course. The first time its videos are converted: about 2 minutes.'
		});
	}
	const code = await runShown(node, ['src/setup/seed-demo.ts'], demo.environment);
	if (code !== 0) {
		throw new Stop(
			{ zh: '示范课程没有准备好。', en: 'The demo course could not be prepared.' },
			{
				zh: '请删除 data/demo 文件夹，再运行一次。',
				en: 'Delete the folder data/demo and run this again.'
			}
		);
	}
	const host = process.env.HOST || '127.0.0.1';
	const port = await freePort(host, Number(process.env.PORT || 3000));
	const origin = process.env.ORIGIN || `http://${host}:${port}`;
	return serve(demo, { host, port, origin }, () => printWelcome(origin));
});
