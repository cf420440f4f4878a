/** Which pictures a lesson has for this viewer, and the layouts in which they can be seen. */
import { LAYOUTS, type Layout, type PictureId, type Video } from '../model.ts';

export type Pair = {
	demonstration?: Video;
	sign?: Video;
	/** Both in one video. */
	composite?: { side?: Video; corner?: Video };
	/** Only one video can play, and they are not to take turns. */
	playsOne: boolean;
};

export const isAlone = (layout: Layout): layout is PictureId =>
	layout === 'sign' || layout === 'demonstration';

/** What there is to choose from; a video of both lies as it was made. */
export function layoutsOf({ composite, playsOne }: Pair): readonly Layout[] {
	if (!playsOne || !composite) return LAYOUTS;
	return LAYOUTS.filter((layout) =>
		layout === 'side' || layout === 'corner' ? composite[layout] : isAlone(layout)
	);
}

/** The video of both that is played in this layout; none where the browser plays two, or one is enough. */
export function compositeFor({ composite, playsOne }: Pair, layout: Layout): Video | undefined {
	if (!playsOne || isAlone(layout)) return undefined;
	return (layout === 'corner' && composite?.corner) || (composite?.side ?? composite?.corner);
}

/** The videos to be put on the stage, the demonstration first. */
export function videosOf(pair: Pair, layout: Layout): { id: PictureId; video: Video }[] {
	const composite = compositeFor(pair, layout);
	if (composite) return [{ id: 'demonstration', video: composite }];
	return (['demonstration', 'sign'] as const).flatMap((id) => {
		const video = pair[id];
		return video ? [{ id, video }] : [];
	});
}
