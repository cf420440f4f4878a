/**
 * The built server with the demo course and people, as the benchmarks over HTTP use it. Made once
 * for all of them, as its films are really prepared.
 *
 * BENCH_WORLD=<folder> keeps the installation there, and the next run begins with a copy of it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as classes from '#lib/server/classes/classes.ts';
import { openSqlite } from '#lib/server/database/database.ts';
import type { Tables } from '#lib/server/database/tables.ts';
import * as people from '#lib/server/people/people.ts';
import { settingsFrom } from '#lib/server/settings.ts';
import { buildIfNeeded } from '../../src/setup/build.mjs';
import type { World } from '../support/make-world.ts';
import { type Server, startServer } from '../support/server.ts';

export type BenchWorld = World & {
	server: Server;
	/** The server's own database, through a connection of this process. */
	db: Kysely<Tables>;
};

let opened: Promise<BenchWorld> | undefined;

export const theWorld = (): Promise<BenchWorld> => (opened ??= open());

/** Ends the server and removes its data; without effect when no benchmark asked for it. */
export async function endWorld(): Promise<void> {
	const world = await opened?.catch(() => undefined);
	await world?.db.destroy();
	await world?.server.remove();
	opened = undefined;
}

async function open(): Promise<BenchWorld> {
	// Never an older build by mistake: its figures would be of other sources.
	if (!process.env.BUILD_FOLDER) await buildIfNeeded({ environment: process.env });
	const server = await startServer({ DEMO: '1' });
	try {
		await server.kill();
		const world = await settle(server.dataFolder);
		await server.start();
		const { databaseFile } = settingsFrom({ DATA_FOLDER: server.dataFolder });
		return { ...world, server, db: openSqlite(databaseFile) };
	} catch (error) {
		await server.remove();
		throw error;
	}
}

async function settle(dataFolder: string): Promise<World> {
	const kept = process.env.BENCH_WORLD;
	if (!kept || !existsSync(join(kept, 'world.json'))) {
		const made = execFileSync(process.execPath, ['tests/support/make-world.ts'], {
			env: { ...process.env, DATA_FOLDER: dataFolder, DEMO: '1' },
			encoding: 'utf8'
		});
		await writeFile(join(dataFolder, 'world.json'), made.trim().split('\n').at(-1) ?? '');
		if (kept) await cp(dataFolder, kept, { recursive: true });
	} else {
		// A write-ahead log of another database must not lie beside the kept one.
		await rm(dataFolder, { recursive: true });
		await cp(kept, dataFolder, { recursive: true });
	}
	return JSON.parse(await readFile(join(dataFolder, 'world.json'), 'utf8')) as World;
}

/**
 * Signs in over HTTP, as a browser's form does.
 * @returns the `cookie` header of the session
 */
export async function signIn(
	origin: string,
	{ signInName, password }: { signInName: string; password: string }
): Promise<string> {
	const answer = await fetch(`${origin}/sign-in`, {
		method: 'POST',
		headers: { origin },
		body: new URLSearchParams({ signInName, password }),
		redirect: 'manual'
	});
	const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('session='));
	if (!cookie) throw new Error(`nobody was signed in: ${answer.status} ${await answer.text()}`);
	return cookie.slice(0, cookie.indexOf(';'));
}

/** New trainees in the demo class, each signed in; their `cookie` headers. */
export async function newTrainees(
	{ db, server, params }: BenchWorld,
	count: number
): Promise<string[]> {
	const cookies: string[] = [];
	for (let index = 0; index < count; index++) {
		const person = { signInName: `bench-${index}`, password: `bench-${index}-mooncake` };
		const displayName = `学员${index}`;
		const id = await people.add(db, { ...person, displayName }, 'trainee');
		const actor: PersonActor = { type: 'person', id, displayName, roles: ['trainee'] };
		await classes.join(db, actor, params.classId ?? '');
		cookies.push(await signIn(server.origin, person));
	}
	return cookies;
}
