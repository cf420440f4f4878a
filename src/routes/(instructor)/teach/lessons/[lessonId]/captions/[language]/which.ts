/** Which captions an address means: `captions/en`, `captions/en?tier=plain`. */
import { CaptionChoice } from '#lib/domain/courses.ts';
import type { CaptionLanguage, CaptionTier } from '#lib/domain/lessons.ts';
import { Invalid, NotFound } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';

type Which = { language: CaptionLanguage; tier: CaptionTier };

/** @throws NotFound for a language or tier there is none of */
export function whichIn(params: { language: string }, url: URL): Which {
	const tier = url.searchParams.get('tier') ?? undefined;
	try {
		return read(CaptionChoice, { language: params.language, tier });
	} catch (error) {
		if (error instanceof Invalid) throw new NotFound();
		throw error;
	}
}

/**
 * What to write from: for plain words the same language in full, else the other language in full.
 */
export function otherOf({ language, tier }: Which, written: readonly Which[]): Which | undefined {
	const full = written.filter((one) => one.tier === 'full');
	const other = full.find((one) => (one.language === language) === (tier === 'plain'));
	return other && { language: other.language, tier: other.tier };
}

/** The moment an address leads to, as `?at=65000`; what is none leads to the beginning. */
export function momentIn(url: URL): number | undefined {
	const at = url.searchParams.get('at') ?? '';
	return /^\d{1,7}$/.test(at) ? Number(at) : undefined;
}
