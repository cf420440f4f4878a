import { text } from 'node:stream/consumers';
import type { Storage } from '../../storage/storage.ts';
import type { Early } from '../transcoder.ts';
import { smallestIn } from './begun.ts';
import { joined, readJoined } from './joined.ts';
import { mediaFile } from './ladder.ts';
import { finishedUnit, type Ladder, LADDER_UNIT, MANIFEST } from './manifest.ts';
import { allParts } from './parts.ts';
import { durationOf, mediaPlaylist, type MediaPlaylist, parseMediaPlaylist } from './playlists.ts';

type Where = { storage: Storage; target: string; folder: string };

/** The smallest rung of a target: in storage once all rungs are there, in the work folder before. */
export async function earlyOf(where: Where): Promise<Early | undefined> {
	return (await underWay(where)) ?? (await stored(where));
}

async function underWay({ folder }: Where): Promise<Early | undefined> {
	const smallest = await smallestIn(folder);
	const whole = smallest && (await joined(await allParts(folder), smallest));
	if (!smallest || !whole) return undefined;
	return {
		...sized(smallest, whole.playlist),
		sizeBytes: whole.sizeBytes,
		read: (range) =>
			Promise.resolve(readJoined(whole, range ?? { start: 0, end: whole.sizeBytes - 1 }))
	};
}

async function stored({ storage, target }: Where): Promise<Early | undefined> {
	const ladder =
		(await finishedUnit<Ladder>(storage, target, MANIFEST)) ??
		(await finishedUnit<Ladder>(storage, target, LADDER_UNIT));
	const smallest = ladder?.rungs.at(-1);
	if (!smallest) return undefined;
	const key = `${target}/${smallest.media}`;
	const playlist = await text(await storage.read(`${target}/${smallest.playlist}`));
	return {
		...sized(smallest, parseMediaPlaylist(playlist)),
		sizeBytes: (await storage.stat(key))?.sizeBytes ?? 0,
		read: (range) => storage.read(key, range)
	};
}

function sized(
	{ name, width, height }: { name: string; width: number; height: number },
	whole: MediaPlaylist
) {
	const media = mediaFile({ name });
	const playlist = (untilMs: number): string => {
		let endMs = 0;
		const shown = whole.segments.filter(({ durationMs }, index) => {
			endMs += durationMs;
			return index === 0 || endMs <= untilMs + 1;
		});
		return mediaPlaylist(media, { ...whole, segments: shown });
	};
	return { name, width, height, media, durationMs: durationOf(whole), playlist };
}
