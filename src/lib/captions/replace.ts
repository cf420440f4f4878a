/** Finding and replacing in what a reader sees; tags and other markup stay. */
import type { Cue } from './cue.ts';
import { replaceVisible, visibleOf } from './visible.ts';

export interface Match {
	/** 0-based. */
	cue: number;
	/** Visible characters, exclusive `to`. */
	from: number;
	to: number;
}

/** Every place where the words stand, in order; upper and lower case are one. */
export function findWords(cues: readonly Cue[], words: string): Match[] {
	const wanted = [...words.toLocaleLowerCase()];
	if (wanted.length === 0) return [];
	return cues.flatMap(({ text }, cue) =>
		placesIn(
			visibleOf(text).map(({ shown }) => shown.toLocaleLowerCase()),
			wanted
		).map((from) => ({ cue, from, to: from + wanted.length }))
	);
}

function placesIn(shown: readonly string[], wanted: readonly string[]): number[] {
	const places: number[] = [];
	for (let at = 0; at + wanted.length <= shown.length; at++) {
		if (!wanted.every((character, k) => shown[at + k] === character)) continue;
		places.push(at);
		at += wanted.length - 1;
	}
	return places;
}

/** The list with other words in place of every match; cues without one stay the same objects. */
export function replaceMatches(
	cues: readonly Cue[],
	matches: readonly Match[],
	instead: string
): Cue[] {
	const changed = [...cues];
	// From behind, so that places before stay true.
	for (const { cue: index, from, to } of matches.toReversed()) {
		const cue = changed[index];
		if (cue) changed[index] = { ...cue, text: replaceVisible(cue.text, from, to, instead) };
	}
	return changed;
}
