/**
 * What a person may be here; one may hold several roles. A reviewer (聋人审校) is deaf and judges
 * whether signing and captions can be followed, of lessons that are not her own.
 */
export const ROLES = ['trainee', 'instructor', 'reviewer', 'staff'] as const;
export type Role = (typeof ROLES)[number];
