import { createContext } from 'svelte';
import type { SignShelf } from '#lib/studio/signs/sign-shelf.svelte.ts';

/** The one shelf of a course's pages about signs. */
export const [theShelf, shareShelf] = createContext<SignShelf>();
