/** What stands beside a lesson's video on its page; plain HTML, without a script of its own. */
import type { Task } from '#lib/domain/practice.ts';
import type { Content } from '#lib/domain/versions.ts';

export type Beside = { practice?: Task };

export const besideOf = ({ practice }: Content): Beside => ({
	...(practice && { practice })
});
