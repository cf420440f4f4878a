/** `npm start`: the platform for real people. Never creates an account or a password by itself. */
import { buildIfNeeded } from './build.mjs';
import { prepare, report } from './prepare.mjs';
import { runCommand, say, Stop } from './say.mjs';
import { serve } from './serve.mjs';

/**
 * The address people type, without which a form could be posted from anybody's page.
 * @returns {string}
 */
function requireOrigin() {
	const given = process.env.ORIGIN;
	const whatToDo = {
		zh: '例：ORIGIN=https://learn.example.org npm start',
		en: 'Example: ORIGIN=https://learn.example.org npm start'
	};
	if (!given) {
		throw new Stop(
			{
				zh: '请写明网站的地址（环境变量 ORIGIN）。',
				en: "Name the site's address in the environment variable ORIGIN."
			},
			whatToDo
		);
	}
	const url = URL.canParse(given) ? new URL(given) : undefined;
	if (!url || !/^https?:$/.test(url.protocol) || url.origin !== given.replace(/\/$/, '')) {
		throw new Stop(
			{ zh: `ORIGIN=${given} 不是网站地址。`, en: `ORIGIN=${given} is not the address of a site.` },
			whatToDo
		);
	}
	return url.origin;
}

await runCommand(async () => {
	if (process.argv.includes('--check')) return report();
	const origin = requireOrigin();
	const prepared = await prepare();
	// What a shell still holds from a demo must not open this site to demo people.
	delete prepared.environment.DEMO;
	prepared.environment.DATA_FOLDER ||= 'data/main';
	await buildIfNeeded(prepared);
	const host = process.env.HOST || '127.0.0.1';
	const port = Number(process.env.PORT || 3000);
	return serve(prepared, { host, port, origin }, () => {
		console.log(`云无声 · Yun Wusheng: ${origin} (${host}:${port})`);
		say({
			zh: '第一位工作人员：在另一个窗口运行 npm run invite。',
			en: 'First member of staff: run npm run invite in another window.'
		});
	});
});
