/** Checks near one caption, and mending all of them, fast enough for thousands. */
import { checkCaptions, mend, type AboutCaptions, type Finding } from '#lib/captions/check.ts';
import type { Cue } from '#lib/captions/cue.ts';
import { timedCount } from '#lib/captions/untimed.ts';

/** A caption is judged by its neighbours only; trying a mend on these is quick. */
const REACH = 5;
/** More than so many mends of one caption would be going in circles. */
const MOST_MENDS = 6;
/** So long the page may be kept from answering. */
const TURN_MS = 30;

type Near = { from: number; cues: readonly Cue[]; about: AboutCaptions };

function near(cues: readonly Cue[], index: number, about: AboutCaptions): Near {
	const from = Math.max(0, index - REACH);
	const to = Math.min(timedCount(cues), index + REACH + 1);
	return { from, cues: cues.slice(from, to), about };
}

/** What is wrong with one caption now, with its mends. */
export function findingsAt(cues: readonly Cue[], index: number, about: AboutCaptions): Finding[] {
	const { from, cues: some, about: asked } = near(cues, index, about);
	return checkCaptions(some, asked).filter(({ cue }) => cue + from === index);
}

/** The captions after one mend that was offered by `findingsAt`. */
export function mendAt(
	cues: readonly Cue[],
	index: number,
	finding: Pick<Finding, 'rule' | 'cue'>,
	name: Finding['mends'][number],
	about: AboutCaptions
): Cue[] {
	const { from, cues: some, about: asked } = near(cues, index, about);
	const mended = mend(some, finding, name, asked);
	return [...cues.slice(0, from), ...mended, ...cues.slice(from + some.length)];
}

const musts = (findings: readonly Finding[]): number =>
	findings.filter(({ level }) => level === 'must').length;

/**
 * Mends whatever can be mended without a person's judgement; what must be comes first.
 * @param onprogress share of the captions looked at, 0 to 1; false calls it off
 * @returns the captions, or undefined when it was called off
 */
export async function mendAll(
	given: readonly Cue[],
	about: AboutCaptions,
	onprogress: (share: number) => boolean
): Promise<readonly Cue[] | undefined> {
	let cues = given;
	let turnEndsMs = performance.now() + TURN_MS;
	for (const [pass, isWanted] of [(one: Finding) => one.level === 'must', () => true].entries()) {
		for (let index = 0; index < timedCount(cues); index++) {
			for (let times = 0; times < MOST_MENDS; times++) {
				const next = mendedOnce(cues, index, about, isWanted);
				if (!next) break;
				cues = next;
			}
			if (performance.now() < turnEndsMs) continue;
			if (!onprogress((pass + index / timedCount(cues)) / 2)) return undefined;
			await new Promise((resolve) => setTimeout(resolve));
			turnEndsMs = performance.now() + TURN_MS;
		}
	}
	const judge = (list: readonly Cue[]) =>
		musts(checkCaptions(list.slice(0, timedCount(list)), about));
	// A caption that lasts from far before is not among the neighbours.
	return judge(cues) <= judge(given) ? cues : given;
}

function mendedOnce(
	cues: readonly Cue[],
	index: number,
	about: AboutCaptions,
	isWanted: (finding: Finding) => boolean
): Cue[] | undefined {
	for (const finding of findingsAt(cues, index, about)) {
		// Finding out what helps is the slow part.
		if (!isWanted(finding)) continue;
		// Taking away is for a person to decide, unless there is nothing in it.
		const name = finding.mends.find((one) => one !== 'remove' || finding.rule === 'empty');
		if (name) return mendAt(cues, index, finding, name, about);
	}
	return undefined;
}
