/** Looking for words in all that is said in a lesson. */
import type { Cue } from '#lib/captions/cue.ts';
import { plainText } from '#lib/captions/payload.ts';
import { findAll, fold, type Folded } from './find.ts';
import type { Hit } from './pieces.ts';

export type Hits = { byCue: ReadonlyMap<Cue, Hit[]>; count: number };

/** A cue is compared with every letter that is typed, but need be folded only once. */
const known = new WeakMap<Cue, Folded>();

function foldedOf(cue: Cue): Folded {
	const folded = known.get(cue) ?? fold(plainText(cue.text));
	known.set(cue, folded);
	return folded;
}

/** Every place where `wanted` is said, numbered in the order of `cues`; none for no words. */
export function hitsIn(cues: readonly Cue[], wanted: string): Hits {
	const byCue = new Map<Cue, Hit[]>();
	let count = 0;
	for (const cue of cues) {
		const here = findAll(foldedOf(cue), wanted).map((found) => ({ ...found, hit: count++ }));
		if (here.length > 0) byCue.set(cue, here);
	}
	return { byCue, count };
}
