import type { CaptionChoice, Settings, Video, Watched } from './model.ts';
import type { Playback } from './playback.svelte.ts';

/** Everything a player is given. */
export interface PlayerProps {
	title: string;
	durationMs: number;
	demonstration?: Video;
	sign?: Video & { offsetMs?: number };
	sound?: { src: string };
	/** The only video is signed: it is named so for those who cannot see it. */
	isSignedAtSource?: boolean;
	captions?: CaptionChoice[];
	resumeAtMs?: number;
	/** Overrides what this device remembers. */
	settings?: Partial<Settings>;
	onwatched?: (watched: Watched) => void;
	onsettings?: (settings: Settings) => void;
	/** For the bench and tests: the playback as soon as it lives. */
	onready?: (playback: Playback) => void;
}
