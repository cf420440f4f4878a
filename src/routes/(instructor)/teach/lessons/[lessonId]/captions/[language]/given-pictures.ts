/** A lesson's media as the caption studio takes them: elements are filled by the player's sources. */
import type { PictureArea } from '#lib/captions/area.ts';
import { isCovered, sectionFor, sectionsOf } from '#lib/player/clock/sections.ts';
import { openSource } from '#lib/player/media/source.ts';
import { fetchThumbnails } from '#lib/player/media/thumbnails.ts';
import type { Demonstration, SignTrack } from '#lib/player/model.ts';
import type { Pictures } from '#lib/studio/captioning/given.ts';

type Media = {
	durationMs: number;
	demonstration: Demonstration;
	sign?: SignTrack & { durationMs: number };
	sound?: { src: string };
};

const attaching = (src: string) => (video: HTMLVideoElement) => {
	const source = openSource(video, { src, startS: () => 0 }, () => undefined);
	source.setFetching(true);
	return () => source.close();
};

export function givenPictures({ durationMs, demonstration, sign, sound }: Media): Pictures {
	const thumbnails = demonstration.thumbnailsSrc;
	return {
		durationMs,
		...(demonstration.poster && { poster: demonstration.poster }),
		attach: attaching(demonstration.src),
		...(sign && { sign: { attach: attaching(sign.src), placeOf: placeIn(sign) } }),
		...(sound && { soundSrc: sound.src }),
		thumbnails: async () => (thumbnails ? fetchThumbnails(thumbnails) : [])
	};
}

function placeIn({ offsetMs = 0, sections, durationMs }: SignTrack & { durationMs: number }) {
	const all = sectionsOf(offsetMs, sections);
	return (lessonMs: number): number | undefined => {
		if (!isCovered(all, lessonMs, durationMs)) return undefined;
		const section = sectionFor(all, lessonMs, durationMs);
		return Math.max(0, lessonMs - section.lessonMs + section.mediaMs);
	};
}

/** Where the hands work, in percent of the picture. */
export const areasOf = ({ demonstration }: Media): PictureArea[] =>
	(demonstration.action ?? []).map(({ startMs, endMs, x, y, width, height }) => ({
		...{ startMs, endMs, left: x * 100, top: y * 100 },
		...{ width: width * 100, height: height * 100 }
	}));
