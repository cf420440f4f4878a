/**
 * A new key for signing certificates, e.g. each year, or when the old one may have been seen.
 * What the old one has signed stays good. `npm run rotate-key`
 */
import { openApp } from '#lib/server/app.ts';
import * as keys from '#lib/server/certificates/keys.ts';
import { settingsFrom } from '#lib/server/settings.ts';

const app = await openApp({ ...settingsFrom(process.env), worksHere: false });
const { id } = await keys.rotate(app.db, app.settings.keysFolder);
console.log(`新密钥 · new key: ${id}`);
await app.close();
