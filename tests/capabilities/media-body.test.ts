import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { bodyOf } from '#lib/server/media/serve.ts';
import { inFolder } from '../support/folders.ts';

const SIZE = 1_000_000;
const PIECE = 100_000;

describe('the body of a media response', () => {
	const folder = inFolder();
	const bytes = Buffer.from(Uint8Array.from({ length: SIZE }, (_, index) => index % 251));
	beforeAll(() => writeFile(join(folder(), 'a.mp4'), bytes));
	const file = () => createReadStream(join(folder(), 'a.mp4'), { highWaterMark: PIECE });

	test('is what the file holds, byte for byte', async () => {
		const got = await new Response(bodyOf(file())).arrayBuffer();
		expect(bytes.equals(Buffer.from(got))).toBe(true);
	});

	test('does not run ahead of a slow phone', async () => {
		const source = file();
		const reader = bodyOf(source).getReader();
		await reader.read();
		await pause(50);
		// One piece taken, one waiting in the body, and what a read stream reads ahead itself.
		expect(source.bytesRead).toBeLessThanOrEqual(4 * PIECE);
		await reader.cancel();
	});

	test('closes its file when somebody leaves before the end', async () => {
		const source = file();
		const closed = once(source, 'close');
		const reader = bodyOf(source).getReader();
		await reader.read();
		const next = reader.read();
		await reader.cancel();
		await next;
		await closed;
		expect(source.destroyed).toBe(true);
	});

	test('closes a small file at once, even when nobody reads it', async () => {
		const source = createReadStream(join(folder(), 'a.mp4'), { end: 999 });
		const closed = once(source, 'close');
		bodyOf(source);
		await closed;
		expect(source.bytesRead).toBe(1000);
	});

	test('breaks when its source breaks, and does not end as if it were whole', async () => {
		const source = Readable.from(
			(async function* () {
				yield Buffer.alloc(10);
				await pause(1);
				throw new Error('the disk is gone');
			})()
		);
		await expect(new Response(bodyOf(source)).arrayBuffer()).rejects.toThrow('the disk is gone');
	});
});
