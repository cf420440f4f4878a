/** Holds all captions to the rules; with many of them it waits for a pause. */
import { untrack } from 'svelte';
import {
	type AboutCaptions,
	checkCaptions,
	type Finding,
	type Stretch,
	stretchesOf
} from '#lib/captions/check.ts';
import type { Writing } from './writing.svelte.ts';

/** Up to here nobody feels it at every letter. */
const FEW = 400;
const PAUSE_MS = 300;

export class Checking {
	findings: readonly Finding[] = $state.raw([]);
	/** What no caption is at fault for: stretches without any. */
	stretches: readonly Stretch[] = $state.raw([]);

	/** Call while a component is made. */
	constructor(writing: Writing, about: () => AboutCaptions) {
		$effect(() => {
			const { timed, saysNoSounds } = writing;
			const asked = { ...about(), saysNoSounds };
			const check = () => {
				this.findings = checkCaptions(timed, asked);
				this.stretches = stretchesOf(timed, asked);
			};
			if (timed.length <= FEW) return void untrack(check);
			const timer = setTimeout(check, PAUSE_MS);
			return () => clearTimeout(timer);
		});
	}

	/** The next caption with something to mend after this place; from the beginning after the last. */
	after(index: number): number | undefined {
		const later = this.findings.find((one) => one.cue > index);
		return (later ?? this.findings[0])?.cue;
	}
}
