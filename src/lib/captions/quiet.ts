/**
 * What captions say about there being nothing to caption: a label for the trainee where nobody says
 * anything, as in `<c.quiet>[这里没有话]</c>`, and a note in the file that no sound matters.
 */
import type { CaptionTrack, Cue } from './cue.ts';
import type { CaptionLanguage } from './limits.ts';

const QUIET = /<c[.\w-]*\.quiet\b/;
const NO_SOUNDS = 'NOTE no sounds that matter';

/** Whether from this caption on, until the next one, nobody says anything. */
export const isQuiet = ({ text }: Pick<Cue, 'text'>): boolean => QUIET.test(text);

/** The label that says so. */
export const quietLabel = (language: CaptionLanguage): string =>
	`<c.quiet>${language === 'en' ? '[no words here]' : '[这里没有话]'}</c>`;

type Notes = Pick<CaptionTrack, 'notesAtEnd'>;

/** Whether somebody has listened, or let somebody listen, and no sound matters. */
export const saysNoSounds = ({ notesAtEnd }: Notes): boolean => notesAtEnd.includes(NO_SOUNDS);

/** The same notes with that said, or no longer. */
export const sayingNoSounds = <T extends Notes>(notes: T, isSaid: boolean): T => {
	const others = notes.notesAtEnd.filter((note) => note !== NO_SOUNDS);
	return { ...notes, notesAtEnd: isSaid ? [...others, NO_SOUNDS] : others };
};
