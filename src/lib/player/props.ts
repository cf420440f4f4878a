import type {
	CaptionChoice,
	Demonstration,
	Settings,
	SignTrack,
	Step,
	Term,
	Turn,
	Video,
	Watched
} from './model.ts';
import type { Playback } from './playback.svelte.ts';

/** Everything a player is given. */
export interface PlayerProps {
	title: string;
	durationMs: number;
	demonstration?: Demonstration;
	sign?: SignTrack;
	/** The same signed in other sign languages, among which the viewer chooses. */
	otherSigns?: SignTrack[];
	sound?: { src: string };
	/** The only video is signed: it is named so for those who cannot see it. */
	isSignedAtSource?: boolean;
	/** Both pictures in one video, for phones that play only one at a time. */
	composite?: { side?: Video; corner?: Video };
	captions?: CaptionChoice[];
	steps?: Step[];
	/** Turn-taking as the instructor marked it; without marks it goes cue by cue. */
	turns?: Turn[];
	glossary?: Term[];
	resumeAtMs?: number;
	/** Where to go when it is over. */
	next?: { href: string; title: string };
	/** What this person chose last, on whatever device; what this device remembers goes before it. */
	settings?: Partial<Settings>;
	/** Whose choices and timers these are, on a phone that several people use. */
	rememberAs?: string;
	/** Tells this lesson from others in what is kept on the device; the title if it is not given. */
	lessonKey?: string;
	onwatched?: (watched: Watched) => void;
	onsettings?: (settings: Settings) => void;
	/** A step was done in practice mode. */
	onpractised?: (stepId: string) => void;
	/** The playback as soon as it lives, for a page that steers the player or stands beside it. */
	onready?: (playback: Playback) => void;
}
