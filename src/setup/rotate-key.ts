/**
 * A new key for signing certificates, e.g. each year: `npm run rotate-key`. What the old one has
 * signed stays good. Where somebody else may have the old one, it is then forgotten as well, and
 * nothing that it signed is believed any more: `npm run rotate-key -- --forget <id>`.
 */
import { parseArgs } from 'node:util';
import { openApp } from '#lib/server/app.ts';
import * as keys from '#lib/server/certificates/keys.ts';
import { NotFound } from '#lib/server/errors.ts';
import { settingsFrom } from '#lib/server/settings.ts';

const { forget } = parseArgs({ options: { forget: { type: 'string' } } }).values;
const app = await openApp({ ...settingsFrom(process.env), worksHere: false });
try {
	if (forget === undefined) {
		const { id } = await keys.rotate(app.db, app.settings.keysFolder);
		console.log(`新密钥 · new key: ${id}`);
	} else {
		await keys.forget(app.db, forget);
		console.log(`已作废 · forgotten: ${forget}`);
	}
} catch (error) {
	if (!(error instanceof NotFound)) throw error;
	console.error('没有这把旧密钥。先换新密钥。 · No such retired key. Rotate first.');
	process.exitCode = 1;
}
await app.close();
