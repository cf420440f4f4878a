// The player alone lives here: SvelteKit's own script would be a third of what a phone fetches.
export const csr = false;
