/** The server's disk is full: whoever sends a video is told, and nothing that has arrived is lost. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Receiver } from '#lib/server/media/tus-uploads.ts';
import { TusUploads, UPLOADS_PATH } from '#lib/server/media/tus-uploads.ts';
import type { Actor } from '#lib/server/access/actor.ts';
import type { Tables } from '#lib/server/database/tables.ts';

const GIGABYTE = 1024 ** 3;
const SIZE = 2000;
let folder: string;
let free = GIGABYTE;
const begun = new Map<string, number>();
const received: string[] = [];
const receiver: Receiver = {
	create: async (_db, _actor, { id, size = 0 }) => void begun.set(id, size),
	forSending: async (_db, _actor, id) => ({
		...{ sizeBytes: begun.get(id) ?? 0, isFinished: received.includes(id) }
	}),
	assertWanted: async () => undefined,
	receive: async (_db, id) => void received.push(id),
	forget: async () => undefined
};
let uploads: TusUploads;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'full-disk-'));
	const freeBytes = async () => free;
	uploads = new TusUploads(folder, { path: UPLOADS_PATH, maxBytes: GIGABYTE, receiver, freeBytes });
});
afterAll(() => rm(folder, { recursive: true }));

const context = {
	db: {} as Kysely<Tables>,
	actor: { type: 'visitor' } as Actor,
	received: () => undefined,
	say: ({ code }: { code: string }) => code
};
const ask = (method: string, path: string, headers: Record<string, string>, body?: string) =>
	uploads.handle(
		new Request(`http://here${path}`, {
			method,
			headers: { 'tus-resumable': '1.0.0', ...headers },
			...(body !== undefined && { body })
		}),
		context
	);
const send = (path: string, offset: number, bytes: number) =>
	ask(
		'PATCH',
		path,
		{ 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
		'x'.repeat(bytes)
	);

test('a file that finds no room is refused in words, and goes on where it stopped once there is some', async () => {
	free = 0;
	const refused = await ask('POST', UPLOADS_PATH, { 'upload-length': String(SIZE) });
	expect([refused.status, await refused.text()]).toEqual([400, 'disk_full']);
	expect(begun.size).toBe(0);

	free = GIGABYTE;
	const created = await ask('POST', UPLOADS_PATH, { 'upload-length': String(SIZE) });
	const path = created.headers.get('location') ?? '';
	expect((await send(path, 0, 1500)).status).toBe(204);
	free = SIZE;
	const full = await send(path, 1500, 500);
	expect([full.status, await full.text()]).toEqual([400, 'disk_full']);
	const standing = await ask('HEAD', path, {});
	expect(standing.headers.get('upload-offset')).toBe('1500');

	free = GIGABYTE;
	expect((await send(path, 1500, 500)).status).toBe(204);
	expect(received).toHaveLength(1);
});
