import { expect, test } from 'vitest';
import { doorOf } from '#lib/server/access/doors.ts';
import { filesIn, type SourceFile, sourceFiles } from './support/source-files.ts';

const MAX_LINES = 300;
const source = sourceFiles('src');
const server = source.filter(({ path }) => path.startsWith('src/lib/server/'));

/**
 * Who may import whom, among what is ours, below src/lib. Whatever stands below a room's own
 * folder it may always import.
 */
const ROOMS: Record<string, readonly string[]> = {
	domain: [],
	captions: [],
	words: [],
	ui: ['words'],
	player: ['ui', 'words', 'captions', 'domain'],
	studio: ['ui', 'words', 'captions', 'domain'],
	server: ['captions', 'domain']
};

/** Each may call those before it, never those after it: so there are no circles. */
const CAPABILITIES = [
	'people',
	'notifications',
	'courses',
	'publication',
	'media',
	'exchange',
	'classes',
	'progress',
	'practice',
	'certificates',
	'storefronts',
	'placements',
	'aftercare',
	'showcase',
	'catalogue',
	'own-data'
] as const;
const SEAMS = ['access', 'database', 'jobs', 'storage', 'transcoding'] as const;
/** What a seam may know besides itself and the files directly in lib/server. */
const SEAM_KNOWS: Record<(typeof SEAMS)[number], readonly string[]> = {
	access: [],
	database: [],
	jobs: ['database'],
	storage: [],
	transcoding: ['storage']
};
/** These put the whole server together; no room may import them. */
const ASSEMBLY = ['src/lib/server/app.ts', 'src/lib/server/handlers.ts'];

const within = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
const roomOf = (path: string): string | undefined => /^src\/lib\/([^/]+)\//.exec(path)?.[1];
const serverRoomOf = (path: string): string | undefined =>
	/^src\/lib\/server\/([^/]+)\//.exec(path)?.[1];
const isOurs = (path: string): boolean => path.startsWith('src/') || path.startsWith('migrations/');
const isQueries = (path: string): boolean => path.endsWith('.queries.ts');

/** Every import that breaks the rule, as `who → what`. */
const breaches = (files: readonly SourceFile[], isBreach: (from: string, to: string) => boolean) =>
	files.flatMap(({ path, imports }) =>
		imports.flatMap(({ target }) => (isBreach(path, target) ? [`${path} → ${target}`] : []))
	);

test('every folder below lib is a room with rules', () => {
	const rooms = new Set(source.flatMap(({ path }) => roomOf(path) ?? []));
	expect([...rooms].filter((room) => !(room in ROOMS))).toEqual([]);
});

test.each(Object.entries(ROOMS))('%s imports only what stands below it', (room, allowed) => {
	const files = source.filter(({ path }) => roomOf(path) === room);
	expect(files.length).toBeGreaterThan(0);
	const known = [room, ...allowed].map((name) => `src/lib/${name}`);
	expect(
		breaches(files, (_, to) => isOurs(to) && !known.some((folder) => within(to, folder)))
	).toEqual([]);
});

