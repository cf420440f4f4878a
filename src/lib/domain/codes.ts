/** No letter or digit that can be taken for another one when read from a wall or a hand. */
export const READABLE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
