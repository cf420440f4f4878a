/** What the gate finds in a lesson's captions: the studio's own rules, asked about all that is kept. */
import { type PictureArea, signingAreas } from '#lib/captions/area.ts';
import { checkCaptions, type Stretch, stretchesOf } from '#lib/captions/check.ts';
import type { Cue } from '#lib/captions/cue.ts';
import { saysNoSounds } from '#lib/captions/quiet.ts';
import { fromWebVtt, timedCount } from '#lib/captions/untimed.ts';
import type { CaptionLanguage, CaptionTier, TeachingMode } from '#lib/domain/lessons.ts';

export type WrittenCaptions = {
	language: CaptionLanguage;
	tier: CaptionTier;
	cues: readonly Cue[];
	/** Findings that are musts, and lines that nobody sees because they have no time. */
	faults: number;
	/** Findings that are not musts. */
	advice: number;
	stretches: Stretch[];
};

type Area = { startMs: number; endMs: number; x: number; y: number; width: number; height: number };
type Film = {
	teachingMode: TeachingMode;
	durationMs: number | null;
	hasSound: boolean;
	/** Where the hands work, in thousandths of the picture. */
	areas: readonly Area[];
};

export function judgeCaptions(
	{ language, tier, webvtt }: { language: CaptionLanguage; tier: CaptionTier; webvtt: string },
	film: Film
): WrittenCaptions {
	const track = fromWebVtt(webvtt);
	const cues = track.cues.slice(0, timedCount(track.cues));
	const about = {
		...{ language, tier, saysNoSounds: saysNoSounds(track) },
		...{ hasMeaningfulSound: film.hasSound, handsAreas: film.areas.map(inPercent) },
		isSilent: film.teachingMode === 'silent_demonstration',
		...(film.teachingMode === 'signed_at_source' && { signAreas: signingAreas(film.areas) }),
		...(film.durationMs && { durationMs: film.durationMs })
	};
	const findings = checkCaptions(cues, about);
	const musts = findings.filter(({ level }) => level === 'must').length;
	return {
		...{ language, tier, cues, stretches: stretchesOf(cues, about) },
		faults: musts + track.cues.length - cues.length,
		advice: findings.length - musts
	};
}

const inPercent = ({ startMs, endMs, x, y, width, height }: Area): PictureArea => ({
	...{ startMs, endMs, left: x / 10, top: y / 10 },
	...{ width: width / 10, height: height / 10 }
});