test('domain and captions run anywhere: no Node, no browser framework', () => {
	const files = source.filter(({ path }) => /^src\/lib\/(domain|captions)\//.test(path));
	expect(breaches(files, (_, to) => !isOurs(to) && to !== 'valibot')).toEqual([]);
});

test('the server runs without SvelteKit, so that the worker is the same code', () => {
	const isWebOnly = (to: string) =>
		/^(\$app\/|\$env\/|@sveltejs\/|svelte(\/|$))/.test(to) || to.endsWith('.svelte');
	expect(breaches(server, (_, to) => isWebOnly(to))).toEqual([]);
});

test('worker and migrator know the server only', () => {
	const files = source.filter(({ path }) => ['src/worker.ts', 'src/migrate.ts'].includes(path));
	expect(files).toHaveLength(2);
	expect(breaches(files, (_, to) => !within(to, 'src/lib/server'))).toEqual([]);
});

test('player and studio are given addresses and know none of ours', () => {
	const files = source.filter(({ path }) => /^src\/lib\/(player|studio)\//.test(path));
	const route = /['"`]\/(learn|teach|staff|media|uploads|sign-in|sign-out|join|verify)\b/;
	expect(files.filter(({ text }) => route.test(text)).map(({ path }) => path)).toEqual([]);
});

test('every folder of the server is a capability or a seam', () => {
	const rooms = new Set(server.flatMap(({ path }) => serverRoomOf(path) ?? []));
	const known: readonly string[] = [...CAPABILITIES, ...SEAMS];
	expect([...rooms].filter((room) => !known.includes(room))).toEqual([]);
});

test('a capability calls only those before it: there are no circles', () => {
	const order: readonly (string | undefined)[] = CAPABILITIES;
	expect(
		breaches(server, (from, to) => {
			const [mine, other] = [order.indexOf(serverRoomOf(from)), order.indexOf(serverRoomOf(to))];
			return mine >= 0 && other > mine;
		})
	).toEqual([]);
});

test('a seam knows no capability', () => {
	expect(
		breaches(server, (from, to) => {
			const room = SEAMS.find((name) => name === serverRoomOf(from));
			const other = serverRoomOf(to);
			return !!room && !!other && other !== room && !SEAM_KNOWS[room].includes(other);
		})
	).toEqual([]);
});

test('only the entrances import what puts the server together', () => {
	const rooms = source.filter(
		({ path }) => path.startsWith('src/lib/') && !ASSEMBLY.includes(path)
	);
	const values = rooms.flatMap(({ path, imports }) =>
		imports.flatMap(({ target, isTypeOnly }) =>
			ASSEMBLY.includes(target) && !isTypeOnly ? [`${path} → ${target}`] : []
		)
	);
	expect(values).toEqual([]);
});

test("another capability's queries are nobody's business", () => {
	expect(
		breaches(source, (from, to) => isQueries(to) && serverRoomOf(from) !== serverRoomOf(to))
	).toEqual([]);
});

test('Kysely is known to queries and the database room; others know its types at most', () => {
	const mayUse = (path: string) => isQueries(path) || within(path, 'src/lib/server/database');
	const values = source.flatMap(({ path, imports }) =>
		imports.flatMap(({ target, isTypeOnly }) =>
			/^kysely(\/|$)/.test(target) && !isTypeOnly && !mayUse(path) ? [path] : []
		)
	);
	expect(values).toEqual([]);
});

test('queries are written in *.queries.ts and nowhere else', () => {
	const verbs = [
		'selectFrom',
		'insertInto',
		'updateTable',
		'deleteFrom',
		'replaceInto',
		'mergeInto'
	];
	const others = source.filter(
		({ path, calledMethods }) => !isQueries(path) && verbs.some((verb) => calledMethods.has(verb))
	);
	expect(others.map(({ path }) => path)).toEqual([]);
});

test('raw SQL and dialects stay in the database room', () => {
	const dialects = /Dialect$|^Sqlite|^Postgres|^PGlite/;
	const found = source.flatMap(({ path, imports }) =>
		imports.flatMap(({ target, names }) => {
			const isRaw = /^kysely(\/|$)/.test(target)
				? names.some((name) => name === 'sql' || dialects.test(name))
				: target === 'better-sqlite3';
			return isRaw && !within(path, 'src/lib/server/database') ? [path] : [];
		})
	);
	expect(found).toEqual([]);
});

test('Lucia can be replaced in an afternoon: one file imports it', () => {
	const users = source.filter(({ imports }) => imports.some(({ target }) => target === 'lucia'));
	expect(users.map(({ path }) => path)).toEqual(['src/lib/server/people/sessions.ts']);
});

test('routes ask capabilities, never the database', () => {
	const routes = source.filter(({ path }) => within(path, 'src/routes'));
	const asked = routes.flatMap(({ path, imports }) =>
		imports.flatMap(({ target, isTypeOnly }) => {
			const isDatabase = within(target, 'src/lib/server/database') && !isTypeOnly;
			return isDatabase || isQueries(target) ? [`${path} → ${target}`] : [];
		})
	);
	expect(asked).toEqual([]);
});

test('every page and endpoint stands behind a door', () => {
	const files = filesIn('src/routes/**/+{page,server}*');
	expect(files.length).toBeGreaterThan(0);
	const routeIds = new Set(
		files.map((path) => path.slice('src/routes'.length, path.lastIndexOf('/')))
	);
	expect([...routeIds].filter((id) => doorOf(id) === undefined)).toEqual([]);
});

test('migrations import only Kysely, are named by day and number, and have a way back', () => {
	const migrations = sourceFiles('migrations');
	expect(migrations.length).toBeGreaterThan(0);
	for (const { path, text, imports } of migrations) {
		expect(path).toMatch(/^migrations\/\d{4}-\d{2}-\d{2}-\d{2}-[a-z]+(-[a-z]+)*\.ts$/);
		expect(imports.map(({ target }) => target)).toEqual(['kysely']);
		expect(text).toMatch(/export async function up\(/);
		expect(text).toMatch(/export async function down\(/);
	}
	const numbers = migrations.map(({ path }) => path.slice('migrations/'.length).slice(0, 13));
	expect(new Set(numbers).size).toBe(numbers.length);
});

const everything = ['src', 'tests', 'migrations', '.config'].flatMap(sourceFiles);

test(`no file is longer than ${MAX_LINES} lines`, () => {
	const long = everything.flatMap(({ path, text }) => {
		const lines = text.trimEnd().split('\n').length;
		return lines > MAX_LINES ? [`${path}: ${lines}`] : [];
	});
	expect(long).toEqual([]);
});

test('nothing is typed any, and no complaint of the compiler is silenced', () => {
	const silenced = everything.filter(
		({ text, hasAny }) => hasAny || /@ts-(ignore|nocheck|expect-error)/.test(text)
	);
	expect(silenced.map(({ path }) => path)).toEqual([]);
});

test('no folder is a drawer for everything', () => {
	const drawer = /(^|\/)(utils?|helpers?|common|services?|misc)(\/|\.)/;
	expect(everything.map(({ path }) => path).filter((path) => drawer.test(path))).toEqual([]);
});

test('imports name the file they mean, with its ending', () => {
	expect(
		breaches(
			everything.filter(({ path }) => path.endsWith('.ts') || path.endsWith('.svelte')),
			(_, to) =>
				isOurs(to) &&
				!to.endsWith('/$types') &&
				!/\.(ts|js|mjs|svelte|css|svg|json)(\?\w+)?$/.test(to)
		)
	).toEqual([]);
});
