/** The same app without a web server: takes jobs, for installations that set WORKER=separate. */
import { openApp, startWorking } from '#lib/server/app.ts';
import { settingsFrom } from '#lib/server/settings.ts';

const app = await openApp({ ...settingsFrom(process.env), worksHere: false });
const runner = await startWorking(app);
console.log('worker: waiting for jobs');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		void runner.stop().then(() => app.close());
	});
}
