/** Shows in the player where the signer stands, as soon as that is said. */
import type { SignPlacement } from '#lib/domain/timeline.ts';
import { frameAt, lastMiddleBefore, middleOf } from '#lib/player/clock/frames.ts';
import { endOf, sectionFor, sectionsOf } from '#lib/player/clock/sections.ts';
import type { Playback, SignTrack } from '#lib/player/index.ts';

/** How the player's own clock finds the signer's picture: the middle of a frame, never beyond the end. */
function pictureAt({ offsetMs, sections }: SignPlacement, atMs: number, signMs: number): number {
	const section = sectionFor(sectionsOf(offsetMs, sections), atMs, signMs);
	const toMedia = section.mediaMs - section.lessonMs;
	const own = middleOf(frameAt(Math.max(atMs, section.lessonMs) + toMedia));
	return Math.min(own, lastMiddleBefore(endOf(section, signMs) + toMedia));
}

/**
 * The clock takes a track's places when the track is put under it, which loads it anew: too slow for
 * somebody who presses "a little later" again and again. So while all stands still only the picture is
 * moved, and the clock is told when something is to move again.
 */
export class Signer {
	readonly #film: Playback;
	readonly #video: HTMLVideoElement;
	readonly #track: SignTrack & { durationMs: number };
	#placement: SignPlacement;
	#isBehind = false;

	constructor(
		film: Playback,
		video: HTMLVideoElement,
		track: SignTrack & { durationMs: number },
		placement: SignPlacement
	) {
		this.#film = film;
		this.#video = video;
		this.#track = track;
		this.#placement = placement;
	}

	/** The signer stands here from now on. */
	place(placement: SignPlacement): void {
		if (JSON.stringify(placement) === JSON.stringify(this.#placement)) return;
		this.#placement = placement;
		const { hasStarted, state, turn } = this.#film;
		if (!hasStarted) {
			this.#tell();
			this.#film.seek(this.#film.exactMs());
		} else if (state.phase === 'paused' && !turn && this.#video.readyState > 0) {
			const atMs = pictureAt(placement, this.#film.exactMs(), this.#track.durationMs);
			this.#video.currentTime = atMs / 1000;
			this.#isBehind = true;
		} else this.#tell();
	}

	/** Something begins to move: the clock has to know. */
	catchUp(): void {
		if (this.#isBehind) this.#tell();
	}

	#tell(): void {
		this.#isBehind = false;
		const { offsetMs, sections } = this.#placement;
		this.#film.addPicture({
			...{ id: 'sign', src: this.#track.src, element: this.#video, offsetMs },
			...(sections.length > 0 && { sections })
		});
	}
}
