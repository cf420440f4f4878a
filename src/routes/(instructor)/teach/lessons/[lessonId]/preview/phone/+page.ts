// As for a trainee: the player alone lives here.
export const csr = false;
