/** What a person may be here. A person may hold several roles. */
export const ROLES = ['trainee', 'instructor', 'staff'] as const;
export type Role = (typeof ROLES)[number];
