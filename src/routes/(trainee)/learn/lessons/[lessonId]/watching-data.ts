/** What the page of a lesson gives its living part, to a trainee or in a preview. */
import type { MaterialsInput } from '#lib/domain/materials.ts';
import type { PlayerProps } from '#lib/player/props.ts';

export const LESSON_ISLAND = 'src/routes/(trainee)/learn/lessons/[lessonId]/lesson.island.ts';

export type WatchingData = {
	personId: string;
	lesson: { id: string; title: string; summary: string };
	/** Which version of the lesson it is; none of a draft. */
	version?: number;
	/** Somebody who makes the lesson looks at it: nothing is counted, nothing is kept. */
	isPreview?: boolean;
	/** … of a video that is still being made. */
	isEarly?: boolean;
	presentation: PlayerProps & Required<Pick<PlayerProps, 'captions'>>;
	standing: { watchedMs: number; positionMs: number; isWatched?: boolean; isCompleted: boolean };
	/** How much of the video is asked for, in per cent. */
	watchedPercent?: number;
	/** What it is made of and with, where somebody has written it. */
	madeOf?: MaterialsInput;
	/** For how many pieces the amounts are asked; without JavaScript the address says it. */
	wanted?: number | undefined;
	settings: Record<string, unknown> | undefined;
	next: { id: string; title: string } | undefined;
	language: string;
};

/** The lesson after this one on somebody's road. */
export function nextOf(
	road: readonly { id: string; title: string }[],
	lessonId: string
): WatchingData['next'] {
	const here = road.findIndex(({ id }) => id === lessonId);
	const next = here < 0 ? undefined : road[here + 1];
	return next && { id: next.id, title: next.title };
}
