/**
 * Invites the first person of an installation: prints a link that works once, for 14 days.
 * `npm run invite -- <name> [staff|instructor|reviewer]`
 */
import { ROLES } from '#lib/domain/roles.ts';
import { SYSTEM } from '#lib/server/access/actor.ts';
import { openApp } from '#lib/server/app.ts';
import * as people from '#lib/server/people/people.ts';
import { settingsFrom } from '#lib/server/settings.ts';

const [displayName, wanted = 'staff'] = process.argv.slice(2);
const role = ROLES.find((known) => known === wanted);
if (!displayName || !role) {
	console.error('npm run invite -- <name> [staff|instructor|reviewer]');
	process.exit(2);
}
const app = await openApp({ ...settingsFrom(process.env), worksHere: false });
const token = await people.invite(app.db, SYSTEM, { displayName, role });
console.log(`${process.env.ORIGIN ?? 'http://127.0.0.1:3000'}/invitations/${token}`);
await app.close();
