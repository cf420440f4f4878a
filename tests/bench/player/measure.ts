/** Puts one scenario to every page, in turns: what disturbs the machine disturbs them all. */
import type { Browser } from '@playwright/test';
import { median } from '../rounds.ts';
import type { Candidate } from './candidates.ts';
import { cost, type Figure, type Scenario } from './scenarios/scenario.ts';
import type { MediaServer } from './server.ts';
import { Tab } from './tab.ts';

/** The figures of each page by its name; null: that page could not do it. */
export type Measured = {
	scenario: string;
	label: string;
	figures: Record<string, Figure[] | null>;
};

type Course = {
	/** The same one as long as it lives, else a new one. */
	browser: () => Promise<Browser>;
	server: MediaServer;
	scenario: Scenario;
	label: string;
	clips: { main: string; sign: string };
	candidates: Candidate[];
};

export async function measure(course: Course): Promise<Measured> {
	const { scenario, label, candidates } = course;
	const rounds = new Map<Candidate, (Figure[] | null)[]>(candidates.map((one) => [one, []]));
	for (let round = 0; round < (scenario.rounds ?? 1); round++)
		for (const [one, all] of rounds)
			all.push((await once(course, one)) ?? (await once(course, one)));
	return {
		...{ scenario: scenario.name, label },
		figures: Object.fromEntries([...rounds].map(([{ name }, all]) => [name, merged(all)]))
	};
}

/** A page of its own; that it failed is said, tried once more by the caller, and spoils no other. */
async function once(course: Course, { name, url }: Candidate): Promise<Figure[] | null> {
	const { browser, server, scenario, clips } = course;
	const folderOf = (path: string): string => path.slice(0, path.indexOf('/'));
	scenario.before?.(server, { main: folderOf(clips.main), sign: folderOf(clips.sign) });
	let tab: Tab | undefined;
	try {
		tab = await Tab.open(await browser(), server, {
			url: url(server.origin, clips, scenario.isAsked),
			isAsked: scenario.isAsked ?? false,
			clips,
			line: scenario.network ?? null
		});
		return [...(await scenario.run(tab)), ...(await cost(tab))];
	} catch (error) {
		const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
		console.error(`${name} could not be measured in ${scenario.name}: ${why}`);
		return null;
	} finally {
		server.tap.release();
		server.line.limit(null);
		// It may be gone with its browser.
		await tab?.close().catch(() => undefined);
	}
}

/** Figure by figure the median of the rounds that could be measured. */
function merged(rounds: (Figure[] | null)[]): Figure[] | null {
	const done = rounds.filter((round) => round !== null);
	return (
		done[0]?.map((figure, i) => ({
			...figure,
			value: median(done.map((round) => round[i]?.value ?? NaN))
		})) ?? null
	);
}
