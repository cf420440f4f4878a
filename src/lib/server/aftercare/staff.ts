/** Which members of staff a placement concerns. */
import type { Database } from '../database/database.ts';
import * as queries from './links.queries.ts';

export type Concerned = {
	/** Who has proposed it, while she is staff. */
	readonly proposer: string | undefined;
	/** All others, but for the graduate himself; who has least to look after first. */
	readonly others: readonly string[];
};

export async function concernedBy(
	db: Database,
	{ id, personId }: { id: string; personId: string }
): Promise<Concerned> {
	const [staff, proposer] = await Promise.all([
		queries.staffByLoad(db),
		queries.proposerOf(db, id)
	]);
	return {
		proposer: staff.find((one) => one === proposer),
		others: staff.filter((one) => one !== proposer && one !== personId)
	};
}

/** Who looks after it day by day: whoever has proposed it, or everybody when she has left. */
export const carersOf = ({ proposer, others }: Concerned): readonly string[] =>
	proposer === undefined ? others : [proposer];
