/** Asks before somebody leaves a page on which something is not saved. */
import { beforeNavigate } from '$app/navigation';

/** Call it while a component is made. Within the page itself nothing is asked. */
export function askBeforeLeaving(isUnsaved: () => boolean, question: () => string): void {
	beforeNavigate((navigation) => {
		if (!isUnsaved() || navigation.to?.url.pathname === navigation.from?.url.pathname) return;
		// Leaving the site, the browser asks by itself.
		if (navigation.willUnload || !confirm(question())) navigation.cancel();
	});
}
